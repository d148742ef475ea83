//! What is to be written to an object, after comparing with what is there.

use std::collections::HashSet;

use connector_core::object::{AttributeName, Change, Uid, Value};
use connector_core::{Error, Result};
use serde_json::{Map, Value as Json, json};

use super::changes::{Changes, PlainChange, several};
use super::part::Values;
use crate::class::call::Call;
use crate::class::state::{State, StateRule, StateValue};
use crate::mapping::attribute::{Reference, Source};
use crate::mapping::value::uids_of;
use crate::odata::edm::Edm;
use crate::odata::literal;
use crate::odata::zone::Zone;
use crate::read::found::Found;

/// What is to be written to an object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Difference {
    /// The properties that get another value.
    pub properties: Map<String, Json>,
    /// Those of them that nobody may see.
    pub secrets: Vec<String>,
    /// What the attributes will be, to compare after a lost answer. A secret cannot be compared.
    pub expected: Vec<(AttributeName, Vec<Value>)>,
    pub state: Option<&'static StateValue>,
    /// What comes into attributes that are no properties, and what leaves them.
    pub values: Vec<Values>,
    pub changed: Vec<AttributeName>,
    pub unchanged: Vec<AttributeName>,
}

impl Difference {
    /// Compares the changes with an object that was, or was not, found.
    ///
    /// # Errors
    ///
    /// A change of something that may only be given at creation; a state that the class does not take.
    pub fn to(call: &Call, found: &Found, changes: &Changes) -> Result<Self> {
        let mut difference = Self::default();
        for plain in &changes.plain {
            difference.compare(call, found, plain)?;
        }
        if let (Some(wish), Some(rule)) = (&changes.state, call.profile().state) {
            let current = found.state.known();
            if current.is_none() && wish.state.is_none() && found.presence.exists() {
                return Err(unknown_state(&wish.asked_as, rule, found, call.profile().words.one));
            }
            match wish.state_for(rule, current) {
                wanted if wanted == current => difference.unchanged.push(wish.asked_as.clone()),
                wanted => difference.set_state(rule, wish.asked_as.clone(), wanted)?,
            }
        }
        for secret in &changes.secrets {
            difference.properties.insert(secret.property.clone(), Json::from(secret.secret.expose()));
            difference.secrets.push(secret.property.clone());
            difference.changed.push(secret.asked_as.clone());
        }
        Ok(difference)
    }

    fn compare(&mut self, call: &Call, found: &Found, plain: &PlainChange) -> Result<()> {
        let info = &plain.mapped.info;
        let known = found.known(&info.name);
        let before = known.unwrap_or_default();
        if let Source::Companion(_) = plain.mapped.source {
            self.set_values(plain, before);
            return Ok(());
        }
        let after = plain.change.apply(before);
        let one = call.profile().words.one;
        if known.is_none() && matches!(&plain.change, Change::Modify { add, .. } if add.is_empty()) {
            return Err(unreadable(&plain.asked_as, one));
        }
        if known.is_some_and(|before| after == before) {
            self.unchanged.push(plain.asked_as.clone());
            return Ok(());
        }
        if found.presence.exists() && !info.updatable {
            let name = &plain.asked_as;
            let message = format!("'{name}' can only be given when a {one} is created");
            return Err(Error::invalid_attribute(name.clone(), message));
        }
        self.set(plain, after, found.zone)
    }

    fn set(&mut self, plain: &PlainChange, after: Vec<Value>, zone: Option<Zone>) -> Result<()> {
        let ([] | [_]) = after.as_slice() else { return Err(several(&plain.asked_as)) };
        let (key, json) = match (&plain.mapped.source, after.first()) {
            (Source::Property { name, .. }, None) => (name.clone(), Json::Null),
            (Source::Property { edm: edm @ Edm::Date, .. }, Some(Value::DateTime(_))) => {
                let takes = format!("{}, without a time of day", edm.expected());
                return Err(Error::wrong_value(&plain.asked_as, &takes).with_advice(
                    "give the day as the person's calendar has it; a time in UTC may be on another one",
                ));
            }
            (Source::Property { name, edm }, Some(value)) => (name.clone(), edm.write(value, zone)),
            (Source::Reference(reference), value) => {
                let id = value.map(ToString::to_string);
                let id = id.or_else(|| reference.nobody.map(ToOwned::to_owned)).unwrap_or_default();
                (reference.field().to_owned(), link(reference, &id))
            }
            (Source::State(_) | Source::Companion(_), _) => {
                return Err(Error::internal("the state came where a plain attribute was expected"));
            }
        };
        self.properties.insert(key, json);
        self.expected.push((plain.mapped.info.name.clone(), after));
        self.changed.push(plain.asked_as.clone());
        Ok(())
    }

