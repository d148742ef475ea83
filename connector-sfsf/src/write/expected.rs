//! What a writer believes that an object has: if it has anything else, nothing is written.

use connector_core::object::{Attribute, AttributeName, Value};
use connector_core::{Error, ErrorKind, Result};

use super::changes::typed_values;
use crate::mapping::attribute::{Mapped, Source};
use crate::mapping::model::Model;
use crate::mapping::value::uids_of;
use crate::read::found::Found;

/// The values of attributes that an object has to have.
#[derive(Debug, Default)]
pub(super) struct Expected(Vec<(AttributeName, Vec<Value>)>);

impl Expected {
    /// # Errors
    ///
    /// Attributes that the tenant does not have or show; values that none of them has.
    pub fn read(expected: &[Attribute], model: &Model) -> Result<Self> {
        let read = |attribute: &Attribute| {
            let mapped = model.find(&attribute.name)?;
            if !mapped.info.readable {
                let name = &attribute.name;
                let message = format!("'{name}' cannot be read, so nothing can be expected of it");
                return Err(Error::invalid_attribute(name.clone(), message));
            }
            Ok((mapped.info.name.clone(), typed(&attribute.values, mapped, model)?))
        };
        expected.iter().map(read).collect::<Result<_>>().map(Self)
    }

    /// The attributes that have to be read.
    pub fn names(&self) -> impl Iterator<Item = AttributeName> {
        self.0.iter().map(|(name, _)| name.clone())
    }

    /// Whether the object is as it is believed to be.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::PreconditionFailed`], with the attributes that differ, or of which nobody knows.
    pub fn hold(&self, found: &Found) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        if !found.presence.exists() {
            return Err(failed(
                "the object is not there, so nothing that is expected of it is so",
                self.names(),
            ));
        }
        let differs = |(name, values): &&(AttributeName, Vec<Value>)| {
            found.known(name).is_none_or(|known| !is_same(known, values))
        };
        let differing: Vec<_> = self.0.iter().filter(differs).map(|(name, _)| name.clone()).collect();
        match differing.is_empty() {
            true => Ok(()),
            false => {
                let names = differing.iter().map(AttributeName::as_str).collect::<Vec<_>>().join(", ");
                let message = format!("what is there is not what was expected: {names}");
                Err(failed(message, differing.into_iter()))
            }
        }
    }
}

/// The values as records have them.
fn typed(values: &[Value], mapped: &Mapped, model: &Model) -> Result<Vec<Value>> {
    let name = &mapped.info.name;
    match (&mapped.source, model.profile.state.filter(|rule| name.is(rule.property))) {
        (Source::State(view), _) => {
            let wrong = || Error::wrong_value(name, view.value_type.expected());
            values.iter().map(|value| value.read_as(view.value_type).ok_or_else(wrong)).collect()
        }
        (_, Some(rule)) => {
            values.iter().map(|value| Ok(rule.parse(&value.to_string())?.text.into())).collect()
        }
        (_, None) => typed_values(values, mapped),
    }
}

/// The order of several values does not matter. References may be a hundred thousand.
fn is_same(known: &[Value], expected: &[Value]) -> bool {
    let (mut one, mut other) = (uids_of(known), uids_of(expected));
    if one.len() == known.len() && other.len() == expected.len() {
        one.sort();
        other.sort();
        return one == other;
    }
    let holds = |values: &[Value], others: &[Value]| values.iter().all(|value| others.contains(value));
    known.len() == expected.len() && holds(known, expected) && holds(expected, known)
}

fn failed(
    message: impl Into<std::borrow::Cow<'static, str>>,
    names: impl Iterator<Item = AttributeName>,
) -> Error {
    Error::new(ErrorKind::PreconditionFailed, message)
        .with_attributes(names)
        .with_advice("nothing was written; read the object again and decide anew")
}
