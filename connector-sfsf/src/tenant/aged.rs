//! What was read of a tenant and is good for a while, by name.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use connector_core::Result;
use futures_util::future::BoxFuture;

use crate::http::Scope;

/// So many things of a kind are kept; the oldest goes first.
const KEPT: usize = 64;

/// Things by name, and when each was read.
#[derive(Debug)]
pub(crate) struct Aged<T> {
    good_for: Duration,
    places: Mutex<HashMap<String, Place<T>>>,
}

/// Locked while what belongs here is read, so that it is read once, however many ask.
type Place<T> = Arc<tokio::sync::Mutex<Option<(Instant, T)>>>;

impl<T: Clone> Aged<T> {
    /// Nothing is known yet.
    pub fn new(good_for: Duration) -> Self {
        Self { good_for, places: Mutex::default() }
    }

    /// What has this name; it is made if it is not known or too old.
    ///
    /// # Errors
    ///
    /// Those of `make`, and the end of the call.
    pub async fn get_or(&self, scope: &Scope, name: &str, make: BoxFuture<'_, Result<T>>) -> Result<T> {
        self.read(scope, name, self.good_for, make).await.map(|(_, thing)| thing)
    }

    /// The same, with its age, if it is not older than this.
    ///
    /// # Errors
    ///
    /// As [`Aged::get_or`].
    pub async fn read(
        &self,
        scope: &Scope,
        name: &str,
        max_age: Duration,
        make: BoxFuture<'_, Result<T>>,
    ) -> Result<(Duration, T)> {
        let place = self.place(name);
        let mut known = scope.within(async { Ok(place.lock().await) }).await?;
        let young = known.as_ref().filter(|(read, _)| read.elapsed() < max_age);
        if let Some((read, thing)) = young {
            return Ok((read.elapsed(), thing.clone()));
        }
        let thing = make.await?;
        *known = Some((Instant::now(), thing.clone()));
        Ok((Duration::ZERO, thing))
    }

    /// What has this name, if it is known and not too old.
    pub async fn known(&self, name: &str) -> Option<T> {
        let place = self.place(name);
        let known = place.lock().await;
        known.as_ref().filter(|(read, _)| read.elapsed() < self.good_for).map(|(_, thing)| thing.clone())
    }

    /// Puts something in the place of what had this name.
    pub async fn put(&self, name: &str, thing: T) {
        let place = self.place(name);
        *place.lock().await = Some((Instant::now(), thing));
    }

    /// Everything is read anew.
    pub fn forget(&self) {
        self.places.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn place(&self, name: &str) -> Place<T> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if !places.contains_key(name) && places.len() >= KEPT {
            let age =
                |place: &Place<T>| place.try_lock().ok().map(|known| known.as_ref().map(|(read, _)| *read));
            // One that is being read is nobody's to take.
            let ages = places.iter().filter_map(|(name, place)| Some((age(place)?, name)));
            let oldest = ages.min_by_key(|(read, _)| *read).map(|(_, name)| name.clone());
            oldest.and_then(|name| places.remove(&name));
        }
        Arc::clone(places.entry(name.to_owned()).or_default())
    }
}
