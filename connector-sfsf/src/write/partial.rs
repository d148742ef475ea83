//! The errors of changes of which something was made.

use connector_core::operation::PartResult;
use connector_core::{Effect, Error, ErrorKind, Retry};

/// The error for a change of which a part was made, as `done` says, before this error came.
pub(crate) fn partial(error: &Error, done: &str) -> Error {
    told_again(error, ErrorKind::Partial, format!("{}; {done}", error.message()))
}

/// What was done, in the tenant's words.
pub(super) fn done(parts: &[PartResult]) -> String {
    let done = parts.iter().map(|part| match part.status.is_empty() {
        // The answer for the record was lost, and reading back showed that it was written.
        true => format!("the record of {}", part.entity),
        false => format!("{} {}", part.entity, part.status),
    });
    format!("done before: {}", done.collect::<Vec<_>>().join(", "))
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
