//! Whom a call is about: nobody is nobody, and never everybody or somebody new.

use super::Call;
use crate::error::{Error, Result};
use crate::filter::{Filter, Literal};
use crate::object::{Attribute, AttributeDelta, AttributeName, Uid, Value};
use crate::operation::Subject;

impl Call {
    /// Refuses uids that are empty or have blanks around them, and references with such uids.
    ///
    /// # Errors
    ///
    /// As [`Uid::check`]; of a reference with its attribute.
    pub fn check_identities(&self) -> Result<()> {
        match self {
            Self::Test(_) | Self::Schema(_) | Self::Lookup(_) => Ok(()),
            Self::Get(request) => request.uid.check(),
            Self::Delete(id) | Self::Suspend(id) | Self::Resume(id) => id.uid.check(),
            Self::ResetPassword(request) => request.uid.check(),
            Self::Save(request) => check_save(request.uid.as_ref(), &request.attributes, &request.expected),
            Self::Search(request) => check_filter(request.filter.as_ref()),
            Self::Import(request) => {
                request.missing.iter().try_for_each(check_missing)?;
                check_filter(request.filter.as_ref())
            }
            Self::Explain(request) => match &request.subject {
                Subject::Uid(uid) => uid.check(),
                Subject::Filter(filter) => check_filter(Some(filter)),
                Subject::Save(save) => check_save(save.uid.as_ref(), &save.attributes, &save.expected),
            },
        }
    }
}

/// Whoever is missing came from the target once, with whatever blanks it has.
fn check_missing(uid: &Uid) -> Result<()> {
    let is_empty = uid.as_str().trim().is_empty();
    if is_empty { uid.check().map_err(|error| error.with_attributes(["missing".into()])) } else { Ok(()) }
}

fn check_save(uid: Option<&Uid>, deltas: &[AttributeDelta], expected: &[Attribute]) -> Result<()> {
    uid.map_or(Ok(()), Uid::check)?;
    deltas.iter().try_for_each(check_delta)?;
    expected.iter().try_for_each(|attribute| {
        attribute.values.iter().try_for_each(|value| check_value(&attribute.name, value))
    })
}

fn check_delta(delta: &AttributeDelta) -> Result<()> {
    delta.change.values().try_for_each(|value| check_value(&delta.name, value))
}

fn check_filter(filter: Option<&Filter>) -> Result<()> {
    filter.into_iter().flat_map(Filter::literals).try_for_each(|(name, literal)| match literal {
        Literal::Value(value) => check_value(name, value),
        Literal::Text(..) => Ok(()),
    })
}

fn check_value(name: &AttributeName, value: &Value) -> Result<()> {
    let Value::Reference(reference) = value else { return Ok(()) };
    reference.uid.check().map_err(|error| {
        let message = format!("'{name}': {}", error.message());
        let advice = error.advice().map(ToOwned::to_owned).unwrap_or_default();
        Error::invalid_request(message).with_advice(advice).with_attributes([name.clone()])
    })
}
