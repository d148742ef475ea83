//! From the bytes of a row to an object, in one pass.

use std::borrow::Cow;
use std::fmt;

use connector_core::object::{Attribute, ConnectorObject, ObjectClass, Reference, Uid, Value};
use connector_core::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::plan::Slot;
use super::{Source, status};
use crate::odata::edm::Scalar;

/// What a row holds before it is an object.
#[derive(Default)]
struct Raw {
    user_id: Option<String>,
    username: Option<String>,
    status: Option<char>,
    values: Vec<Option<Vec<Value>>>,
    problem: Option<(String, &'static str)>,
}

/// Reads a row into an object that has an attribute for each slot, and the status letter.
///
/// # Errors
///
/// A row that is no person, or a value that is not of its type; names the person where it can.
pub(super) fn read_row(
    object_class: &ObjectClass,
    slots: &[Slot],
    row: &[u8],
) -> Result<(ConnectorObject, Option<char>)> {
    let mut raw = Raw { values: vec![None; slots.len()], ..Raw::default() };
    let mut json = serde_json::Deserializer::from_slice(row);
    Rows { slots, raw: &mut raw }
        .deserialize(&mut json)
        .map_err(|_| bad(&raw, "a record of the tenant is not a JSON object".to_owned()))?;
    if let Some((property, expected)) = &raw.problem {
        let error = bad(&raw, format!("User.{property} should be {expected}"));
        return Err(error.with_attributes([property.as_str().into()]));
    }
    let user_id = raw.user_id.take().filter(|id| !id.is_empty());
    let user_id = user_id.ok_or_else(|| bad(&raw, "a record of the tenant has no userId".to_owned()))?;
    let letter = raw.status;
    Ok((object(object_class, slots, user_id, raw), letter))
}

fn object(object_class: &ObjectClass, slots: &[Slot], user_id: String, raw: Raw) -> ConnectorObject {
    let enabled = raw.status.map(|letter| status::presence(letter).is_active());
    let attributes = slots.iter().zip(raw.values).map(|(slot, values)| {
        let values = match slot.source {
            Source::Enable => enabled.map(Value::Boolean).into_iter().collect(),
            _ => values.unwrap_or_default(),
        };
        Attribute { name: slot.name.clone(), values }
    });
    ConnectorObject {
        object_class: object_class.clone(),
        attributes: attributes.collect(),
        // The pseudo users of a tenant may have no username (reference §4.2).
        name: raw.username.unwrap_or_else(|| user_id.clone()),
        uid: Uid::new(user_id),
    }
}

fn bad(raw: &Raw, message: String) -> Error {
    let error = Error::new(ErrorKind::TargetProtocol, message);
    match &raw.user_id {
        Some(user_id) => {
            error.with_object(&ObjectClass::from(super::model::USER), Some(&Uid::new(user_id.as_str())))
        }
        None => error,
    }
}

struct Rows<'a> {
    slots: &'a [Slot],
    raw: &'a mut Raw,
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        // Tenants keep the order of `$select`, so the next slot is the likely one.
        let mut expected = 0;
        while let Some(Key(key)) = map.next_key()? {
            let place = position(self.slots, &key, expected);
            match place {
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
                Some(place) => {
                    expected = place + 1;
                    self.raw.take(self.slots, place, &key, map.next_value()?);
                }
            }
        }
        Ok(())
    }
}

fn position(slots: &[Slot], key: &str, expected: usize) -> Option<usize> {
    let is_it = |slot: &Slot| slot.json_name() == Some(key);
    match slots.get(expected) {
        Some(slot) if is_it(slot) => Some(expected),
        _ => slots.iter().position(is_it),
    }
}

impl Raw {
    fn take(&mut self, slots: &[Slot], place: usize, key: &str, field: Field<'_>) {
        self.remember(key, &field);
        let Some(slot) = slots.get(place) else { return };
        if let Some(twin) = slot.twin {
            self.take(slots, twin, key, field.clone());
        }
        match read(&slot.source, field) {
            Ok(values) => {
                if let Some(target) = self.values.get_mut(place) {
                    *target = Some(values);
                }
            }
            Err(expected) => self.problem = Some((key.to_owned(), expected)),
        }
    }

    fn remember(&mut self, key: &str, field: &Field<'_>) {
        let Field::Scalar(Scalar::Text(text)) = field else { return };
        match key {
            "userId" => self.user_id = Some(text.to_string()),
            "username" => self.username = Some(text.to_string()),
            "status" => self.status = text.chars().next(),
            _ => {}
        }
    }
}

fn read(source: &Source, field: Field<'_>) -> std::result::Result<Vec<Value>, &'static str> {
    match (source, field) {
        (Source::Property { edm, .. }, Field::Scalar(scalar)) => Ok(edm.read(scalar)?.into_iter().collect()),
        (Source::Property { edm, .. }, Field::Entity(_)) => Err(edm.expected()),
        (Source::Link { .. }, Field::Scalar(Scalar::Null)) => Ok(Vec::new()),
        (Source::Link { nobody, .. }, Field::Entity(Some(user_id))) if user_id != *nobody => {
            Ok(vec![Value::Reference(Reference {
                object_class: super::model::USER.into(),
                uid: Uid::new(user_id),
            })])
        }
        (Source::Link { .. }, Field::Entity(_)) => Ok(Vec::new()),
        (Source::Link { .. }, _) => Err("a person"),
        (Source::Enable | Source::Entitlement(_), _) => Ok(Vec::new()),
    }
}

/// A key, borrowed where it holds no escape.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// A field of a row: a scalar, or an expanded navigation of which the user id counts.
#[derive(Clone)]
enum Field<'a> {
    Scalar(Scalar<'a>),
    Entity(Option<String>),
}

impl<'de> Deserialize<'de> for Field<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar or an entity")
    }

    fn visit_unit<E>(self) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(Scalar::Null))
    }

    fn visit_bool<E>(self, flag: bool) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(Scalar::Boolean(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(Scalar::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(i64::try_from(number).map_or(Scalar::Number(number as f64), Scalar::Integer)))
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(Scalar::Number(number)))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(Scalar::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Self::Value, E> {
        Ok(Field::Scalar(Scalar::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        let mut user_id = None;
        while let Some(Key(key)) = map.next_key()? {
            if key == "userId" {
                user_id = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Field::Entity(user_id))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(
        self,
        mut list: A,
    ) -> std::result::Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Entity(None))
    }
}
