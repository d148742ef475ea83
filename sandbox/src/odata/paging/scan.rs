//! The rows of the last queries, so that a walk over many pages does not look through all people for each.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::odata::paging::Query;
use crate::state::store::Row;

/// How many queries are remembered.
const LIMIT: usize = 8;

/// The remembered queries, the last used at the end.
#[derive(Debug, Default)]
pub(crate) struct Scans(Mutex<VecDeque<Scan>>);

#[derive(Debug)]
struct Scan {
    fingerprint: String,
    /// The version of the tenant that was looked through. Any change makes the scan worthless.
    version: u64,
    rows: Arc<Vec<Row>>,
}

impl Scans {
    /// All rows of a query, in order.
    pub(crate) fn rows(&self, query: &Query<'_>) -> Arc<Vec<Row>> {
        let Some(fingerprint) = &query.fingerprint else { return Arc::new(query.rows()) };
        let version = query.tenant.version();
        if let Some(rows) = self.recall(fingerprint, version) {
            return rows;
        }
        let rows = Arc::new(query.rows());
        let scan = Scan { fingerprint: fingerprint.clone(), version, rows: Arc::clone(&rows) };
        let mut scans = self.lock();
        if scans.len() >= LIMIT {
            scans.pop_front();
        }
        scans.push_back(scan);
        rows
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Scan>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recall(&self, fingerprint: &str, version: u64) -> Option<Arc<Vec<Row>>> {
        let mut scans = self.lock();
        scans.retain(|scan| scan.version == version);
        let at = scans.iter().position(|scan| scan.fingerprint == fingerprint)?;
        let scan = scans.remove(at)?;
        let rows = Arc::clone(&scan.rows);
        scans.push_back(scan);
        Some(rows)
    }
}
