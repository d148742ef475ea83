//! Files that hold keys or data of people: for the program's own user alone.
//!
//! They are made with mode 0600 whatever the umask is, and one that an earlier release left open to others is closed.
//! No link is followed to where somebody else wants something overwritten: what is new is made where nothing is, and
//! what is there has to be a file itself. On Windows, files have the permissions of their folder.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use connector_core::{Error, ErrorKind, Result};

/// A file that takes the place of another when it is complete. Until then it stands beside it as `FILE.tmp`, which
/// goes when this is dropped.
pub struct Replacement {
    path: PathBuf,
    new: PathBuf,
    file: File,
    in_place: bool,
}

impl Replacement {
    /// Begins a file that takes the place of this one. Whatever would keep it from being written is found out now.
    ///
    /// # Errors
    ///
    /// A folder that is not there or cannot be written to, a folder in the place of the file.
    pub fn begin(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(unwritable(path, &io::Error::from(io::ErrorKind::IsADirectory)));
        }
        let new = beside(path, "tmp");
        // What was left behind by a run that was killed, or put there by somebody else.
        let file = anew(&new).map_err(|error| unwritable(path, &error))?;
        Ok(Self { path: path.to_owned(), new, file, in_place: false })
    }

    /// Writes the file and puts it in its place, or leaves what is there as it is.
    ///
    /// # Errors
    ///
    /// A disk that is full, a folder that is gone.
    pub fn finish(mut self, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
        let written = write(&mut self.file).and_then(|()| self.file.sync_all());
        let placed = written.and_then(|()| fs::rename(&self.new, &self.path));
        self.in_place = placed.is_ok();
        placed.and_then(|()| sync_folder(&self.path)).map_err(|error| unwritable(&self.path, &error))
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.in_place {
            // That it stays would do no harm.
            let _ = fs::remove_file(&self.new);
        }
    }
}

/// Writes a file as a whole: all of it is there afterwards, or what was there before.
///
/// # Errors
///
/// As [`Replacement::begin`] and [`Replacement::finish`].
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
    Replacement::begin(path)?.finish(write)
}

/// Makes an empty file in the place of whatever is there. A link goes, and what it leads to stays.
pub fn anew(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    create(path)
}

/// Opens a file to be read and written, and makes it if there is none.
///
/// # Errors
///
/// Also a link, or what is no file.
pub fn open(path: &Path) -> io::Result<File> {
    match create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => existing(path),
        created => created,
    }
}

/// Closes a file to others, if there is one. A link is left as it is.
pub fn close_to_others(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => existing(path).map(drop),
        _ => Ok(()),
    }
}

/// Whether somebody besides the owner may read a file, wherever a link leads.
#[cfg(unix)]
pub fn is_readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o077 != 0)
}

/// Whether somebody besides the owner may read a file; here nobody can say.
#[cfg(not(unix))]
pub fn is_readable_by_others(_: &Path) -> bool {
    false
}

/// `FILE.EXTENSION`
pub fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// The error for a file that cannot be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Error {
    let why = crate::path::why(path, error);
    Error::new(ErrorKind::Configuration, format!("{} cannot be written: {why}", path.display()))
}

/// `O_EXCL`: nothing may be there, and no link either.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What is opened has to be what stands under that name, so nothing behind a link is touched.
fn existing(path: &Path) -> io::Result<File> {
    let named = fs::symlink_metadata(path)?;
    if !named.is_file() {
        return Err(io::Error::other(if named.is_symlink() { "it is a link" } else { "it is no file" }));
    }
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    if !is_same(&named, &file.metadata()?) {
        return Err(io::Error::other("somebody else has put another file there"));
    }
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

/// The new name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn open_to_all(path: &Path, text: &str) {
        fs::write(path, text).unwrap();
        fs::set_permissions(path, PermissionsExt::from_mode(0o644)).unwrap();
    }

    #[test]
    fn a_file_is_for_its_owner_alone_also_if_it_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        replace(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!(mode(&path), 0o600);
        open_to_all(&path, "old");
        replace(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!((mode(&path), fs::read_to_string(&path).unwrap()), (0o600, "new".to_owned()));
        open_to_all(&path, "kept");
        open(&path).unwrap();
        assert_eq!((mode(&path), fs::read_to_string(&path).unwrap()), (0o600, "kept".to_owned()));
    }

    #[test]
    fn no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (victim, path) = (folder.path().join("victim"), folder.path().join("state"));
        open_to_all(&victim, "precious");
        for link in [&path, &beside(&path, "tmp")] {
            symlink(&victim, link).unwrap();
        }
        assert_eq!(open(&path).unwrap_err().to_string(), "it is a link");
        close_to_others(&path).unwrap();
        replace(&path, |file| file.write_all(b"new")).unwrap();
        symlink(&victim, folder.path().join("list")).unwrap();
        anew(&folder.path().join("list")).unwrap().write_all(b"new").unwrap();
        assert_eq!((fs::read_to_string(&victim).unwrap().as_str(), mode(&victim)), ("precious", 0o644));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn what_is_not_finished_leaves_nothing_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        replace(&path, |file| file.write_all(b"old")).unwrap();
        drop(Replacement::begin(&path).unwrap());
        replace(&path, |_| Err(io::Error::other("full"))).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert!(!beside(&path, "tmp").exists());
    }

    #[test]
    fn what_cannot_be_written_is_said_with_what_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/state");
        let message = Replacement::begin(&path).err().unwrap().message().to_owned();
        assert_eq!(
            message,
            format!("{0}/none/state cannot be written: there is no folder {0}/none", folder.path().display())
        );
        assert!(Replacement::begin(folder.path()).is_err());
    }
}
