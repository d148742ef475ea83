//! From the changes that a host asks for to what they mean for an object.

use connector_core::object::{AttributeDelta, AttributeName, Change, Secret, Uid, Value, ValueType};
use connector_core::{Error, Result};

use crate::class::call::Call;
use crate::class::state::{StateRule, StateValue, StateView};
use crate::mapping::attribute::{Mapped, Source};
use crate::mapping::model::Model;
use crate::mapping::value::accept;
use crate::odata::edm::Edm;

/// The changes of one save, checked against the model and free of contradictions.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub plain: Vec<PlainChange>,
    pub state: Option<StateWish>,
    pub secrets: Vec<SecretChange>,
}

/// A change of an attribute whose values can be compared.
#[derive(Debug)]
pub(crate) struct PlainChange {
    /// The name as the caller spelled it.
    pub asked_as: AttributeName,
    pub mapped: Mapped,
    pub change: Change,
}

/// A new value of an attribute that nobody can read.
#[derive(Debug)]
pub(crate) struct SecretChange {
    pub asked_as: AttributeName,
    pub property: String,
    pub secret: Secret,
}

/// What is to become of the state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StateWish {
    pub asked_as: AttributeName,
    /// The state, if the caller gave one.
    pub state: Option<&'static StateValue>,
    pub active: bool,
}

impl Changes {
    /// # Errors
    ///
    /// Names and values that the tenant does not have or take; two wishes for one thing.
    pub fn read(call: &Call, deltas: &[AttributeDelta], uid: &Uid, model: &Model) -> Result<Self> {
        let mut changes = Self::default();
        for delta in deltas {
            changes.add(call, delta, uid, model)?;
        }
        Ok(changes)
    }

    fn add(&mut self, call: &Call, delta: &AttributeDelta, uid: &Uid, model: &Model) -> Result<()> {
        let (mapped, profile) = (model.find(&delta.name)?, model.profile);
        let name = &mapped.info.name;
        if name.is(profile.key.property) {
            return same_uid(call, delta, uid);
        }
        if !mapped.info.creatable && !mapped.info.updatable {
            return Err(read_only(call, delta));
        }
        if let (true, Source::Property { name, .. }) = (mapped.is_secret(), &mapped.source) {
            let (asked_as, property) = (delta.name.clone(), name.clone());
            return self.add_secret(SecretChange { asked_as, property, secret: secret(delta)? });
        }
        if let Some(rule) = profile.state.filter(|rule| rule.decides(name)) {
            return self.wish_state(rule, StateWish::read(call, rule, delta)?);
        }
        self.add_plain(delta, mapped)
    }

    fn add_secret(&mut self, change: SecretChange) -> Result<()> {
        match self.secrets.iter().find(|other| other.property == change.property) {
            Some(other) if other.secret == change.secret => Ok(()),
            Some(other) => Err(contradiction(&other.asked_as, &change.asked_as)),
            None => {
                self.secrets.push(change);
                Ok(())
            }
        }
    }

