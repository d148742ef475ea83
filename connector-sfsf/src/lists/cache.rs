//! Lists that were read, and when.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use connector_core::operation::ListValue;
use tokio::sync::Mutex;

/// So many lists are kept; the oldest goes first.
const KEPT: usize = 64;

/// A list, and when it was read.
type Read = (Instant, Arc<Vec<ListValue>>);

/// The lists that were read with one set of credentials.
#[derive(Default)]
pub(crate) struct ListCache(Mutex<HashMap<String, Read>>);

impl ListCache {
    /// A list that is not older than this, with its age.
    pub async fn get(&self, name: &str, max_age: Duration) -> Option<(Duration, Arc<Vec<ListValue>>)> {
        let lists = self.0.lock().await;
        let (read, values) = lists.get(name)?;
        let age = read.elapsed();
        (age < max_age).then(|| (age, Arc::clone(values)))
    }

    /// Keeps a list that was just read.
    pub async fn put(&self, name: &str, values: Arc<Vec<ListValue>>) {
        let mut lists = self.0.lock().await;
        if lists.len() >= KEPT {
            let oldest = lists.iter().min_by_key(|(_, (read, _))| *read).map(|(name, _)| name.clone());
            oldest.and_then(|name| lists.remove(&name));
        }
        lists.insert(name.to_owned(), (Instant::now(), values));
    }
}
