//! The one error type: what went wrong, whether to try again, and what became of the change.

mod kind;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::object::{AttributeName, ObjectClass, Uid};
use crate::operation::Operation;

pub use kind::{Effect, ErrorKind, Retry};

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the target itself said, kept apart from our own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TargetAnswer {
    /// The status of the answer, such as an HTTP status.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// The target's own error code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// The target's own text, shortened if it is long.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

/// Where an error happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorContext {
    /// The operation that failed.
    pub operation: Option<Operation>,
    /// The object class that it was for.
    pub object_class: Option<ObjectClass>,
    /// The object that it was for.
    pub uid: Option<Uid>,
    /// The attributes that are at fault.
    pub attributes: Vec<AttributeName>,
    /// The correlation id of the call.
    pub correlation_id: Option<String>,
    /// The fields of the request that nobody read, by their paths.
    pub ignored: Vec<String>,
}

/// An error: kind × retry × effect, with context.
///
/// Nobody has to read the message to decide what to do; it is written for people.
#[derive(Debug, Clone, thiserror::Error)]
pub struct Error(Box<Body>);

#[derive(Debug, Clone)]
struct Body {
    kind: ErrorKind,
    retry: Retry,
    effect: Effect,
    message: Cow<'static, str>,
    advice: Option<Cow<'static, str>>,
    context: ErrorContext,
    target: Option<TargetAnswer>,
}

impl Error {
    /// A new error that changed nothing; whether to retry follows from the kind.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Body {
            kind,
            retry: kind.default_retry(),
            effect: Effect::NotApplied,
            message: message.into(),
            advice: None,
            context: ErrorContext::default(),
            target: None,
        }))
    }

    /// Shorthand for [`ErrorKind::InvalidRequest`].
    pub fn invalid_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message)
    }

    /// Shorthand for [`ErrorKind::Unsupported`].
    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Unsupported, message)
    }

    /// Shorthand for [`ErrorKind::Internal`].
    pub fn internal(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// An attribute, or its value, that is not accepted.
    pub fn invalid_attribute(name: impl Into<AttributeName>, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidAttribute, message).with_attributes([name.into()])
    }

    /// A value that is not of the attribute's type, in a change or in a filter: `'hireDate' takes a date such as
    /// 2024-01-31`.
    pub fn wrong_value(name: &AttributeName, takes: &str) -> Self {
        Self::invalid_attribute(name.clone(), format!("'{name}' takes {takes}"))
    }

    /// The object that was asked for does not exist.
    pub fn not_found(object_class: &ObjectClass, uid: &Uid) -> Self {
        Self::new(ErrorKind::NotFound, format!("there is no {object_class} with uid '{uid}'"))
            .with_object(object_class, Some(uid))
    }

    /// Says when a repeat makes sense.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.0.retry = retry;
        self
    }

    /// Says what became of the change.
    #[must_use]
    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.0.effect = effect;
        self
    }

    /// Says that this came behind a change of the same call, of which this became: the effect is at least that,
    /// and a repeat of the call finds out what is left to do. An error that says as much already stays as it is.
    #[must_use]
    pub fn behind(mut self, effect: Effect) -> Self {
        if self.0.effect >= effect {
            return self;
        }
        let before = match effect {
            Effect::Applied => "the change, or a part of it, was made before that",
            _ => "the change may have been made before that",
        };
        self.0.message = format!("{}; {before}", self.0.message).into();
        self.0.effect = effect;
        if self.0.kind != ErrorKind::Cancelled && self.0.retry == Retry::Never {
            self.0.retry = Retry::Later { after: None };
        }
        self
    }

    /// Says what the person who reads this should do next.
    #[must_use]
    pub fn with_advice(mut self, advice: impl Into<Cow<'static, str>>) -> Self {
        self.0.advice = Some(advice.into());
        self
    }

    /// Names the attributes that are at fault.
    #[must_use]
    pub fn with_attributes(mut self, names: impl IntoIterator<Item = AttributeName>) -> Self {
        self.0.context.attributes = names.into_iter().collect();
        self
    }

    /// Keeps what the target said.
    #[must_use]
    pub fn with_target(mut self, target: TargetAnswer) -> Self {
        self.0.target = Some(target);
        self
    }

    /// Names the object that the error is about.
    #[must_use]
    pub fn with_object(mut self, object_class: &ObjectClass, uid: Option<&Uid>) -> Self {
        self.0.context.object_class = Some(object_class.clone());
        if let Some(uid) = uid {
            self.0.context.uid = Some(uid.clone());
        }
        self
    }

    /// Adds the call's operation and correlation id where they are not known yet.
    #[must_use]
    pub fn in_call(mut self, operation: Operation, correlation_id: &str) -> Self {
        let context = &mut self.0.context;
        context.operation.get_or_insert(operation);
        context.correlation_id.get_or_insert_with(|| correlation_id.to_owned());
        self
    }

    /// Says which fields of the request nobody read.
    #[must_use]
    pub fn with_ignored(mut self, ignored: Vec<String>) -> Self {
        self.0.context.ignored = ignored;
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether to try again.
    pub fn retry(&self) -> Retry {
        self.0.retry
    }

    /// What became of the change.
    pub fn effect(&self) -> Effect {
        self.0.effect
    }

    /// One sentence for people, without operation, advice and correlation id.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do next, where we know it.
    pub fn advice(&self) -> Option<&str> {
        self.0.advice.as_deref()
    }

    /// Where it happened.
    pub fn context(&self) -> &ErrorContext {
        &self.0.context
    }

    /// What the target itself said.
    pub fn target(&self) -> Option<&TargetAnswer> {
        self.0.target.as_ref()
    }
}

