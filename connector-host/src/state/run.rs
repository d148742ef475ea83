//! One import with a state.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use connector_core::Result;
use connector_core::object::{ObjectClass, Uid};
use connector_core::operation::{ImportRequest, MAX_MISSING, SyncToken};

use super::file::{Checkpoint, StateFile, lock};
use super::keys::{KeyList, KeySet, each};
use crate::private::{Replacement, close_to_others, unwritable};

/// Fewer missing people than this are no sign of a mistake, however few are known.
const FEW: usize = 10;

/// An import that remembers how far it has come.
pub struct Run {
    path: PathBuf,
    state: StateFile,
    /// Whether this run brings everybody: then it makes a list of keys of its own.
    full: bool,
    known: KeySet,
    list: KeyList,
    gone: Vec<Uid>,
    /// Held as long as this run has the state for itself.
    _lock: File,
    /// People that were not known before, and that were.
    pub created: u64,
    /// People that were known before.
    pub updated: u64,
}

/// What became of a complete run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Who did not come, and is looked for by the next run.
    pub missing: usize,
    /// Who did not come, but so many of them that nobody is looked for; and who is known.
    pub suspicious: Option<(usize, usize)>,
}

impl Run {
    /// Goes on where the last run was, or begins a new one. `full` asks for everybody, if no run is under way.
    ///
    /// # Errors
    ///
    /// A state that another run has, or that cannot be read; lists that cannot be written.
    pub fn begin(path: &Path, object_class: &ObjectClass, full: bool) -> Result<Self> {
        let lock = lock(path)?;
        let state = StateFile::load(path, object_class)?;
        // Whether it can be written is known before anything is sent.
        drop(Replacement::begin(path)?);
        let full = match &state.checkpoint {
            Some(checkpoint) => checkpoint.full,
            None => full || state.sync_token.is_none(),
        };
        let keys = state.keys_path(path);
        let failed = |error: io::Error| unwritable(&keys, &error);
        // An earlier release left both open to everybody.
        [path, &keys].into_iter().try_for_each(close_to_others).map_err(failed)?;
        let valid = match (&state.checkpoint, full) {
            (Some(checkpoint), _) => checkpoint.keys,
            (None, true) => 0,
            (None, false) => state.keys,
        };
        // A run that brings everybody has a list of its own, which is the next one when it is complete.
        let list = if full { state.next_keys_path(path) } else { keys.clone() };
        Ok(Self {
            known: KeySet::read(&keys, state.keys).map_err(failed)?,
            list: KeyList::open(&list, valid).map_err(failed)?,
            gone: state.checkpoint.as_ref().map(|checkpoint| checkpoint.gone.clone()).unwrap_or_default(),
            path: path.to_owned(),
            _lock: lock,
            full,
            state,
            created: 0,
            updated: 0,
        })
    }

    /// A run that only looks who is there, beside a state that is complete.
    ///
    /// # Errors
    ///
    /// As [`Run::begin`].
    pub fn inventory(path: &Path, object_class: &ObjectClass) -> Result<Self> {
        Self::begin(path, object_class, true)
    }

    /// The inventory is complete: what it found is kept, and where the next run begins stays.
    ///
    /// # Errors
    ///
    /// As [`Run::close`].
    pub fn close_inventory(self, max_gone: u8) -> Result<Closing> {
        let token = self.state.sync_token.clone();
        self.close(token, max_gone)
    }

    /// Completes a request with what is remembered.
    pub fn complete(&self, request: ImportRequest) -> ImportRequest {
        let checkpoint = self.state.checkpoint.as_ref().map(|checkpoint| checkpoint.sync_token.clone());
        let sync_token = checkpoint.or_else(|| self.state.sync_token.clone().filter(|_| !self.full));
        let missing = self.state.missing.iter().take(MAX_MISSING).cloned().collect();
        ImportRequest { sync_token, missing, ..request }
    }

    /// Whether a run that was killed goes on.
    pub fn goes_on(&self) -> bool {
        self.state.checkpoint.is_some()
    }