    /// An attribute may hold a hundred thousand objects.
    fn set_values(&mut self, plain: &PlainChange, before: &[Value]) {
        let before = uids_of(before);
        let after = match &plain.change {
            Change::Replace(values) => uids_of(values),
            Change::Modify { add, remove } => {
                let remove: HashSet<_> = uids_of(remove).into_iter().collect();
                let kept = before.iter().filter(|uid| !remove.contains(*uid)).cloned();
                kept.chain(uids_of(add)).collect()
            }
        };
        let (there, stays): (HashSet<&Uid>, HashSet<&Uid>) =
            (before.iter().collect(), after.iter().collect());
        let mut seen = HashSet::new();
        let added: Vec<_> =
            after.iter().filter(|uid| !there.contains(uid) && seen.insert(*uid)).cloned().collect();
        let removed: Vec<_> = before.iter().filter(|uid| !stays.contains(uid)).cloned().collect();
        let is_same = added.is_empty() && removed.is_empty();
        let names = if is_same { &mut self.unchanged } else { &mut self.changed };
        names.push(plain.asked_as.clone());
        if !is_same {
            self.values.push(Values { attribute: plain.mapped.info.name.clone(), added, removed });
        }
    }

    fn set_state(
        &mut self,
        rule: &StateRule,
        asked_as: AttributeName,
        wanted: Option<&'static StateValue>,
    ) -> Result<()> {
        let wanted = wanted.ok_or_else(|| Error::internal("there is no such state"))?;
        if let Some((message, advice)) = wanted.read_only {
            return Err(Error::invalid_attribute(rule.property, message).with_advice(advice));
        }
        self.properties.insert(rule.property.to_owned(), Json::from(wanted.text));
        self.state = Some(wanted);
        self.changed.push(asked_as);
        Ok(())
    }

    /// Whether a property gets a value.
    pub fn gives(&self, property: &str) -> bool {
        self.properties.get(property).is_some_and(|value| !value.is_null())
    }

    /// The attributes that will have no value.
    pub fn cleared(&self) -> Vec<AttributeName> {
        let cleared = self.expected.iter().filter(|(_, values)| values.is_empty());
        cleared.map(|(name, _)| name.clone()).collect()
    }

    /// Whether an object is as this wants it to be. What is not shown is not known to be so.
    pub fn shows_in(&self, found: &Found) -> bool {
        let is_shown = |(name, values): &(AttributeName, Vec<Value>)| {
            found.object.is_some() && found.known(name).is_some_and(|known| known == values)
        };
        let state = self.state.is_none_or(|state| found.state.known() == Some(state));
        found.presence.exists() && state && self.expected.iter().all(is_shown)
    }
}

/// A value can only be taken from what is known.
fn unreadable(name: &AttributeName, one: &str) -> Error {
    let message =
        format!("the tenant does not show '{name}' of this {one}, so no value can be taken from it");
    Error::invalid_attribute(name.clone(), message)
        .with_advice("give the values that shall remain, or grant the API user the right to read it")
}

/// Whether an object is active can only be switched if it is known what it is.
fn unknown_state(asked_as: &AttributeName, rule: &StateRule, found: &Found, one: &str) -> Error {
    let property = rule.property;
    let message = match &found.state {
        State::Other(text) => {
            format!("the {property} of this {one} is '{text}', of which nobody knows whether it is active")
        }
        _ => format!("the tenant does not show the {property} of this {one}"),
    };
    Error::invalid_attribute(asked_as.clone(), message).with_advice(rule.unknown_advice)
}

/// A reference to an object: a link, never an inline entity, which would be created (KBA 3307746).
fn link(reference: &Reference, id: &str) -> Json {
    json!({"__metadata": {"uri": format!("{}({})", reference.ids.class, literal::string(id))}})
}
