//! What is costly to make: each thing once, and kept while it is used.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use connector_core::{Error, Result};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Things by their keys. They are made off the threads of the runtime and outside of locks, as many at a time as there
/// are permits; however many callers want the same one at once, it is made once. Of those that are made, the ones that
/// were used last are kept. What could not be made is not.
pub(crate) struct Kept<K, V: Clone> {
    places: Places<K, V>,
    room: usize,
    makers: Arc<Semaphore>,
}

type Places<K, V> = Arc<Mutex<VecDeque<(K, Place<V>)>>>;

/// What becomes of a thing that is being made. Cheap to clone.
type Coming<V> = Shared<BoxFuture<'static, Result<V>>>;

#[derive(Clone)]
enum Place<V: Clone> {
    Here(V),
    Coming(Coming<V>),
}

impl<K, V> Kept<K, V>
where
    K: Clone + Eq + Send + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Room for so many things.
    pub fn new(room: usize, makers: Arc<Semaphore>) -> Self {
        Self { places: Arc::default(), room, makers }
    }

    /// The thing with this key, which is made if it is not here. A caller may go away at any time; what it began is
    /// made all the same, for whoever asks next.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    pub async fn get(&self, key: &K, make: impl FnOnce() -> Result<V> + Send + 'static) -> Result<V> {
        let place = find(&mut lock(&self.places), key);
        if let Some(place) = place {
            return place.thing().await;
        }
        let permit = Arc::clone(&self.makers).acquire_owned().await;
        let permit = permit.map_err(|_| Error::internal("nothing is made any more"))?;
        self.claim(key, permit, make).thing().await
    }

    /// The place of a thing that was not here a moment ago.
    fn claim(
        &self,
        key: &K,
        permit: OwnedSemaphorePermit,
        make: impl FnOnce() -> Result<V> + Send + 'static,
    ) -> Place<V> {
        let mut places = lock(&self.places);
        // Somebody else may have had a permit before.
        find(&mut places, key).unwrap_or_else(|| {
            let place = Place::Coming(self.begin(key.clone(), permit, make));
            places.push_back((key.clone(), place.clone()));
            place
        })
    }

    fn begin(
        &self,
        key: K,
        permit: OwnedSemaphorePermit,
        make: impl FnOnce() -> Result<V> + Send + 'static,
    ) -> Coming<V> {
        let (places, room) = (Arc::clone(&self.places), self.room);
        let work = tokio::spawn(async move {
            let made = tokio::task::spawn_blocking(make).await;
            drop(permit);
            let made = made.unwrap_or_else(|_| Err(broken()));
            settle(&mut lock(&places), key, &made, room);
            made
        });
        async move { work.await.unwrap_or_else(|_| Err(broken())) }.boxed().shared()
    }
}

impl<V: Clone> Place<V> {
    async fn thing(self) -> Result<V> {
        match self {
            Self::Here(thing) => Ok(thing),
            Self::Coming(coming) => coming.await,
        }
    }
}

fn lock<K, V: Clone>(places: &Places<K, V>) -> MutexGuard<'_, VecDeque<(K, Place<V>)>> {
    places.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place, which thereby is the one that was used last.
fn find<K: Eq, V: Clone>(places: &mut VecDeque<(K, Place<V>)>, key: &K) -> Option<Place<V>> {
    let found = places.iter().position(|(known, _)| known == key)?;
    let entry = places.remove(found)?;
    let place = entry.1.clone();
    places.push_back(entry);
    Some(place)
}

/// Keeps what was made, and lets the one go that was used longest ago if there is no room for both.
fn settle<K: Eq, V: Clone>(places: &mut VecDeque<(K, Place<V>)>, key: K, made: &Result<V>, room: usize) {
    places.retain(|(known, _)| *known != key);
    let Ok(thing) = made else { return };
    places.push_back((key, Place::Here(thing.clone())));
    let is_here = |(_, place): &(K, Place<V>)| matches!(place, Place::Here(_));
    if places.iter().filter(|entry| is_here(entry)).count() > room
        && let Some(oldest) = places.iter().position(is_here)
    {
        places.remove(oldest);
    }
}

fn broken() -> Error {
    Error::internal("the connection could not be set up: the connector failed unexpectedly")
        .with_advice("please report this")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    use futures_util::future::join_all;

    use super::*;

    fn kept(room: usize, makers: usize) -> Kept<usize, usize> {
        Kept::new(room, Arc::new(Semaphore::new(makers)))
    }

    fn known(kept: &Kept<usize, usize>) -> Vec<usize> {
        lock(&kept.places).iter().map(|(key, _)| *key).collect()
    }

    #[tokio::test]
    async fn what_many_want_at_once_is_made_once() {
        let (kept, made) = (kept(8, 4), Arc::new(AtomicUsize::new(0)));
        let calls = (0..32).map(|_| {
            let made = Arc::clone(&made);
            kept.get(&1, move || Ok(made.fetch_add(1, Ordering::SeqCst)))
        });
        assert!(join_all(calls).await.into_iter().all(|got| got.is_ok_and(|number| number == 0)));
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn so_many_are_kept_and_the_one_that_was_used_longest_ago_goes() {
        let kept = kept(3, 4);
        for key in [1, 2, 3, 1, 4] {
            kept.get(&key, move || Ok(key)).await.unwrap();
        }
        assert_eq!(known(&kept), [3, 1, 4]);
    }

    #[tokio::test]
    async fn what_could_not_be_made_is_tried_anew() {
        let kept = kept(3, 4);
        assert!(kept.get(&1, || Err(Error::internal("no"))).await.is_err());
        assert!(kept.get(&1, || panic!("an injected panic")).await.is_err());
        assert!(known(&kept).is_empty());
        assert_eq!(kept.get(&1, || Ok(5)).await.unwrap(), 5);
    }

    /// The runtime of this test has one thread: whoever blocks it blocks everybody.
    #[tokio::test]
    async fn slow_ones_hold_up_no_thread_of_the_runtime_and_wait_for_a_permit() {
        let kept = kept(8, 2);
        let (begun, (release, wait)) = (Arc::new(AtomicUsize::new(0)), mpsc::channel::<()>());
        let wait = Arc::new(Mutex::new(wait));
        let slow = |key: usize| {
            let (kept, begun, wait) = (&kept, Arc::clone(&begun), Arc::clone(&wait));
            async move {
                let make = move || {
                    begun.fetch_add(1, Ordering::SeqCst);
                    wait.lock().unwrap().recv().map(|()| key).map_err(|_| Error::internal("no"))
                };
                kept.get(&key, make).await
            }
        };
        {
            let mut all = Box::pin(join_all((0..5).map(slow)));
            while begun.load(Ordering::SeqCst) < 2 {
                let turn = tokio::time::timeout(std::time::Duration::from_millis(1), &mut all).await;
                assert!(turn.is_err(), "nobody is through");
            }
            // A call that is here already does not wait behind those.
            assert_eq!((begun.load(Ordering::SeqCst), known(&kept).len()), (2, 2));
        }
        // The callers are gone. What they began is made all the same, and those that waited for a permit are not.
        release.send(()).unwrap();
        release.send(()).unwrap();
        let first = slow(0).await;
        assert_eq!((first.unwrap(), begun.load(Ordering::SeqCst)), (0, 2));
    }
}
