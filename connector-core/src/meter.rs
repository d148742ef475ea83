//! Counts what calls cost, while they run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::operation::Cost;

/// Counts what calls cost the target, while they run. Clones count together.
///
/// A carrier that ends a stream early drops the connector's work, and with it the summary that would have told the
/// cost; the meter of the call's [`Context`](crate::Context) still knows.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    counts: Arc<Counts>,
    /// Counts the same, for whoever looks at more than one operation.
    whole: Option<Arc<Counts>>,
}

#[derive(Debug, Default)]
struct Counts {
    requests: AtomicU64,
    retries: AtomicU64,
    bytes: AtomicU64,
}

impl Meter {
    /// A meter that begins with nothing. What it counts, this one counts too.
    #[must_use]
    pub fn part(&self) -> Self {
        Self { counts: Arc::default(), whole: Some(Arc::clone(&self.counts)) }
    }

    /// Counts a request that is about to be sent.
    pub fn request(&self, is_retry: bool) {
        for counts in self.all() {
            counts.requests.fetch_add(1, Ordering::Relaxed);
            counts.retries.fetch_add(u64::from(is_retry), Ordering::Relaxed);
        }
    }

    /// Counts the bytes of an answer, after decompression.
    pub fn received(&self, bytes: usize) {
        for counts in self.all() {
            counts.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        }
    }

    /// What was counted so far.
    pub fn cost(&self) -> Cost {
        Cost {
            requests: self.counts.requests.load(Ordering::Relaxed),
            retries: self.counts.retries.load(Ordering::Relaxed),
            bytes: self.counts.bytes.load(Ordering::Relaxed),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Counts> {
        [Some(&*self.counts), self.whole.as_deref()].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_part_counts_the_whole_counts_too_and_not_the_other_way_round() {
        let whole = Meter::default();
        let part = whole.part();
        part.request(true);
        part.received(7);
        whole.request(false);
        assert_eq!(part.cost(), Cost { requests: 1, retries: 1, bytes: 7 });
        assert_eq!(whole.clone().cost(), Cost { requests: 2, retries: 1, bytes: 7 });
    }
}
