//! What an operation has written so far. There is one law: once something may have been written, nothing that fails
//! behind it in the same operation says "not applied".

use std::sync::{Arc, Mutex, PoisonError};

use connector_core::operation::PartResult;
use connector_core::{Effect, Error, ErrorKind, Result, Retry};

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

/// The error for a change of which these parts were made before this error came.
pub(crate) fn partly(error: &Error, parts: &[PartResult]) -> Error {
    let done: Vec<_> = parts.iter().map(|part| format!("{} {}", part.entity, part.status)).collect();
    // The answer for the record was lost, and reading back showed that it was written.
    let done = if done.is_empty() { "the record".to_owned() } else { done.join(", ") };
    partial(error, &format!("done before: {done}"))
}

/// The error for a change of which a part was made, as `done` says, before this error came.
pub(crate) fn partial(error: &Error, done: &str) -> Error {
    told_again(error, ErrorKind::Partial, format!("{}; {done}", error.message()))
}

/// The error for a change that was made as a whole, and that could not be looked at then, as `what` says.
pub(crate) fn unchecked(error: &Error, what: &str) -> Error {
    told_again(error, error.kind(), format!("{what}: {}", error.message()))
}

/// The effect is known; what the tenant said and when it wants to be asked again stay.
fn told_again(error: &Error, kind: ErrorKind, message: String) -> Error {
    let retry = match error.retry() {
        Retry::Never if error.kind() != ErrorKind::Cancelled => Retry::Later { after: None },
        retry => retry,
    };
    let told = Error::new(kind, message)
        .with_effect(Effect::Applied)
        .with_retry(retry)
        .with_advice("say the same again: what is done is not done twice");
    match error.target() {
        Some(target) => told.with_target(target.clone()),
        None => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_part_is_told_in_the_tenants_words_and_with_its_wish() {
        let target = connector_core::error::TargetAnswer { status: Some(429), ..Default::default() };
        let after = Some(std::time::Duration::from_secs(300));
        let throttled = Error::new(ErrorKind::RateLimited, "slow down")
            .with_retry(Retry::Later { after })
            .with_target(target.clone());
        let error = partial(&throttled, "half of it was made");
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Partial, Effect::Applied));
        assert_eq!((error.retry(), error.target()), (Retry::Later { after }, Some(&target)));
        assert_eq!(error.message(), "slow down; half of it was made");
        let error = partial(&Error::new(ErrorKind::PermissionDenied, "no"), "half of it was made");
        assert_eq!(error.retry(), Retry::Later { after: None });
    }
}
