//! Entries of the stream of replies are signed, so that nobody but a worker can say what was answered.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind as IoKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use connector_core::{Error, ErrorKind, Result};

/// A key has at least so many bytes.
const SHORTEST: usize = 32;
/// A file with a key has at most so many.
const LONGEST: u64 = 4096;

/// The keys of the workers: the first one signs, and each of them is good for reading. Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<[Key]>);

/// What is signed of an entry.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// The stream, so that no entry of another one passes.
    pub stream: &'a str,
    /// The id of the message that it answers; empty in an entry that only marks a place.
    pub message: &'a str,
    /// The hash of the request.
    pub request: &'a str,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// The reply.
    pub reply: &'a [u8],
}

impl Keys {
    /// Reads keys from files. The first file is made, with a key by chance, if it is not there.
    ///
    /// # Errors
    ///
    /// A file that cannot be made or read, that others may read or change, or whose key is too short.
    pub fn read(files: &[PathBuf]) -> Result<Self> {
        if let Some(first) = files.first() {
            make(first).map_err(|error| unusable(first, &format!("cannot be made ({})", error.kind())))?;
        }
        let keys = files.iter().map(|file| key(file)).collect::<Result<Vec<_>>>()?;
        Ok(Self(keys.into()))
    }

    /// The signature of an entry, in hexadecimal digits; none without a key.
    pub fn sign(&self, entry: Signed<'_>) -> Option<String> {
        let tag = hmac::sign(self.0.first()?, &bytes(entry));
        Some(tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether one of the keys made this signature. The time it takes does not depend on where it differs.
    pub fn verify(&self, entry: Signed<'_>, signature: &str) -> bool {
        let Some(tag) = from_hex(signature) else { return false };
        let signed = bytes(entry);
        self.0.iter().any(|key| hmac::verify(key, &signed, &tag).is_ok())
    }
}

/// Everything that is signed, each with its length, so that no two entries have the same bytes.
fn bytes(entry: Signed<'_>) -> Vec<u8> {
    let at = entry.at.to_be_bytes();
    let parts =
        [entry.stream.as_bytes(), entry.message.as_bytes(), entry.request.as_bytes(), &at, entry.reply];
    let mut all = b"sfsf-connector reply 1".to_vec();
    for part in parts {
        all.extend((part.len() as u64).to_be_bytes());
        all.extend(part);
    }
    all
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()).collect()
}

/// Makes a file with a key, unless there is one. It appears with all it holds, and takes the place of nothing:
/// of two workers that begin together, both read the key of one.
fn make(path: &Path) -> std::io::Result<()> {
    if std::fs::exists(path)? {
        return Ok(());
    }
    let key: [u8; 32] = rand::random();
    let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let draft = path.with_file_name(format!(".{name}.{}", uuid::Uuid::new_v4().simple()));
    let made = write_new(&draft, &text).and_then(|()| std::fs::hard_link(&draft, path));
    drop(std::fs::remove_file(&draft));
    match made {
        Err(error) if error.kind() == IoKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(path),
    }
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) { File::open(folder.unwrap_or(Path::new(".")))?.sync_all() } else { Ok(()) }
}

fn key(path: &Path) -> Result<Key> {
    let wrong = |error: std::io::Error| unusable(path, &format!("cannot be read ({})", error.kind()));
    let file = File::open(path).map_err(wrong)?;
    let facts = file.metadata().map_err(wrong)?;
    if !facts.is_file() || facts.len() > LONGEST {
        return Err(unusable(path, "is no file of at most 4096 bytes"));
    }
    private(path, &facts)?;
    let mut text = Vec::new();
    file.take(LONGEST).read_to_end(&mut text).map_err(wrong)?;
    let secret = text.trim_ascii();
    if secret.len() < SHORTEST {
        return Err(unusable(path, "holds less than 32 bytes"));
    }
    Ok(Key::new(HMAC_SHA256, secret))
}

