//! What one tenant is asked to bear, whoever asks: shared by every session with it.

use tokio::sync::{Mutex, Semaphore};

use super::backoff::RetryQuota;

/// The budget of one tenant.
pub(crate) struct Budget {
    pub in_flight: Semaphore,
    /// Rows of a tenant deadlock when two writes touch the same manager (KBA 2741801).
    pub writing: Mutex<()>,
    pub quota: RetryQuota,
}

impl Budget {
    /// A budget of so many requests at once, and one write.
    pub fn new(requests_in_flight: usize) -> Self {
        Self {
            in_flight: Semaphore::new(requests_in_flight),
            writing: Mutex::new(()),
            quota: RetryQuota::new(),
        }
    }
}
