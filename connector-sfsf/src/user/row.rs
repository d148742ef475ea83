//! From a row to an object.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use connector_core::object::{Attribute, ConnectorObject, ObjectClass, Text, Uid, Value, Values};
use connector_core::{Error, ErrorKind, Result};

use super::plan::Slot;
use super::{Source, status};
use crate::odata::edm::Edm;
use crate::odata::row::{Field, Header, Row, text_of};

/// Where the fields are, in rows with the same header, that a plan reads.
#[derive(Debug)]
pub(super) struct Columns {
    header: Arc<Header>,
    slots: Vec<Option<usize>>,
    user_id: Option<usize>,
    username: Option<usize>,
    status: Option<usize>,
}

impl Columns {
    pub fn new(slots: &[Slot], header: &Arc<Header>) -> Self {
        // Of two fields with one name, the last counts.
        let places: HashMap<_, _> = header.names().enumerate().map(|(place, name)| (name, place)).collect();
        let place = |name: &str| places.get(name).copied();
        Self {
            header: Arc::clone(header),
            slots: slots.iter().map(|slot| place(slot.json_name()?)).collect(),
            user_id: place("userId"),
            username: place("username"),
            status: place("status"),
        }
    }

    /// Whether these are the columns of a row with this header.
    pub fn are_of(&self, header: &Arc<Header>) -> bool {
        Arc::ptr_eq(&self.header, header)
    }

    /// Reads a row into an object that has an attribute for each slot, and the status letter.
    ///
    /// # Errors
    ///
    /// A row without a user id, or a value that is not of its type; names the person where it can.
    pub fn read(
        &self,
        object_class: &ObjectClass,
        slots: &[Slot],
        row: &Row,
    ) -> Result<(ConnectorObject, Option<char>)> {
        let Some(uid) = text(row, self.user_id).filter(|id| !id.is_empty()).map(Uid::new) else {
            return Err(bad("a record of the tenant has no userId"));
        };
        let letter = text(row, self.status).and_then(|text| text.chars().next());
        // Filled where they are: to move values about costs more than to make them.
        let mut attributes: Vec<_> =
            slots.iter().map(|slot| Attribute { name: slot.name.clone(), values: Values::new() }).collect();
        for ((slot, place), Attribute { values, .. }) in slots.iter().zip(&self.slots).zip(&mut attributes) {
            match (place, &slot.source) {
                (Some(place), source) => fill(values, source, row, *place)
                    .map_err(|expected| wrong(slot, expected).with_object(object_class, Some(&uid)))?,
                (None, Source::Enable) => values.extend(letter.map(enabled)),
                (None, _) => {}
            }
        }
        // The pseudo users of a tenant may have no username (reference §4.2).
        let name = text(row, self.username).unwrap_or_else(|| Text::from(uid.as_str()));
        let object_class = object_class.clone();
        Ok((ConnectorObject { object_class, uid, name, attributes }, letter))
    }
}

/// The error for a row that is no person.
pub(super) fn bad(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::TargetProtocol, message)
}

fn wrong(slot: &Slot, expected: &str) -> Error {
    let property = slot.json_name().unwrap_or_default();
    bad(format!("User.{property} should be {expected}")).with_attributes([property.into()])
}

fn enabled(letter: char) -> Value {
    Value::Boolean(status::presence(letter).is_active())
}

fn text(row: &Row, place: Option<usize>) -> Option<Text> {
    let place = place?;
    match row.text(place) {
        Some(text) => Some(text.into()),
        None => match row.field(place)? {
            Field::Scalar(scalar) => scalar.into_text(),
            Field::Entity(_) | Field::List => None,
        },
    }
}

fn fill(
    values: &mut Values,
    source: &Source,
    row: &Row,
    place: usize,
) -> std::result::Result<(), &'static str> {
    match (source, row.text(place)) {
        // By far the most are texts.
        (Source::Property { edm: Edm::String, .. }, Some(text)) => push_text(values, text),
        (Source::Property { edm, .. }, Some(text)) => values.push(edm.read_text(text).ok_or(edm.expected())?),
        _ if row.is_null(place) => {}
        (source, _) => values.extend(value(source, row.field(place))?),
    }
    Ok(())
}

// Apart, so that the compiler makes the text where it goes: inlined, it is moved about first (decision 0025).
#[inline(never)]
fn push_text(values: &mut Values, text: &str) {
    values.push(Value::String(text.into()));
}

fn value(source: &Source, field: Option<Field<'_>>) -> std::result::Result<Option<Value>, &'static str> {
    match (source, field) {
        (Source::Property { edm, .. }, Some(Field::Scalar(scalar))) => edm.read(scalar),
        (Source::Property { edm, .. }, _) => Err(edm.expected()),
        (Source::Link { nobody, .. }, Some(Field::Entity(json))) => {
            let user_id =
                text_of(json, "userId").map_err(|_| "a person")?.filter(|user_id| user_id != nobody);
            Ok(user_id.map(|user_id| Value::reference(super::model::USER, user_id)))
        }
        (Source::Link { .. }, Some(Field::List)) => Ok(None),
        (Source::Link { .. }, _) => Err("a person"),
        (Source::Enable | Source::Entitlement(_), _) => Ok(None),
    }
}
