//! What the requests of one operation share: its context, and the count of what it costs.

use std::future::Future;
use std::time::Duration;

use super::Spare;
use super::written::Written;
use connector_core::{Context, Error, ErrorKind, Meter, Result};

/// One operation, as far as the network is concerned. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Scope {
    pub context: Context,
    pub meter: Meter,
    pub spare: Spare,
    /// What the operation has written so far.
    pub written: Written,
}

impl Scope {
    pub fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            meter: context.meter().part(),
            spare: Spare::default(),
            written: Written::default(),
        }
    }

    /// Runs an operation that changes something: whatever fails in it keeps the effect of what it wrote before.
    pub async fn changing<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let result = work.await;
        self.written.keep(result)
    }

    /// Runs `work` until it is done, the call is cancelled or its deadline passes.
    pub async fn within<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        within(&self.context, "the deadline passed before the tenant answered", work).await
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

/// Runs `work` until it is done, the call is cancelled or its deadline passes, which this sentence says then.
pub(crate) async fn within<T>(
    context: &Context,
    late: &'static str,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let work = context.until_cancelled(work);
    match context.deadline() {
        None => work.await,
        Some(deadline) => match tokio::time::timeout_at(deadline.into(), work).await {
            Ok(result) => result,
            Err(_) => Err(Error::new(ErrorKind::Timeout, late)),
        },
    }
}
