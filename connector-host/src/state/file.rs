//! The state file.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use connector_core::object::{ObjectClass, Uid};
use connector_core::operation::SyncToken;
use connector_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

use crate::private::{self, beside, replace, unwritable};

const VERSION: u32 = 1;

/// What is in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StateFile {
    version: u32,
    /// What the imports are of.
    pub object_class: ObjectClass,
    /// Where the next run begins, once one was complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sync_token: Option<SyncToken>,
    /// Where the run goes on that is under way, or was killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Checkpoint>,
    /// Which list of keys holds: `FILE.keys.GENERATION`.
    #[serde(default)]
    pub generation: u64,
    /// How much of it is valid, in bytes.
    #[serde(default)]
    pub keys: u64,
    /// Who did not come with the last run that brought everybody, and is known still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Uid>,
}

/// A run that is under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Where it goes on.
    pub sync_token: SyncToken,
    /// Whether it brings everybody.
    pub full: bool,
    /// How much of its list of keys is valid, in bytes.
    pub keys: u64,
    /// Whom it said to be gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Uid>,
}

impl StateFile {
    /// Reads a state; a new one if there is no file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is none, or belongs to another object class or release.
    pub fn load(path: &Path, object_class: &ObjectClass) -> Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self {
                    version: VERSION,
                    object_class: object_class.clone(),
                    sync_token: None,
                    checkpoint: None,
                    generation: 0,
                    keys: 0,
                    missing: Vec::new(),
                });
            }
            Err(error) => {
                return Err(wrong(path, &format!("cannot be read: {}", crate::path::why(path, &error))));
            }
        };
        let state: Self = serde_json::from_str(&text).map_err(|_| wrong(path, "is no state of imports"))?;
        if state.version != VERSION {
            return Err(wrong(path, &format!("is of version {}, not {VERSION}", state.version)));
        }
        if state.object_class != *object_class {
            return Err(wrong(path, &format!("belongs to imports of '{}'", state.object_class)));
        }
        Ok(state)
    }

    /// The list of who is known.
    pub fn keys_path(&self, path: &Path) -> PathBuf {
        beside(path, &format!("keys.{}", self.generation))
    }

    /// The list that takes its place.
    pub fn next_keys_path(&self, path: &Path) -> PathBuf {
        beside(path, &format!("keys.{}", self.generation + 1))
    }

    /// Puts the state in the place of the one before, or leaves that as it is.
    ///
    /// # Errors
    ///
    /// A place that cannot be written to.
    pub fn save(&self, path: &Path) -> Result<()> {
        replace(path, |file| {
            serde_json::to_writer_pretty(&mut *file, self)?;
            file.write_all(b"\n")
        })
    }
}

/// Takes the state for one run alone, until the file is dropped or the process ends, however it does.
///
/// # Errors
///
/// Another run that has it; a place that cannot be written to.
pub fn lock(path: &Path) -> Result<File> {
    let lock = beside(path, "lock");
    let file = private::open(&lock).map_err(|error| unwritable(&lock, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let message = format!("another import is under way with {}", path.display());
            Err(Error::new(ErrorKind::Conflict, message).with_advice("wait until it has ended"))
        }
        Err(TryLockError::Error(error)) => Err(unwritable(&lock, &error)),
    }
}

fn wrong(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Configuration, format!("{} {what}", path.display()))
        .with_advice("name another file, or delete this one to begin with everybody")
}
