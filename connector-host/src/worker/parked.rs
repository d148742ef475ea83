//! Who waits in the retry queue: as long as a change of a person does, later ones go after it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A message that has not come back for so long has been taken out of the queue by somebody.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// The messages of each key that went to the retry queue, in the order published.
#[derive(Default)]
pub struct Parked(Mutex<HashMap<String, VecDeque<Entry>>>);

struct Entry {
    message: String,
    since: Instant,
}

impl Parked {
    /// Whether this message has to wait for others of its key. Then it is in the line from now on.
    pub fn must_wait(&self, key: &str, message: &str) -> bool {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(line) = keys.get_mut(key) else { return false };
        line.retain(|entry| entry.since.elapsed() < FORGOTTEN || entry.message == message);
        if line.front().is_none_or(|first| first.message == message) {
            return false;
        }
        push(line, message);
        true
    }

    /// Puts a message in the line of its key, unless it is there already.
    pub fn park(&self, key: &str, message: &str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        push(keys.entry(key.to_owned()).or_default(), message);
    }

    /// Takes a message out of the line: it is done.
    pub fn done(&self, key: &str, message: &str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(line) = keys.get_mut(key) else { return };
        line.retain(|entry| entry.message != message);
        if line.is_empty() {
            keys.remove(key);
        }
    }
}

/// A message that is in the line keeps its place.
fn push(line: &mut VecDeque<Entry>, message: &str) {
    match line.iter_mut().find(|entry| entry.message == message) {
        Some(entry) => entry.since = Instant::now(),
        None => line.push_back(Entry { message: message.to_owned(), since: Instant::now() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_changes_wait_for_the_parked_one_in_their_order() {
        let parked = Parked::default();
        assert!(!parked.must_wait("ada", "1"));
        parked.park("ada", "1");
        assert!(parked.must_wait("ada", "2") && !parked.must_wait("bob", "9"));
        // The first one comes back and fails again: the second one must not overtake it.
        assert!(!parked.must_wait("ada", "1"));
        parked.park("ada", "1");
        assert!(parked.must_wait("ada", "2"));
        parked.done("ada", "1");
        assert!(!parked.must_wait("ada", "2"));
        parked.done("ada", "2");
        assert!(parked.0.lock().unwrap().is_empty());
    }
}
