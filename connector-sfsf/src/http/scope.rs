//! What the requests of one operation share: its context, and the count of what it costs.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use connector_core::operation::Cost;
use connector_core::{Context, Error, ErrorKind, Result};

/// One operation, as far as the network is concerned. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Scope {
    pub context: Context,
    pub meter: Arc<Meter>,
}

impl Scope {
    pub fn new(context: &Context) -> Self {
        Self { context: context.clone(), meter: Arc::default() }
    }

    /// Runs `work` until it is done, the call is cancelled or its deadline passes.
    pub async fn within<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let work = self.context.until_cancelled(work);
        match self.context.deadline() {
            None => work.await,
            Some(deadline) => match tokio::time::timeout_at(deadline.into(), work).await {
                Ok(result) => result,
                Err(_) => {
                    Err(Error::new(ErrorKind::Timeout, "the deadline passed before the tenant answered"))
                }
            },
        }
    }

    /// Waits, unless the call would be over before the wait is.
    pub async fn pause(&self, wait: Duration) -> Result<bool> {
        if self.context.remaining().is_some_and(|left| left <= wait) {
            return Ok(false);
        }
        self.within(async {
            tokio::time::sleep(wait).await;
            Ok(true)
        })
        .await
    }
}

/// Counts what an operation costs the tenant.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    requests: AtomicU64,
    retries: AtomicU64,
    bytes: AtomicU64,
}

impl Meter {
    pub fn request(&self, is_retry: bool) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.retries.fetch_add(u64::from(is_retry), Ordering::Relaxed);
    }

    pub fn received(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub fn cost(&self) -> Cost {
        Cost {
            requests: self.requests.load(Ordering::Relaxed),
            retries: self.retries.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }
}
