//! Files that people name: keys, certificates, configurations. None of them holds anybody up, or takes all memory.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Keys, certificates and configurations are no longer than this, in bytes.
pub const LONGEST: u64 = 1 << 20;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The system does not let us, or there is none.
    Refused(io::ErrorKind),
    /// It is a folder, a pipe, a device.
    NoFile,
    /// It is longer than this, in bytes.
    TooLong(u64),
    /// It is not UTF-8.
    NoText,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(kind) => kind.fmt(f),
            Self::NoFile => f.write_str("not a regular file"),
            Self::TooLong(limit) => write!(f, "longer than {limit} bytes"),
            Self::NoText => f.write_str("not UTF-8 text"),
        }
    }
}

/// Reads a file of up to `limit` bytes, once.
///
/// A pipe that nobody writes to would hold the thread for ever, and a device that never ends would take all memory. So
/// the file is opened without waiting, and what was opened is looked at and not what the path said before.
///
/// # Errors
///
/// Why it cannot be read.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let refused = |error: io::Error| Unreadable::Refused(error.kind());
    let file = open(path).map_err(refused)?;
    if !file.metadata().map_err(refused)?.is_file() {
        return Err(Unreadable::NoFile);
    }
    all(file, limit)
}

/// The same, for text.
///
/// # Errors
///
/// Why it cannot be read.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Unreadable> {
    text(read(path, limit)?)
}

/// Reads standard input to its end, up to `limit` bytes of text.
///
/// # Errors
///
/// Why it cannot be read.
pub fn read_stdin(limit: u64) -> Result<String, Unreadable> {
    text(all(io::stdin().lock(), limit)?)
}

fn all(input: impl Read, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    let read = input.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Unreadable::Refused(error.kind()))?;
    if bytes.len() as u64 > limit { Err(Unreadable::TooLong(limit)) } else { Ok(bytes) }
}

fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    String::from_utf8(bytes).map_err(|_| Unreadable::NoText)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_is_no_regular_file_is_not_read_at_all() {
        for device in ["/dev/zero", "/dev/null", "/"] {
            assert_eq!(read(Path::new(device), LONGEST), Err(Unreadable::NoFile), "{device}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_that_nobody_writes_to_holds_nobody_up() {
        let pipe = std::env::temp_dir().join(format!("pipe-{}", uuid::Uuid::new_v4()));
        assert!(
            std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success())
        );
        let told = read(&pipe, LONGEST);
        let _ = std::fs::remove_file(&pipe);
        assert_eq!(told, Err(Unreadable::NoFile));
    }

    #[test]
    fn a_file_is_read_up_to_its_limit_and_no_further() {
        let path = std::env::temp_dir().join(format!("file-{}", uuid::Uuid::new_v4()));
        let text = "ä".repeat(50);
        let told = std::fs::write(&path, &text).map(|()| (read_text(&path, 100), read(&path, 99)));
        let _ = std::fs::remove_file(&path);
        assert_eq!(told.ok(), Some((Ok(text), Err(Unreadable::TooLong(99)))));
        assert_eq!(read(&path, 1), Err(Unreadable::Refused(io::ErrorKind::NotFound)));
    }
}
