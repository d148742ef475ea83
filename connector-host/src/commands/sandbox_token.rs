//! The token of a sandbox's control interface, in a file of its own.

use std::fs::OpenOptions;
use std::io::{ErrorKind as IoErrorKind, Write};
use std::path::Path;

use connector_core::{Error, ErrorKind, Result};
use uuid::Uuid;

/// The token in a file, without the breaks around it.
///
/// # Errors
///
/// A file that cannot be read. Its text is never repeated.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .map(|text| text.trim().to_owned())
        .map_err(|error| wrong(path, "read", error.kind()))
}

/// The token in a file; if there is none, a new one is put there, for its owner alone.
///
/// # Errors
///
/// A file that can be neither read nor made.
pub fn read_or_make(path: &Path) -> Result<String> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let token = Uuid::new_v4().simple().to_string();
            writeln!(file, "{token}").map_err(|error| wrong(path, "written", error.kind()))?;
            Ok(token)
        }
        Err(error) if error.kind() == IoErrorKind::AlreadyExists => read(path),
        Err(error) => Err(wrong(path, "written", error.kind())),
    }
}

fn wrong(path: &Path, what: &str, why: IoErrorKind) -> Error {
    let message = format!("the control token's file {} cannot be {what} ({why})", path.display());
    Error::new(ErrorKind::Configuration, message)
}
