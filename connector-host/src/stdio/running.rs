//! The requests under way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use connector_core::Meter;
use connector_core::protocol::{Credit, RequestId};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// The requests under way, by their ids. Cheap to clone.
#[derive(Clone, Default)]
pub struct Running(Arc<Mutex<HashMap<RequestId, Reins>>>);

/// What a request under way can be held by. Cheap to clone.
#[derive(Clone)]
pub struct Reins {
    /// Ends it with an error.
    pub cancellation: CancellationToken,
    /// Ends it with a summary.
    pub stop: CancellationToken,
    /// So many items and problems may still come.
    pub credit: Arc<Semaphore>,
    /// Tells what it has cost so far.
    pub meter: Meter,
}

/// Why a request cannot begin.
pub enum Full {
    /// Another one has its id.
    IdInUse,
    /// So many are under way already.
    TooMany(usize),
}

impl Running {
    /// Takes a request in.
    pub fn begin(&self, id: &RequestId, reins: &Reins, limit: usize) -> Result<(), Full> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(id) {
            return Err(Full::IdInUse);
        }
        if running.len() >= limit {
            return Err(Full::TooMany(limit));
        }
        running.insert(id.clone(), reins.clone());
        Ok(())
    }

    /// Lets a request go.
    pub fn end(&self, id: &RequestId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// Cancels a request, if it is still under way.
    pub fn cancel(&self, id: &RequestId) {
        if let Some(reins) = self.get(id) {
            reins.cancellation.cancel();
        }
    }

    /// Gives a request credit or stops it, if it is still under way.
    pub fn credit(&self, credit: &Credit) {
        let Some(reins) = self.get(&credit.id) else { return };
        if credit.stop {
            reins.stop.cancel();
        }
        let room = Semaphore::MAX_PERMITS - reins.credit.available_permits();
        reins.credit.add_permits(usize::try_from(credit.items).unwrap_or(room).min(room));
    }

    fn get(&self, id: &RequestId) -> Option<Reins> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }
}
