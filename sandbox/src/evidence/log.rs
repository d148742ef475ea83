//! The last requests.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::evidence::record::RecordedRequest;

/// The last requests, in the order in which they were answered.
#[derive(Debug)]
pub(crate) struct Log {
    limit: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    total: u64,
    requests: VecDeque<RecordedRequest>,
}

impl Log {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, inner: Mutex::new(Inner::default()) }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers and remembers a request.
    pub(crate) fn add(&self, mut request: RecordedRequest) -> RecordedRequest {
        let mut inner = self.lock();
        inner.total += 1;
        request.number = inner.total;
        if inner.requests.len() >= self.limit {
            inner.requests.pop_front();
        }
        if self.limit > 0 {
            inner.requests.push_back(request.clone());
        }
        request
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    pub(crate) fn total(&self) -> u64 {
        self.lock().total
    }

    pub(crate) fn clear(&self) {
        self.lock().requests.clear();
    }
}