    /// Whether everybody comes.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Somebody came.
    pub fn came(&mut self, uid: &Uid) -> io::Result<()> {
        let is_new = !self.known.contains(uid);
        match is_new {
            true => self.created += 1,
            false => self.updated += 1,
        }
        if self.full {
            return self.list.add(uid);
        }
        if is_new && self.known.insert(uid) {
            self.list.add(uid)?;
        }
        Ok(())
    }

    /// Somebody is gone; false if nobody knew them.
    pub fn gone(&mut self, uid: &Uid) -> bool {
        let was_known = self.known.contains(uid);
        if was_known {
            self.gone.push(uid.clone());
        }
        was_known
    }

    /// Everything up to here was written.
    pub fn checkpoint(&mut self, token: SyncToken) -> Result<()> {
        let keys = self.settle()?;
        self.state.checkpoint =
            Some(Checkpoint { sync_token: token, full: self.full, keys, gone: self.gone.clone() });
        self.state.save(&self.path)
    }

    /// The run is complete. `max_gone` is the largest share of missing people that is believed, in percent.
    ///
    /// # Errors
    ///
    /// A state that cannot be written; then the run goes on from its last checkpoint the next time.
    pub fn close(mut self, token: Option<SyncToken>, max_gone: u8) -> Result<Closing> {
        let old = self.state.keys_path(&self.path);
        let mut closing = Closing::default();
        let gone: HashSet<Uid> = self.gone.iter().cloned().collect();
        self.state.missing.retain(|uid| !gone.contains(uid));
        let mut is_new_list = self.full;
        if self.full {
            let missing = self.missing(&gone)?;
            // Whoever is missing stays known until somebody says that they are gone.
            for uid in &missing {
                self.list.add(uid).map_err(|error| unwritable(&self.path, &error))?;
            }
            let known = self.known.len();
            closing.suspicious =
                is_suspicious(missing.len(), known, max_gone).then_some((missing.len(), known));
            if closing.suspicious.is_none() {
                self.state.missing = missing;
            }
        }
        self.state.keys = self.settle()?;
        if !self.full && !gone.is_empty() {
            self.state.keys = self.let_go(&gone)?;
            is_new_list = true;
        }
        closing.missing = self.state.missing.len();
        self.state.generation += u64::from(is_new_list);
        self.state.checkpoint = None;
        self.state.sync_token = token;
        self.state.save(&self.path)?;
        if is_new_list {
            // That the old list stays would do no harm.
            let _ = std::fs::remove_file(old);
        }
        Ok(closing)
    }

    fn settle(&mut self) -> Result<u64> {
        self.list.settle().map_err(|error| unwritable(&self.path, &error))
    }

    /// Who is known, did not come, and is not gone for certain.
    fn missing(&mut self, gone: &HashSet<Uid>) -> Result<Vec<Uid>> {
        let (old, new) = (self.state.keys_path(&self.path), self.state.next_keys_path(&self.path));
        let valid = self.settle()?;
        let failed = |error: io::Error| unwritable(&new, &error);
        let came = KeySet::read(&new, valid).map_err(failed)?;
        let mut missing = Vec::new();
        each(&old, self.state.keys, |uid| {
            if !came.contains(&uid) && !gone.contains(&uid) {
                missing.push(uid);
            }
            Ok(())
        })
        .map_err(failed)?;
        Ok(missing)
    }

    /// Makes the next list of keys, without those who are gone, and gives its length.
    fn let_go(&self, gone: &HashSet<Uid>) -> Result<u64> {
        let (old, new) = (self.state.keys_path(&self.path), self.state.next_keys_path(&self.path));
        let write = || {
            let mut list = KeyList::open(&new, 0)?;
            each(&old, self.state.keys, |uid| if gone.contains(&uid) { Ok(()) } else { list.add(&uid) })?;
            list.settle()
        };
        write().map_err(|error| unwritable(&new, &error))
    }
}

/// Whether so many are missing that it is taken for a mistake, such as a smaller target population.
fn is_suspicious(missing: usize, known: usize, max_gone: u8) -> bool {
    missing > FEW && missing * 100 > known * usize::from(max_gone)
}
