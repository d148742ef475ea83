//! What accompanies every call.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::{Duration, Instant};

use futures_util::future::{Either, select};
use tokio_util::sync::CancellationToken;

use crate::error::{Error, ErrorKind, Result};
use crate::meter::Meter;
use crate::object::Secret;

/// What accompanies one call: its deadline, its cancellation, its identity. Cheap to clone.
///
/// There are no thread-locals: whoever needs any of this is handed the context.
#[derive(Clone, Debug)]
pub struct Context {
    deadline: Option<Instant>,
    cancellation: CancellationToken,
    correlation_id: String,
    idempotency_key: Option<String>,
    credentials: Option<Credentials>,
    meter: Meter,
}

/// Connection data that came with the request, by the names of the configuration. It is used for
/// this call in the place of the configured values, and never written down.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Credentials(pub BTreeMap<String, Secret>);

impl Default for Context {
    fn default() -> Self {
        Self {
            deadline: None,
            cancellation: CancellationToken::new(),
            correlation_id: uuid::Uuid::new_v4().to_string(),
            idempotency_key: None,
            credentials: None,
            meter: Meter::default(),
        }
    }
}

impl Context {
    /// A context without deadline and with a fresh correlation id.
    pub fn new() -> Self {
        Self::default()
    }

    /// The call fails with [`ErrorKind::Timeout`] when this time has passed.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.deadline = Instant::now().checked_add(timeout);
        self
    }

    /// The call ends when this token is cancelled.
    #[must_use]
    pub fn with_cancellation(mut self, token: CancellationToken) -> Self {
        self.cancellation = token;
        self
    }

    /// The call is known by this id, here and at the target.
    #[must_use]
    pub fn with_correlation_id(mut self, id: impl Into<String>) -> Self {
        self.correlation_id = id.into();
        self
    }

    /// A repeat of the call carries the same key.
    #[must_use]
    pub fn with_idempotency_key(mut self, key: Option<String>) -> Self {
        self.idempotency_key = key;
        self
    }

    /// The call uses these credentials.
    #[must_use]
    pub fn with_credentials(mut self, credentials: Option<Credentials>) -> Self {
        self.credentials = credentials;
        self
    }

    /// What the call costs is counted by this meter, as it goes.
    #[must_use]
    pub fn with_meter(mut self, meter: Meter) -> Self {
        self.meter = meter;
        self
    }

    /// When the call has to be over.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// How much time is left; `None` without a deadline.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// The token that cancels this call.
    pub fn cancellation(&self) -> &CancellationToken {
        &self.cancellation
    }

    /// The id of this call.
    pub fn correlation_id(&self) -> &str {
        &self.correlation_id
    }

    /// The key that a repeat of this call carries too.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// The credentials that came with the request.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }

    /// Counts what the calls with this context cost. A connector counts with a [part](Meter::part) of it, since a
    /// context may serve several calls.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Fails if the call is cancelled or its deadline has passed.
    pub fn check(&self) -> Result<()> {
        if self.cancellation.is_cancelled() {
            return Err(cancelled());
        }
        match self.remaining() {
            Some(Duration::ZERO) => Err(timed_out()),
            _ => Ok(()),
        }
    }

    /// Runs `work` until it is done or the call is cancelled. The deadline is the business of whoever
    /// owns a clock.
    ///
    /// Work that watches the same cancellation goes first: it knows better what became of it.
    pub async fn until_cancelled<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        self.check()?;
        let work = std::pin::pin!(work);
        let cancellation = std::pin::pin!(self.cancellation.cancelled());
        match select(work, cancellation).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(cancelled()),
        }
    }
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "the call was cancelled")
}

fn timed_out() -> Error {
    Error::new(ErrorKind::Timeout, "the deadline passed before the call was done")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passed_deadline_is_a_timeout() {
        let context = Context::new().with_timeout(Duration::ZERO);
        assert_eq!(context.check().unwrap_err().kind(), ErrorKind::Timeout);
    }

    #[tokio::test]
    async fn work_that_notices_the_cancellation_itself_has_the_last_word() {
        let context = Context::new();
        let inner = async {
            context.cancellation().cancelled().await;
            Err::<(), _>(cancelled().with_effect(crate::Effect::Unknown))
        };
        let (result, ()) = futures_util::join!(context.until_cancelled(inner), async {
            context.cancellation().cancel();
        });
        assert_eq!(result.unwrap_err().effect(), crate::Effect::Unknown);
    }

    #[tokio::test]
    async fn cancelling_ends_work_that_would_never_end() {
        let context = Context::new();
        context.cancellation().cancel();
        let result = context.until_cancelled(std::future::pending::<Result<()>>()).await;
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Cancelled);
    }
}
