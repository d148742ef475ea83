//! Which values an attribute takes.

use connector_core::object::{Uid, Value};
use connector_core::{Error, Result};

use super::attribute::{Ids, Mapped, Reference, Source};

/// The value in the attribute's type. What a filter compares with is judged by the same.
///
/// # Errors
///
/// A value that does not stand for one of the type.
pub(crate) fn accept(value: &Value, mapped: &Mapped) -> Result<Value> {
    let accepted = match &mapped.source {
        Source::Property { edm, .. } => edm.accept(value),
        Source::Reference(Reference { ids, .. }) | Source::Companion(ids) => reference(value, ids),
        Source::State(_) => {
            return Err(Error::internal("the state came where a plain attribute was expected"));
        }
    };
    let wrong = || Error::wrong_value(&mapped.info.name, mapped.takes());
    let accepted = accepted.ok_or_else(wrong)?;
    if let Value::Reference(reference) = &accepted {
        reference.uid.check().map_err(|error| error.with_attributes([mapped.info.name.clone()]))?;
        if mapped.has_numbers() && is_spelled_otherwise(reference.uid.as_str()) {
            return Err(
                wrong().with_advice("write the number as it is shown, without zeros or a sign before it")
            );
        }
    }
    Ok(accepted)
}

/// A number that is not written as records have it would be the number of another object, or of none.
fn is_spelled_otherwise(uid: &str) -> bool {
    uid.parse::<u64>().is_ok_and(|number| number.to_string() != uid)
}

/// A reference to an object of this class, which has an alias; or the uid in a text or number as one.
fn reference(value: &Value, ids: &Ids) -> Option<Value> {
    match value {
        Value::Reference(given) if !given.object_class.is(ids.class) && !given.object_class.is(ids.alias) => {
            None
        }
        // By the name that records have, so that it is the same as there.
        Value::Reference(given) => Some(Value::reference(ids.class, given.uid.clone())),
        Value::String(_) | Value::Integer(_) => Some(Value::reference(ids.class, value.to_string())),
        _ => None,
    }
}

/// Objects whose ids are numbers cannot be asked for by anything else.
///
/// # Errors
///
/// Something else.
pub(crate) fn check_id(value: &Value, ids: &Ids, mapped: &Mapped) -> Result<()> {
    let is_id = |uid: &Uid| !ids.are_numbers || uid.as_str().bytes().all(|byte| byte.is_ascii_digit());
    match value {
        Value::Reference(reference) if is_id(&reference.uid) => Ok(()),
        _ => Err(Error::wrong_value(&mapped.info.name, mapped.takes())),
    }
}

/// The values of an attribute as uids.
pub(crate) fn uids_of(values: &[Value]) -> Vec<Uid> {
    let uid = |value: &Value| match value {
        Value::Reference(reference) => Some(reference.uid.clone()),
        _ => None,
    };
    values.iter().filter_map(uid).collect()
}
