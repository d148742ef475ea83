//! The tenant's clock, injected so that a test can move time instead of waiting for it.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the tenant what time it is.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The machine's clock, ahead or behind by an amount that can be changed while the tenant runs.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    millis: AtomicI64,
}

impl ShiftedClock {
    /// A clock that differs from the machine's by `shift`; negative is behind.
    #[must_use]
    pub fn new(shift: TimeDelta) -> Self {
        Self { millis: AtomicI64::new(shift.num_milliseconds()) }
    }

    /// Moves the clock by a further `step`, which may be negative.
    pub fn advance(&self, step: TimeDelta) {
        self.millis.fetch_add(step.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<Utc> {
        let now = Utc::now();
        let shift = TimeDelta::milliseconds(self.millis.load(Ordering::SeqCst));
        now.checked_add_signed(shift).unwrap_or(now)
    }
}

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct FixedClock {
    millis: AtomicI64,
}

impl FixedClock {
    /// A clock that says `at` until told otherwise.
    #[must_use]
    pub fn new(at: DateTime<Utc>) -> Self {
        Self { millis: AtomicI64::new(at.timestamp_millis()) }
    }

    /// Sets the clock.
    pub fn set(&self, at: DateTime<Utc>) {
        self.millis.store(at.timestamp_millis(), Ordering::SeqCst);
    }

    /// Moves the clock by `step`, which may be negative.
    pub fn advance(&self, step: TimeDelta) {
        self.millis.fetch_add(step.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
