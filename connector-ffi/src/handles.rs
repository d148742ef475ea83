//! Handles: tickets for things that live in a table.
//!
//! A handle is no address, so that one that was freed, was made up or belongs to something else finds
//! nothing. Numbers are never used twice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// A table of things of one type. An empty one holds no memory, so that nothing is left when all is freed.
pub struct Handles<T>(RwLock<BTreeMap<usize, Arc<T>>>);

/// One sequence for all tables, so that a handle of one type is unknown to the others.
static NEXT: AtomicUsize = AtomicUsize::new(1);

/// Handles are this far apart, so that none looks like the address of its neighbor.
const STRIDE: usize = 16;

impl<T> Default for Handles<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T> Handles<T> {
    /// Takes a thing in, and gives the handle for it. It is never zero.
    pub fn insert(&self, thing: Arc<T>) -> usize {
        let handle = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(STRIDE);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(handle, thing);
        handle
    }

    /// The thing with this handle.
    pub fn get(&self, handle: usize) -> Option<Arc<T>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&handle).cloned()
    }

    /// Lets the thing with this handle go.
    pub fn remove(&self, handle: usize) -> Option<Arc<T>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&handle)
    }
}
