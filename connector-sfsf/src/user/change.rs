//! From the changes that a host asks for to what they mean for a person.

use connector_core::object::{
    AttributeDelta, AttributeInfo, AttributeName, Change, ObjectClass, Secret, Uid, Value, ValueType, special,
};
use connector_core::{Error, Result};

use super::model::{Mapped, USER, UserModel};
use super::{Source, status};
use crate::odata::edm::Edm;

/// The changes of one save, checked against the model and free of contradictions.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub plain: Vec<PlainChange>,
    pub status: Option<StatusWish>,
    pub password: Option<(AttributeName, Secret)>,
}

/// A change of a property or link.
#[derive(Debug)]
pub(crate) struct PlainChange {
    /// The name as the caller spelled it.
    pub asked_as: AttributeName,
    pub info: AttributeInfo,
    pub source: Source,
    pub change: Change,
}

/// What is to become of the status.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatusWish {
    pub asked_as: AttributeName,
    /// The letter, if the caller gave one.
    pub letter: Option<char>,
    pub active: bool,
}

impl StatusWish {
    /// The letter to write for somebody who has this one, or is new.
    pub fn letter_for(&self, current: Option<char>) -> char {
        self.letter.unwrap_or_else(|| status::switched(current.unwrap_or('t'), self.active))
    }
}

impl Changes {
    /// # Errors
    ///
    /// Names and values that the tenant does not have or take; two wishes for one thing.
    pub fn read(deltas: &[AttributeDelta], uid: &Uid, model: &UserModel) -> Result<Self> {
        let mut changes = Self::default();
        for delta in deltas {
            changes.add(delta, uid, model)?;
        }
        Ok(changes)
    }

    fn add(&mut self, delta: &AttributeDelta, uid: &Uid, model: &UserModel) -> Result<()> {
        let mapped = model.find(&delta.name)?;
        let name = &mapped.info.name;
        if name.is("userId") {
            return same_uid(delta, uid);
        }
        if !mapped.info.creatable && !mapped.info.updatable {
            return Err(read_only(delta, mapped));
        }
        if name.is("password") {
            self.password = Some((delta.name.clone(), password(delta)?));
            return Ok(());
        }
        if name.is("status") || name.is(special::ENABLE) {
            return self.wish_status(status_wish(delta)?);
        }
        self.add_plain(delta, mapped)
    }

    fn wish_status(&mut self, wish: StatusWish) -> Result<()> {
        match &mut self.status {
            Some(other) if other.active != wish.active => {
                Err(Error::invalid_attribute("status", "status and __ENABLE__ contradict each other"))
            }
            Some(other) => {
                other.letter = other.letter.or(wish.letter);
                Ok(())
            }
            none => {
                *none = Some(wish);
                Ok(())
            }
        }
    }

    fn add_plain(&mut self, delta: &AttributeDelta, mapped: &Mapped) -> Result<()> {
        let change = typed(&delta.change, mapped)?;
        let same = self.plain.iter().find(|other| other.source == mapped.source);
        if let Some(other) = same {
            return match other.change == change {
                true => Ok(()),
                false => Err(Error::invalid_attribute(
                    delta.name.clone(),
                    format!(
                        "'{}' and '{}' are the same and contradict each other",
                        other.asked_as, delta.name
                    ),
                )),
            };
        }
        self.plain.push(PlainChange {
            asked_as: delta.name.clone(),
            info: mapped.info.clone(),
            source: mapped.source.clone(),
            change,
        });
        Ok(())
    }

    /// The attributes that have to be read to know what is so already.
    pub fn names(&self) -> Vec<AttributeName> {
        self.plain.iter().map(|plain| plain.info.name.clone()).collect()
    }
}

fn read_only(delta: &AttributeDelta, mapped: &Mapped) -> Error {
    let error = Error::invalid_attribute(delta.name.clone(), format!("'{}' is read-only", delta.name));
    match mapped.source {
        Source::Entitlement(_) => error.with_advice(
            "roles, and the permissions in them, are granted to groups: put the person into a static group that has the role",
        ),
        _ => error,
    }
}

fn same_uid(delta: &AttributeDelta, uid: &Uid) -> Result<()> {
    match &delta.change {
        Change::Replace(values) if values.iter().map(ToString::to_string).eq([uid.to_string()]) => Ok(()),
        _ => Err(Error::invalid_attribute(delta.name.clone(), "the userId of a person cannot be changed")
            .with_advice("a conversion of user ids is a service of SAP (KBA 2087501)")),
    }
}