/// `save User 'jdoe': the message (the target said: text) [correlation id]`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let context = &self.0.context;
        if let Some(operation) = context.operation {
            write!(f, "{operation}")?;
            if let Some(object_class) = &context.object_class {
                write!(f, " {object_class}")?;
            }
            if let Some(uid) = &context.uid {
                write!(f, " '{uid}'")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.0.message)?;
        if let Some(text) = self.0.target.as_ref().and_then(|target| target.text.as_deref()) {
            write!(f, " (the target said: {text})")?;
        }
        if let Some(advice) = &self.0.advice {
            write!(f, "; {advice}")?;
        }
        match &context.correlation_id {
            Some(id) => write!(f, " [correlation {id}]"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_kind_has_its_own_code_and_its_serde_name() {
        let mut codes: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
        for kind in ErrorKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }

    #[test]
    fn a_message_states_operation_object_cause_and_correlation_id() {
        let error = Error::not_found(&ObjectClass::new("User"), &Uid::new("jdoe"))
            .with_advice("check the spelling")
            .in_call(Operation::Get, "c-1");
        assert_eq!(
            error.to_string(),
            "get User 'jdoe': there is no User with uid 'jdoe'; check the spelling [correlation c-1]"
        );
    }

    #[test]
    fn what_comes_behind_a_change_keeps_its_effect_and_never_lowers_one() {
        let refused = || Error::new(ErrorKind::PermissionDenied, "no");
        let error = refused().behind(Effect::Applied);
        assert_eq!((error.effect(), error.retry()), (Effect::Applied, Retry::Later { after: None }));
        assert_eq!(error.message(), "no; the change, or a part of it, was made before that");
        let error = refused().behind(Effect::Unknown);
        assert_eq!(error.message(), "no; the change may have been made before that");
        for (own, before) in [
            (Effect::NotApplied, Effect::NotApplied),
            (Effect::Unknown, Effect::NotApplied),
            (Effect::Applied, Effect::Unknown),
        ] {
            let error = refused().with_effect(own).behind(before);
            assert_eq!((error.effect(), error.retry(), error.message()), (own, Retry::Never, "no"));
        }
        let after = Some(Duration::from_secs(7));
        let error = Error::new(ErrorKind::RateLimited, "x").with_retry(Retry::Later { after });
        assert_eq!(error.behind(Effect::Applied).retry(), Retry::Later { after });
    }

    #[test]
    fn the_innermost_call_keeps_its_name() {
        let error = Error::internal("x").in_call(Operation::Save, "a").in_call(Operation::Get, "b");
        assert_eq!(error.to_string(), "save: x [correlation a]");
    }
}
