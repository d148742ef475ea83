//! From the bytes of a row to an object, in one pass.

use std::borrow::Cow;
use std::fmt;

use connector_core::object::{Attribute, ConnectorObject, ObjectClass, Uid, Value, Values};
use connector_core::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::plan::Slot;
use super::{Source, status};
use crate::odata::edm::Scalar;

/// A row on its way to an object: an attribute for each slot.
struct Raw<'a> {
    slots: &'a [Slot],
    attributes: Vec<Attribute>,
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
    let attributes = slots.iter().map(|slot| Attribute { name: slot.name.clone(), values: Values::new() });
    let mut raw = Raw { slots, attributes: attributes.collect(), problem: None };
    raw.deserialize(&mut serde_json::Deserializer::from_slice(row))
        .map_err(|_| raw.bad("a record of the tenant is not a JSON object".to_owned()))?;
    if let Some((property, expected)) = &raw.problem {
        let error = raw.bad(format!("User.{property} should be {expected}"));
        return Err(error.with_attributes([property.as_str().into()]));
    }
    raw.into_object(object_class)
}

impl Raw<'_> {
    fn into_object(mut self, object_class: &ObjectClass) -> Result<(ConnectorObject, Option<char>)> {
        let letter = self.text("status").and_then(|text| text.chars().next());
        let Some(user_id) = self.user_id() else {
            return Err(self.bad("a record of the tenant has no userId".to_owned()));
        };
        // The pseudo users of a tenant may have no username (reference §4.2).
        let name = self.text("username").unwrap_or(user_id).into();
        let uid = Uid::new(user_id);
        self.enable(letter);
        let object_class = object_class.clone();
        Ok((ConnectorObject { object_class, uid, name, attributes: self.attributes }, letter))
    }

    fn enable(&mut self, letter: Option<char>) {
        let enabled = letter.map(|letter| Value::Boolean(status::presence(letter).is_active()));
        for (slot, attribute) in self.slots.iter().zip(&mut self.attributes) {
            if slot.source == Source::Enable {
                attribute.values.extend(enabled.clone());
            }
        }
    }

    fn user_id(&self) -> Option<&str> {
        self.text("userId").filter(|id| !id.is_empty())
    }

    /// What was read from a property.
    fn text(&self, property: &str) -> Option<&str> {
        let place = self.slots.iter().position(|slot| slot.json_name() == Some(property))?;
        match self.attributes.get(place)?.values.first()? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn bad(&self, message: String) -> Error {
        let error = Error::new(ErrorKind::TargetProtocol, message);
        match self.user_id() {
            Some(user_id) => {
                error.with_object(&ObjectClass::from(super::model::USER), Some(&Uid::new(user_id)))
            }
            None => error,
        }
    }

    /// Where a key goes to. Tenants keep the order of `$select`, so the next slot is the likely one.
    fn place(&self, key: &str, expected: usize) -> Option<usize> {
        let is_it = |slot: &Slot| slot.json_name() == Some(key);
        match self.slots.get(expected) {
            Some(slot) if is_it(slot) => Some(expected),
            _ => self.slots.iter().position(is_it),
        }
    }

    fn take(&mut self, place: usize, field: Field<'_>) {
        let Some((slot, attribute)) = self.slots.get(place).zip(self.attributes.get_mut(place)) else {
            return;
        };
        let twin = slot.twin.map(|twin| (twin, field.clone()));
        match read(&slot.source, field) {
            Ok(value) => {
                attribute.values.clear();
                attribute.values.extend(value);
            }
            Err(expected) => {
                self.problem = Some((slot.json_name().unwrap_or_default().to_owned(), expected));
            }
        }
        if let Some((twin, field)) = twin {
            self.take(twin, field);
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Raw<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Raw<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut expected = 0;
        while let Some(Key(key)) = map.next_key()? {
            match self.place(&key, expected) {
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
                Some(place) => {
                    expected = place + 1;
                    self.take(place, map.next_value()?);
                }
            }
        }
        Ok(())
    }
}

fn read(source: &Source, field: Field<'_>) -> std::result::Result<Option<Value>, &'static str> {
    match (source, field) {
        (Source::Property { edm, .. }, Field::Scalar(scalar)) => edm.read(scalar),
        (Source::Property { edm, .. }, Field::Entity(_)) => Err(edm.expected()),
        (Source::Link { .. }, Field::Scalar(Scalar::Null)) => Ok(None),
        (Source::Link { nobody, .. }, Field::Entity(Some(user_id))) if user_id != *nobody => {
            Ok(Some(Value::reference(super::model::USER, user_id)))
        }
        (Source::Link { .. }, Field::Entity(_)) => Ok(None),
        (Source::Link { .. }, _) => Err("a person"),
        (Source::Enable | Source::Entitlement(_), _) => Ok(None),
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