fn password(delta: &AttributeDelta) -> Result<Secret> {
    match single(delta)? {
        Some(Value::Secret(secret)) => Ok(secret.clone()),
        Some(Value::String(text)) => Ok(Secret::new(text.as_str())),
        _ => Err(Error::invalid_attribute(delta.name.clone(), "a password is a text and cannot be cleared")),
    }
}

fn status_wish(delta: &AttributeDelta) -> Result<StatusWish> {
    let asked_as = delta.name.clone();
    let value = single(delta)?.ok_or_else(|| {
        Error::invalid_attribute(delta.name.clone(), "the status of a person cannot be cleared")
    })?;
    if delta.name.is(special::ENABLE) {
        let active = Edm::Boolean.accept(value).and_then(|value| value.as_bool());
        let active = active.ok_or_else(|| Error::wrong_value(&delta.name, Edm::Boolean.expected()))?;
        return Ok(StatusWish { asked_as, letter: None, active });
    }
    let letter = status::letter(&value.to_string())?;
    Ok(StatusWish { asked_as, letter: Some(letter), active: status::presence(letter).is_active() })
}

/// The one value that remains after the change, for attributes that have to be given whole.
fn single(delta: &AttributeDelta) -> Result<Option<&Value>> {
    let values = match &delta.change {
        Change::Replace(values) => values,
        Change::Modify { add, .. } => add,
    };
    match values.as_slice() {
        [] => Ok(None),
        [value] => Ok(Some(value)),
        _ => Err(Error::invalid_attribute(
            delta.name.clone(),
            format!("'{}' has one value, not several", delta.name),
        )),
    }
}

/// The change with its values in the attribute's type. An empty text is no value.
fn typed(change: &Change, mapped: &Mapped) -> Result<Change> {
    let convert = |values: &[Value]| {
        let given = values.iter().filter(|value| value.as_str() != Some(""));
        given.map(|value| accept_whole(value, mapped)).collect::<Result<Vec<_>>>()
    };
    let typed = match change {
        Change::Replace(values) => Change::Replace(convert(values)?),
        Change::Modify { add, remove } => Change::Modify { add: convert(add)?, remove: convert(remove)? },
    };
    match &typed {
        Change::Replace(values) if values.len() > 1 && !mapped.info.multivalued => {
            let name = &mapped.info.name;
            Err(Error::invalid_attribute(name.clone(), format!("'{name}' has one value, not several")))
        }
        _ => Ok(typed),
    }
}

/// The value in the attribute's type. A time of day is not cut from a day: the tenant may have one there, and that is no
/// change; to write it is refused.
fn accept_whole(value: &Value, mapped: &Mapped) -> Result<Value> {
    let accepted = accept(value, mapped)?;
    let is_cut = matches!(accepted, Value::Date(_)) && value.has_a_time_of_day();
    Ok(value.read_as(ValueType::DateTime).filter(|_| is_cut).unwrap_or(accepted))
}

/// The value in the attribute's type. What a filter compares with is judged by the same.
pub(super) fn accept(value: &Value, mapped: &Mapped) -> Result<Value> {
    let accepted = match &mapped.source {
        Source::Property { edm, .. } => edm.accept(value),
        Source::Link { .. } => reference(value, USER, ObjectClass::ACCOUNT),
        Source::Entitlement(kind) => reference(value, kind.entity(), ObjectClass::GROUP),
        Source::Enable => {
            return Err(Error::internal("the status came where a plain attribute was expected"));
        }
    };
    let accepted = accepted.ok_or_else(|| Error::wrong_value(&mapped.info.name, mapped.takes()))?;
    if let Value::Reference(reference) = &accepted {
        reference.uid.check().map_err(|error| error.with_attributes([mapped.info.name.clone()]))?;
    }
    Ok(accepted)
}

/// A reference to an object of this class, which has an alias; or the uid in a text or number as one.
fn reference(value: &Value, class: &str, alias: &str) -> Option<Value> {
    match value {
        Value::Reference(given) if !given.object_class.is(class) && !given.object_class.is(alias) => None,
        Value::Reference(_) => Some(value.clone()),
        Value::String(_) | Value::Integer(_) => Some(Value::reference(class, value.to_string())),
        _ => None,
    }
}
