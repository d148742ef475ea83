//! What a change to an attribute may be.

use super::model::Class;
use crate::error::{Error, ErrorKind, Result};
use crate::object::{
    Attribute, AttributeDelta, AttributeInfo, AttributeName, Change, ObjectClass, Value, ValueType, special,
};

/// The shortest password that the table takes.
const MIN_PASSWORD: usize = 8;

/// A change that was checked against the schema.
pub(super) struct CheckedChange<'a> {
    pub info: &'a AttributeInfo,
    pub change: Change,
}

/// Checks names and types; whether an attribute may be written depends on whether it is a create.
pub(super) fn check<'a>(class: Class<'a>, deltas: &[AttributeDelta]) -> Result<Vec<CheckedChange<'a>>> {
    let mut checked: Vec<CheckedChange<'a>> = Vec::with_capacity(deltas.len());
    for delta in deltas {
        if delta.name.is(special::UID) {
            return Err(Error::invalid_attribute(special::UID, "the target makes up the uid"));
        }
        let info = class.attribute(&delta.name)?;
        if checked.iter().any(|other| other.info.name == info.name) {
            return Err(Error::invalid_request(format!("attribute '{}' is changed twice", info.name)));
        }
        checked.push(CheckedChange { info, change: typed(info, &delta.change)? });
    }
    Ok(checked)
}

/// What the caller believes of a record, with the types of the schema.
pub(super) fn expectations<'a>(
    class: Class<'a>,
    expected: &[Attribute],
) -> Result<Vec<(&'a AttributeInfo, Vec<Value>)>> {
    let typed = |attribute: &Attribute| {
        let info = class.attribute(&attribute.name)?;
        if !info.readable {
            return Err(refused(&info.name, "cannot be read, and so not be compared"));
        }
        let values = attribute.values.iter().map(|value| typed_value(info, value));
        Ok((info, values.collect::<Result<_>>()?))
    };
    expected.iter().map(typed).collect()
}

impl CheckedChange<'_> {
    /// The values after the change, if the attribute may have them.
    pub fn apply(&self, before: &[Value], is_create: bool) -> Result<Vec<Value>> {
        let info = self.info;
        let after = self.change.apply(before);
        if after == before {
            return Ok(after);
        }
        if !(if is_create { info.creatable } else { info.updatable }) {
            return Err(refused(&info.name, "cannot be written"));
        }
        if after.len() > 1 && !info.multivalued {
            return Err(refused(&info.name, "takes one value only"));
        }
        if after.is_empty() && info.required {
            return Err(refused(&info.name, "needs a value"));
        }
        after.iter().try_for_each(check_password)?;
        Ok(after)
    }
}

/// The target's policy.
pub(super) fn check_password(value: &Value) -> Result<()> {
    match value {
        Value::Secret(password) if password.expose().chars().count() < MIN_PASSWORD => {
            let message = format!("a password has at least {MIN_PASSWORD} characters");
            Err(Error::new(ErrorKind::PasswordPolicy, message).with_attributes([special::PASSWORD.into()]))
        }
        _ => Ok(()),
    }
}

pub(super) fn refused(name: &AttributeName, why: &str) -> Error {
    Error::invalid_attribute(name.clone(), format!("attribute '{name}' {why}"))
}

fn typed(info: &AttributeInfo, change: &Change) -> Result<Change> {
    let all =
        |values: &[Value]| values.iter().map(|value| typed_value(info, value)).collect::<Result<Vec<_>>>();
    Ok(match change {
        Change::Replace(values) => Change::Replace(all(values)?),
        Change::Modify { add, remove } => Change::Modify { add: all(add)?, remove: all(remove)? },
    })
}

/// The value as the attribute's type; a text may stand for a reference too.
fn typed_value(info: &AttributeInfo, value: &Value) -> Result<Value> {
    let typed = match (info.value_type, value) {
        (ValueType::Reference, Value::String(uid)) => Some(Value::reference(
            info.referenced_object_class.clone().unwrap_or_else(|| ObjectClass::ACCOUNT.into()),
            uid.as_str(),
        )),
        (ValueType::Date, value) if value.has_a_time_of_day() => None,
        (expected, value) => value.read_as(expected),
    };
    typed.ok_or_else(|| Error::wrong_value(&info.name, info.value_type.expected()))
}
