//! Growing waits.

use std::time::Duration;

use rand::RngExt as _;

/// Waits that double from one time to the next, each shortened by chance to no less than a half, so that many
/// workers do not come back in step.
pub struct Backoff {
    first: Duration,
    next: Duration,
    longest: Duration,
}

impl Backoff {
    /// Waits that begin with `first` and never exceed `longest`.
    pub fn new(first: Duration, longest: Duration) -> Self {
        Self { first, next: first, longest }
    }

    /// How long to wait now.
    pub fn wait(&mut self) -> Duration {
        let wait = self.next;
        self.next = (wait * 2).min(self.longest);
        wait.mul_f64(rand::rng().random_range(0.5..=1.0))
    }

    /// Begins anew.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_begin_anew() {
        let second = Duration::from_secs(1);
        let mut backoff = Backoff::new(second, 4 * second);
        for expected in [1, 2, 4, 4] {
            let wait = backoff.wait();
            assert!(wait >= second * expected / 2 && wait <= second * expected, "{wait:?}");
        }
        backoff.reset();
        assert!(backoff.wait() <= second);
    }
}
