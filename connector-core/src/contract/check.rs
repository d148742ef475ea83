//! Checks that end a case with a sentence.

use std::fmt::Debug;

use crate::error::{Effect, Error, ErrorKind};
use crate::object::{AttributeName, Uid};

/// Why a case ended early.
#[derive(Debug)]
pub(super) enum Stop {
    Failed(String),
    Skipped(String),
}

pub(super) type CaseResult<T = ()> = Result<T, Stop>;

/// An error where none is due fails the case.
impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(format!("unexpected {} error: {error}", error.kind()))
    }
}

pub(super) fn failed<T>(why: impl Into<String>) -> CaseResult<T> {
    Err(Stop::Failed(why.into()))
}

pub(super) fn skipped<T>(why: impl Into<String>) -> CaseResult<T> {
    Err(Stop::Skipped(why.into()))
}

pub(super) fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> CaseResult {
    if holds { Ok(()) } else { failed(otherwise()) }
}

pub(super) fn same<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> CaseResult {
    ensure(found == expected, || format!("{what}: expected {}, found {}", short(&expected), short(&found)))
}

/// The call fails with one of these kinds, and changed nothing.
pub(super) fn refused<T: Debug>(
    what: &str,
    result: Result<T, Error>,
    kinds: &[ErrorKind],
) -> CaseResult<Error> {
    match result {
        Ok(found) => failed(format!("{what}: expected an error, found {}", short(&found))),
        Err(error) if !kinds.contains(&error.kind()) => {
            let kinds: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
            failed(format!("{what}: expected {}, found {}: {error}", kinds.join(" or "), error.kind()))
        }
        Err(error) => {
            same(&format!("{what}: the effect of the error"), error.effect(), Effect::NotApplied)?;
            Ok(error)
        }
    }
}

/// The error says which attribute is at fault.
pub(super) fn names_attribute(error: &Error, name: &AttributeName) -> CaseResult {
    ensure(error.context().attributes.contains(name), || {
        format!("the error names {:?} instead of {name:?}: {error}", error.context().attributes)
    })
}

/// The error says which object it is about.
pub(super) fn names_uid(error: &Error, uid: &Uid) -> CaseResult {
    same("the uid in the error", error.context().uid.as_ref(), Some(uid))
}

fn short(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