    fn wish_state(&mut self, rule: &StateRule, wish: StateWish) -> Result<()> {
        match &mut self.state {
            Some(other) if other.state.zip(wish.state).is_some_and(|(one, two)| one != two) => {
                Err(contradiction(&other.asked_as, &wish.asked_as))
            }
            Some(other) if other.active != wish.active => {
                let both: Vec<_> = [rule.property]
                    .into_iter()
                    .chain(rule.views.iter().filter(|view| view.is_writable).map(|view| view.name))
                    .collect();
                let message = format!("{} contradict each other", both.join(" and "));
                Err(Error::invalid_attribute(rule.property, message))
            }
            Some(other) => {
                other.state = other.state.or(wish.state);
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
        let is_same = |other: &&PlainChange| {
            other.mapped.info.name == mapped.info.name
                || (mapped.field().is_some() && other.mapped.field() == mapped.field())
        };
        if let Some(other) = self.plain.iter().find(is_same) {
            return match other.change == change {
                true => Ok(()),
                false => Err(contradiction(&other.asked_as, &delta.name)),
            };
        }
        self.plain.push(PlainChange { asked_as: delta.name.clone(), mapped: mapped.clone(), change });
        Ok(())
    }

    /// The attributes that have to be read to know what is so already.
    pub fn names(&self) -> Vec<AttributeName> {
        self.plain.iter().map(|plain| plain.mapped.info.name.clone()).collect()
    }
}

impl StateWish {
    fn read(call: &Call, rule: &StateRule, delta: &AttributeDelta) -> Result<Self> {
        let asked_as = delta.name.clone();
        let value = single(delta)?.ok_or_else(|| {
            let message =
                format!("the {} of a {} cannot be cleared", rule.property, call.profile().words.one);
            Error::invalid_attribute(delta.name.clone(), message)
        })?;
        match rule.view(&delta.name) {
            Some(StateView { value_type: ValueType::Boolean, .. }) => {
                let active = Edm::Boolean.accept(value).and_then(|value| value.as_bool());
                let active =
                    active.ok_or_else(|| Error::wrong_value(&delta.name, Edm::Boolean.expected()))?;
                Ok(Self { asked_as, state: None, active })
            }
            _ => {
                let state = rule.parse(&value.to_string())?;
                Ok(Self { asked_as, state: Some(state), active: state.presence.is_active() })
            }
        }
    }

    /// The state of an object that has this one, or is new.
    pub fn state_for(
        &self,
        rule: &StateRule,
        current: Option<&'static StateValue>,
    ) -> Option<&'static StateValue> {
        self.state.or_else(|| rule.switched(current, self.active))
    }
}

fn contradiction(one: &AttributeName, two: &AttributeName) -> Error {
    let message = format!("'{one}' and '{two}' are the same and contradict each other");
    Error::invalid_attribute(two.clone(), message)
}

fn read_only(call: &Call, delta: &AttributeDelta) -> Error {
    let error = Error::invalid_attribute(delta.name.clone(), format!("'{}' is read-only", delta.name));
    match call.class.read_only_advice(&delta.name) {
        Some(advice) => error.with_advice(advice),
        None => error,
    }
}

fn same_uid(call: &Call, delta: &AttributeDelta, uid: &Uid) -> Result<()> {
    match &delta.change {
        Change::Replace(values) if values.iter().map(ToString::to_string).eq([uid.to_string()]) => Ok(()),
        _ => {
            let profile = call.profile();
            let message =
                format!("the {} of a {} cannot be changed", profile.key.property, profile.words.one);
            let error = Error::invalid_attribute(delta.name.clone(), message);
            Err(match call.class.read_only_advice(&profile.key.property.into()) {
                Some(advice) => error.with_advice(advice),
                None => error,
            })
        }
    }
}

fn secret(delta: &AttributeDelta) -> Result<Secret> {
    match single(delta)? {
        Some(Value::Secret(secret)) => Ok(secret.clone()),
        Some(Value::String(text)) => Ok(Secret::new(text.as_str())),
        _ => Err(Error::invalid_attribute(delta.name.clone(), "a password is a text and cannot be cleared")),
    }
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
        _ => Err(several(&delta.name)),
    }
}

/// The error for more values than an attribute has.
pub(super) fn several(name: &AttributeName) -> Error {
    Error::invalid_attribute(name.clone(), format!("'{name}' has one value, not several"))
}

/// The change with its values in the attribute's type. An empty text is no value.
fn typed(change: &Change, mapped: &Mapped) -> Result<Change> {
    let convert = |values: &[Value]| typed_values(values, mapped);
    let typed = match change {
        Change::Replace(values) => Change::Replace(convert(values)?),
        Change::Modify { add, remove } => Change::Modify { add: convert(add)?, remove: convert(remove)? },
    };
    match &typed {
        Change::Replace(values) if values.len() > 1 && !mapped.info.multivalued => {
            Err(several(&mapped.info.name))
        }
        _ => Ok(typed),
    }
}

/// Values in the attribute's type. An empty text is none.
///
/// # Errors
///
/// A value that does not stand for one of the type.
pub(super) fn typed_values(values: &[Value], mapped: &Mapped) -> Result<Vec<Value>> {
    let given = values.iter().filter(|value| value.as_str() != Some(""));
    given.map(|value| accept_whole(value, mapped)).collect()
}

/// The value in the attribute's type. A time of day is not cut from a day: the tenant may have one there, and that is no
/// change; to write it is refused.
fn accept_whole(value: &Value, mapped: &Mapped) -> Result<Value> {
    let accepted = accept(value, mapped)?;
    let is_cut = matches!(accepted, Value::Date(_)) && value.has_a_time_of_day();
    Ok(value.read_as(ValueType::DateTime).filter(|_| is_cut).unwrap_or(accepted))
}
