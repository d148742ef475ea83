//! What compilers of .NET make, once in a process: each takes seconds, and many tests want the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::Artifacts;

type Made = BTreeMap<PathBuf, Arc<OnceLock<()>>>;

/// Has `compile` fill a folder, unless it has in this process, and copies what is in it to a folder of the caller's.
///
/// # Panics
///
/// If `compile` does, or files cannot be written.
pub fn once(compiler: &str, name: &str, into: &Path, compile: impl FnOnce(&Path)) {
    static MADE: Mutex<Made> = Mutex::new(BTreeMap::new());
    let folder = Artifacts::get().folder().join("compiled").join(compiler).join(name);
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner).entry(folder.clone()).or_default().clone();
    made.get_or_init(|| {
        // What is left of an earlier process was made of other sources.
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        compile(&folder);
    });
    for file in folder.read_dir().expect("the folder was made") {
        let path = file.expect("a folder can be read").path();
        let copy = into.join(path.file_name().expect("files have names"));
        std::fs::copy(&path, copy).expect("files can be copied");
    }
}
