//! The arguments of a function import: query options with the literals of OData.

use crate::error::ODataError;
use crate::http::call::Call;

/// The arguments of a call. What a function does not know is ignored: callers add `$select` and the like.
pub(crate) struct Arguments<'a>(&'a Call);

impl<'a> Arguments<'a> {
    pub(crate) fn new(call: &'a Call) -> Self {
        Self(call)
    }

    /// A text, quoted or bare. `None` if it is missing.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let value = self.0.option(name)?.trim();
        let inner = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        Some(inner.map_or_else(|| value.to_owned(), |inner| inner.replace("''", "'")))
    }

    /// A text that must be there.
    ///
    /// # Errors
    ///
    /// COE0018 if it is missing or empty.
    pub(crate) fn required(&self, name: &str) -> Result<String, ODataError> {
        let value = self.text(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| ODataError::bad_request(&format!("The parameter {name} is missing")))
    }

    /// A flag; false if it is missing.
    ///
    /// # Errors
    ///
    /// COE0018 if it is neither true nor false.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, ODataError> {
        match self.text(name).as_deref() {
            None | Some("" | "false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(ODataError::bad_request(&format!("The parameter {name} cannot be {other}"))),
        }
    }

    /// A whole number with or without its suffix `L` or `l`, as callers in the wild write it.
    ///
    /// # Errors
    ///
    /// COE0018 if it is no number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, ODataError> {
        let Some(text) = self.text(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let digits = text.strip_suffix(['L', 'l']).unwrap_or(&text);
        let wrong = || ODataError::bad_request(&format!("The parameter {name} cannot be {text}"));
        digits.parse().map(Some).map_err(|_| wrong())
    }
}
