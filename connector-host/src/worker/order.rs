//! Turns: work on one key is done in the order in which the turns were taken.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// The keys that somebody works on. Cheap to clone.
#[derive(Clone, Default)]
pub struct Order(Arc<Mutex<HashMap<String, Tail>>>);

/// The last turn of a key.
struct Tail {
    number: u64,
    over: Option<oneshot::Receiver<()>>,
}

/// A place in the line of one key. The next one comes when it is dropped.
pub struct Turn {
    order: Order,
    key: String,
    number: u64,
    before: Option<oneshot::Receiver<()>>,
    over: oneshot::Sender<()>,
}

impl Order {
    /// Takes the last place in the line of this key.
    pub fn take(&self, key: &str) -> Turn {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (over, next) = oneshot::channel();
        let tail = keys.entry(key.to_owned()).or_insert(Tail { number: 0, over: None });
        let before = tail.over.replace(next);
        tail.number += 1;
        Turn { order: self.clone(), key: key.to_owned(), number: tail.number, before, over }
    }
}

impl Turn {
    /// Waits until everybody before is done.
    pub async fn come(&mut self) {
        if let Some(before) = &mut self.before {
            // Nobody sends: the turn before is over when its end is dropped.
            let _ = before.await;
            self.before = None;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(before) = self.before.take() {
            // Given up before it came. Whoever is next still has to wait for those before.
            return self.hand_on(before);
        }
        let mut keys = self.order.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.get(&self.key).is_some_and(|tail| tail.number == self.number) {
            keys.remove(&self.key);
        }
    }
}

impl Turn {
    /// Leaves the place to somebody who just waits until it would have come.
    fn hand_on(&mut self, before: oneshot::Receiver<()>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (unused, _) = oneshot::channel();
        let over = std::mem::replace(&mut self.over, unused);
        let (order, key, number) = (self.order.clone(), std::mem::take(&mut self.key), self.number);
        let mut stand_in = Turn { order, key, number, before: Some(before), over };
        runtime.spawn(async move { stand_in.come().await });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn turns_of_one_key_come_in_order_and_those_of_others_at_once() {
        let order = Order::default();
        let (mut first, mut second, mut other) = (order.take("a"), order.take("a"), order.take("b"));
        assert!(first.come().now_or_never().is_some() && other.come().now_or_never().is_some());
        assert!(second.come().now_or_never().is_none());
        drop(first);
        second.come().await;
    }

    #[tokio::test]
    async fn whoever_gives_up_lets_nobody_overtake() {
        let order = Order::default();
        let (first, second, mut third) = (order.take("a"), order.take("a"), order.take("a"));
        drop(second);
        tokio::task::yield_now().await;
        assert!(third.come().now_or_never().is_none());
        drop(first);
        third.come().await;
    }

    #[tokio::test]
    async fn a_key_that_nobody_works_on_is_forgotten() {
        let order = Order::default();
        drop(order.take("a"));
        assert!(order.0.lock().unwrap().is_empty());
    }
}