/// Whoever reads the key can forge replies. A group may read it, with a warning: so a file looks that systemd hands
/// over as a credential.
#[cfg(unix)]
fn private(path: &Path, facts: &std::fs::Metadata) -> Result<()> {
    let mode = std::os::unix::fs::MetadataExt::mode(facts);
    if mode & 0o027 != 0 {
        return Err(unusable(path, "may be read or changed by others").with_advice("chmod 600 it"));
    }
    if mode & 0o040 != 0 {
        tracing::warn!(file = %path.display(), "a group may read the key of the workers");
    }
    Ok(())
}

#[cfg(not(unix))]
fn private(_: &Path, _: &std::fs::Metadata) -> Result<()> {
    Ok(())
}

fn unusable(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Configuration, format!("the key of the workers {} {what}", path.display()))
        .with_advice("give --memory-key a file that this worker may read, the same key for all workers")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: Signed<'_> =
        Signed { stream: "sfsf.memory", message: "m", request: "hash", at: 7, reply: b"yes" };

    fn folder() -> (tempfile::TempDir, impl Fn(&str) -> PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().to_owned();
        (folder, move |name: &str| at.join(name))
    }

    #[test]
    fn whatever_is_changed_in_an_entry_its_signature_no_longer_holds() {
        let (_folder, file) = folder();
        let keys = Keys::read(&[file("key")]).unwrap();
        let signature = keys.sign(ENTRY).unwrap();
        assert!(keys.verify(ENTRY, &signature));
        for forged in [
            Signed { stream: "other.memory", ..ENTRY },
            Signed { message: "n", ..ENTRY },
            Signed { message: "mh", request: "ash", ..ENTRY },
            Signed { request: "other", ..ENTRY },
            Signed { at: 8, ..ENTRY },
            Signed { reply: b"no", ..ENTRY },
        ] {
            assert!(!keys.verify(forged, &signature));
        }
        for wrong in ["", "0", "zz", &signature[2..], "\u{e9}"] {
            assert!(!keys.verify(ENTRY, wrong), "{wrong}");
        }
    }

    #[test]
    fn during_a_change_both_keys_are_good_and_afterwards_the_new_one_alone() {
        let (_folder, file) = folder();
        let old = Keys::read(&[file("old")]).unwrap();
        let both = Keys::read(&[file("new"), file("old")]).unwrap();
        let new = Keys::read(&[file("new")]).unwrap();
        assert!(both.verify(ENTRY, &old.sign(ENTRY).unwrap()));
        assert!(new.verify(ENTRY, &both.sign(ENTRY).unwrap()));
        assert!(!new.verify(ENTRY, &old.sign(ENTRY).unwrap()));
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_made_for_its_owner_alone_and_one_that_others_may_read_is_refused() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let (folder, file) = folder();
        let first = Keys::read(&[file("key")]).unwrap();
        assert_eq!(file("key").metadata().unwrap().mode() & 0o777, 0o600);
        assert_eq!(folder.path().read_dir().unwrap().count(), 1, "no draft is left behind");
        assert!(Keys::read(&[file("key")]).unwrap().verify(ENTRY, &first.sign(ENTRY).unwrap()));
        for (mode, taken) in [(0o644, false), (0o604, false), (0o620, false), (0o440, true), (0o400, true)] {
            std::fs::set_permissions(file("key"), std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(Keys::read(&[file("key")]).is_ok(), taken, "{mode:o}");
        }
    }

    #[test]
    fn a_key_that_is_short_or_missing_or_no_file_is_named() {
        let (folder, file) = folder();
        std::fs::write(file("short"), "secret").unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(file("short"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        for files in [vec![file("short")], vec![folder.path().to_owned()], vec![file("a"), file("missing")]] {
            let error = Keys::read(&files).map(drop).unwrap_err();
            assert!(error.to_string().contains(&files.last().unwrap().display().to_string()), "{error}");
            assert!(!error.to_string().contains("secret"));
        }
    }
}
