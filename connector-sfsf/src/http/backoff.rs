//! How long to wait before a repeat, and how many repeats a tenant in trouble gets.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use connector_core::{Error, ErrorKind, Retry};
use rand::RngExt as _;

const CAP: Duration = Duration::from_secs(30);

/// The wait before the next attempt: what the tenant asks for, or decorrelated jitter from `first` up.
pub(crate) fn wait(error: &Error, first: Duration, previous: Duration) -> Duration {
    if let Retry::Later { after: Some(asked) } = error.retry() {
        return asked;
    }
    let ceiling = (previous * 3).min(CAP).max(first);
    rand::rng().random_range(first..=ceiling)
}

/// A quota of repeats, shared by every call to a tenant: when nothing works, repeats stop multiplying
/// the load; every success gives some back.
#[derive(Debug)]
pub(crate) struct RetryQuota(AtomicU32);

impl RetryQuota {
    const FULL: u32 = 100;
    const RETURNED: u32 = 1;

    pub fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes what a repeat after this error costs, if there is as much left.
    pub fn take(&self, error: &Error) -> bool {
        let price = if error.kind() == ErrorKind::Timeout { 10 } else { 5 };
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(price)).is_ok()
    }

    pub fn give_back(&self) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some((left + Self::RETURNED).min(Self::FULL))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_with_jitter_and_stays_under_the_cap() {
        let (error, first) = (Error::new(ErrorKind::Unavailable, "x"), Duration::from_millis(500));
        let mut previous = Duration::ZERO;
        for _ in 0..100 {
            previous = wait(&error, first, previous);
            assert!((first..=CAP).contains(&previous), "{previous:?}");
        }
    }

    #[test]
    fn the_tenants_own_wish_is_obeyed() {
        let after = Some(Duration::from_secs(7));
        let error = Error::new(ErrorKind::RateLimited, "x").with_retry(Retry::Later { after });
        assert_eq!(Some(wait(&error, CAP, CAP)), after);
    }

    #[test]
    fn a_total_outage_uses_the_quota_up_and_success_refills_it() {
        let (quota, error) = (RetryQuota::new(), Error::new(ErrorKind::Unavailable, "x"));
        assert_eq!((0..1000).filter(|_| quota.take(&error)).count(), 20);
        (0..5).for_each(|_| quota.give_back());
        assert!(quota.take(&error) && !quota.take(&error));
    }
}
