//! What is wrong with the text of a filter.

use std::borrow::Cow;

use crate::error::Error;

/// A text that is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {position}: {message}")]
pub struct FilterSyntaxError {
    /// Where it goes wrong, in characters from 1.
    pub position: usize,
    /// What was expected there, and what was found.
    pub message: Cow<'static, str>,
}

impl FilterSyntaxError {
    pub(super) fn new(position: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self { position, message: message.into() }
    }
}

impl From<FilterSyntaxError> for Error {
    fn from(error: FilterSyntaxError) -> Self {
        Self::invalid_request(format!("the filter cannot be read: {error}"))
    }
}
