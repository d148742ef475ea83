//! What an operation has written so far. There is one law: once something may have been written, nothing that fails
//! behind it in the same operation says "not applied".

use std::sync::{Arc, Mutex, PoisonError};

use connector_core::{Effect, Result};

/// What one operation has done to the tenant. It only ever grows. Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub(crate) struct Written(Arc<Mutex<Effect>>);

impl Default for Written {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Effect::NotApplied)))
    }
}

impl Written {
    /// A write went out and had this effect.
    pub fn note(&self, effect: Effect) {
        let mut so_far = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *so_far = effect.max(*so_far);
    }

    /// The effect of all writes so far.
    pub fn so_far(&self) -> Effect {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The result of the operation: its error keeps the effect of what was written before.
    pub fn keep<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|error| error.behind(self.so_far()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::{Error, ErrorKind};

    fn refused(written: &Written) -> Effect {
        let refused = Err::<(), _>(Error::new(ErrorKind::RateLimited, "slow down"));
        written.keep(refused).unwrap_err().effect()
    }

    #[test]
    fn an_error_behind_a_write_keeps_its_effect_and_it_never_shrinks() {
        let written = Written::default();
        assert_eq!(refused(&written), Effect::NotApplied);
        written.note(Effect::Unknown);
        assert_eq!(refused(&written), Effect::Unknown);
        written.clone().note(Effect::Applied);
        written.note(Effect::Unknown);
        written.note(Effect::NotApplied);
        assert_eq!(refused(&written), Effect::Applied);
    }
}
