//! What is said about files that are not there.

use std::io;
use std::path::Path;

use connector_sfsf::files::Unreadable;

/// Why a file cannot be read or written, with the name of what is missing.
pub fn why(path: &Path, error: &io::Error) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match (error.kind(), folder) {
        (io::ErrorKind::NotFound, Some(folder)) if !folder.is_dir() => {
            format!("there is no folder {}", folder.display())
        }
        (io::ErrorKind::NotFound, _) => format!("there is no file {}", path.display()),
        (io::ErrorKind::IsADirectory, _) => format!("{} is a folder", path.display()),
        // What the system says is a kind with a number behind it; what we say is a sentence.
        (kind, _) => error.get_ref().map_or_else(|| kind.to_string(), ToString::to_string),
    }
}

/// As [`why`], for a file that was to be read whole.
pub fn unread(path: &Path, error: Unreadable) -> String {
    match error {
        Unreadable::Refused(kind) => why(path, &kind.into()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let why = |name: &str| {
            let path = folder.path().join(name);
            why(&path, &std::fs::read(&path).unwrap_err())
        };
        assert_eq!(why("a"), format!("there is no file {}", folder.path().join("a").display()));
        assert_eq!(why("b/a"), format!("there is no folder {}", folder.path().join("b").display()));
    }
}
