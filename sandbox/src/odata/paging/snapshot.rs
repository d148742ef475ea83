//! Snapshots: results that are frozen until they are read (docs/successfactors.md#snapshots).

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};

use crate::error::ODataError;
use crate::odata::paging::guard::{Guard, Limits};
use crate::odata::paging::{Query, Window};
use crate::odata::query::options::QueryOptions;
use crate::state::store::Row;

/// How long a snapshot waits for its next page (KBA 2990434).
const IDLE: TimeDelta = TimeDelta::minutes(15);
/// The snapshots that are kept; the cache may drop one at any time (KBA 2990434).
const MAX_SNAPSHOTS: usize = 100;
const LOST: &str =
    "[SNP]Snapshot lost for current pagination query, pls relaunch query and start from 1st page.";

/// The frozen results that are waiting for somebody to read on.
#[derive(Debug, Default)]
pub(crate) struct Snapshots {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    serial: u64,
    open: HashMap<String, Snapshot>,
    guard: Guard,
}

#[derive(Debug)]
struct Snapshot {
    rows: Vec<Row>,
    at: usize,
    used: DateTime<Utc>,
}

impl Snapshots {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { inner: Mutex::new(Inner { guard: Guard::new(limits), ..Inner::default() }) }
    }

    /// Loses all snapshots.
    pub(crate) fn clear(&self) {
        self.lock().open.clear();
    }

    /// Blocks all snapshots for 30 minutes.
    pub(crate) fn block(&self, now: DateTime<Utc>) {
        self.lock().guard.block("", now);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next page of a snapshot, or the first of a new one.
    ///
    /// # Errors
    ///
    /// COE0019 for a snapshot that is lost, `COE_SNAPSHOT_BAD_REQUEST` while there is a block.
    pub(super) fn page(
        &self,
        query: &Query<'_>,
        options: &QueryOptions,
        size: usize,
        now: DateTime<Utc>,
    ) -> Result<Window, ODataError> {
        let mut inner = self.lock();
        let entity = &query.tenant.entity(query.entity).name;
        inner.open.retain(|_, snapshot| now - snapshot.used < IDLE);
        let token = match &options.skiptoken {
            Some(token) => token.clone(),
            None => {
                inner.guard.check(entity, now)?;
                inner.freeze(query, options, now)
            }
        };
        let Some(snapshot) = inner.open.get_mut(&token) else { return Err(lost()) };
        let end = snapshot.at.saturating_add(size).min(snapshot.rows.len());
        let rows = snapshot.rows[snapshot.at..end].to_vec();
        snapshot.at = end;
        snapshot.used = now;
        let finished = end == snapshot.rows.len();
        // The snapshot is gone with its last page, and each page has its own token, so none can be read twice.
        let Some(rest) = inner.open.remove(&token) else { return Err(lost()) };
        match options.skiptoken {
            Some(_) => inner.guard.followed(entity),
            None if finished => {}
            None => inner.guard.opened(entity),
        }
        let next = (!finished).then(|| inner.keep(rest));
        Ok(Window { rows, next, mode: "snapshot" })
    }
}

impl Inner {
    fn freeze(&mut self, query: &Query<'_>, options: &QueryOptions, now: DateTime<Utc>) -> String {
        let rows =
            query.rows().into_iter().skip(options.skip).take(options.top.unwrap_or(usize::MAX)).collect();
        self.keep(Snapshot { rows, at: 0, used: now })
    }

    fn keep(&mut self, snapshot: Snapshot) -> String {
        if self.open.len() >= MAX_SNAPSHOTS {
            let oldest =
                self.open.iter().min_by_key(|(_, snapshot)| snapshot.used).map(|(token, _)| token.clone());
            oldest.and_then(|token| self.open.remove(&token));
        }
        self.serial += 1;
        let token = STANDARD.encode(format!("SNP:{:016x}", self.serial.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        self.open.insert(token.clone(), snapshot);
        token
    }
}

/// The answer to a page of a snapshot that is not there (KBA 2990434).
pub(crate) fn lost() -> ODataError {
    ODataError::server_failure(LOST)
}
