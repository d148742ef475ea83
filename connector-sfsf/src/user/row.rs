//! From a row to an object.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use connector_core::object::{
    Attribute, AttributeName, ConnectorObject, ObjectClass, Text, Uid, Value, Values,
};
use connector_core::{Error, ErrorKind, Result};

use super::gaps::Gaps;
use super::plan::Slot;
use super::{Source, status};
use crate::odata::edm::Edm;
use crate::odata::row::{Field, Header, Row, has_field, text_of};
use crate::odata::zone::Zone;

/// Where the fields are, in rows with the same header, that a plan reads.
#[derive(Debug)]
pub(super) struct Columns {
    header: Arc<Header>,
    /// The slots that the rows have something for, and where. A property that was asked for and is not here is not
    /// empty: nobody knows what it is.
    columns: Vec<Column>,
    /// Whether the caller asked for every one of them.
    is_whole: bool,
    /// What the filter decides by and the rows do not have.
    undecidable: Option<AttributeName>,
    /// Attributes that were asked for and that the row has no field for.
    absent: Vec<AttributeName>,
    user_id: Option<usize>,
    username: Option<usize>,
    status: Option<usize>,
    gaps: Gaps,
}

#[derive(Debug)]
struct Column {
    slot: Slot,
    /// The place in the row; nothing if the value does not come from one field of it.
    place: Option<usize>,
}

/// What a row says of a person.
#[derive(Debug)]
pub(crate) struct Record {
    /// The person, with all that was fetched.
    pub object: ConnectorObject,
    /// The status, if it is one of the six.
    pub letter: Option<char>,
    /// The status as it came, if it is another text.
    pub other_status: Option<Text>,
    columns: Arc<Columns>,
    /// The places of attributes of which this row, unlike others with its header, says nothing.
    unknown: Vec<usize>,
}

impl Record {
    /// The person with what the caller asked for.
    pub fn into_object(mut self) -> ConnectorObject {
        if !self.columns.is_whole || !self.unknown.is_empty() {
            let mut columns = self.columns.columns.iter().enumerate();
            self.object.attributes.retain(|_| {
                let next = columns.next();
                next.is_some_and(|(place, column)| column.slot.wanted && !self.unknown.contains(&place))
            });
        }
        self.object
    }
}

impl Columns {
    pub fn new(slots: &[Slot], gaps: &Gaps, row: &Row, header: &Arc<Header>) -> Self {
        // Of two fields with one name, the last counts.
        let places: HashMap<_, _> = header.names().enumerate().map(|(place, name)| (name, place)).collect();
        let place = |name: &str| places.get(name).copied();
        let (mut columns, mut undecidable) = (Vec::with_capacity(slots.len()), None);
        let mut absent = Vec::new();
        for slot in slots {
            let place = slot.json_name().map(place);
            if place == Some(None) {
                absent.extend(slot.wanted.then(|| slot.name.clone()));
                undecidable = undecidable.or_else(|| slot.decides.then(|| slot.name.clone()));
                continue;
            }
            if slot.is_wall_clock() && slot.wanted && row.zone().is_none() {
                gaps.unzone(&slot.name);
            }
            columns.push(Column { slot: slot.clone(), place: place.flatten() });
        }
        Self {
            header: Arc::clone(header),
            is_whole: columns.iter().all(|column| column.slot.wanted),
            columns,
            undecidable,
            absent,
            user_id: place("userId"),
            username: place("username"),
            status: place("status"),
            gaps: gaps.clone(),
        }
    }

    /// Whether these are the columns of a row with this header.
    pub fn are_of(&self, header: &Arc<Header>) -> bool {
        Arc::ptr_eq(&self.header, header)
    }

    /// Reads a row into an object that has an attribute for each column, and the status.
    ///
    /// # Errors
    ///
    /// A row without a user id, without something that the filter decides by, or with a value that is not of its type;
    /// names the person where it can.
    pub fn read(self: &Arc<Self>, object_class: &ObjectClass, row: &Row) -> Result<Record> {
        let Some(uid) = text(row, self.user_id).filter(|id| !id.is_empty()).map(Uid::new) else {
            return Err(bad("a record of the tenant has no userId"));
        };
        if let Some(name) = &self.undecidable {
            return Err(undecidable(name).with_object(object_class, Some(&uid)));
        }
        let said = text(row, self.status).filter(|said| !said.is_empty());
        let letter = said.as_deref().and_then(status::known);
        let (mut unknown, zone) = (Vec::new(), row.zone());
        // Filled where they are: to move values about costs more than to make them.
        let empty = |column: &Column| Attribute { name: column.slot.name.clone(), values: Values::new() };
        let mut attributes: Vec<_> = self.columns.iter().map(empty).collect();
        for (place, (column, attribute)) in self.columns.iter().zip(&mut attributes).enumerate() {
            let values = &mut attribute.values;
            let is_known = match (column.place, &column.slot.source) {
                (Some(field), source) => fill(values, source, row, field, zone).map_err(|expected| {
                    wrong(&column.slot, expected).with_object(object_class, Some(&uid))
                })?,
                (None, Source::Enable) => {
                    values.extend(letter.map(enabled));
                    letter.is_some()
                }
                (None, _) => true,
            };
            if !is_known {
                if column.slot.decides && column.slot.is_link() {
                    return Err(undecidable(&column.slot.name).with_object(object_class, Some(&uid)));
                }
                unknown.push(place);
                self.gaps.withhold_if(column.slot.is_link() && column.slot.wanted, &column.slot.name);
            }
        }
        self.absent.iter().for_each(|name| self.gaps.withhold(name));
        // The pseudo users of a tenant may have no username (reference §4.2).
        let name = text(row, self.username).unwrap_or_else(|| Text::from(uid.as_str()));
        let object = ConnectorObject { object_class: object_class.clone(), uid, name, attributes };
        let other_status = said.filter(|_| letter.is_none());
        Ok(Record { object, letter, other_status, columns: Arc::clone(self), unknown })
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

/// Whoever cannot be judged neither satisfies the filter nor has left it.
fn undecidable(name: &AttributeName) -> Error {
    bad(format!("the tenant sent a person without {name}, by which the filter decides"))
        .with_attributes([name.clone()])
        .with_advice("grant the API user the right to read it of everybody")
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

/// Whether it is known what the values are; then they are there.
fn fill(
    values: &mut Values,
    source: &Source,
    row: &Row,
    place: usize,
    zone: Option<Zone>,
) -> std::result::Result<bool, &'static str> {
    match (source, row.text(place)) {
        // By far the most are texts.
        (Source::Property { edm: Edm::String, .. }, Some(text)) => push_text(values, text),
        (Source::Property { edm, .. }, Some(text)) => {
            values.push(edm.read_text(text, zone).ok_or(edm.expected())?);
        }
        _ if row.is_null(place) => {}
        (Source::Property { edm, .. }, None) => match row.field(place) {
            Some(Field::Scalar(scalar)) => values.extend(edm.read(scalar, zone)?),
            _ => return Err(edm.expected()),
        },
        (Source::Link { nobody, .. }, _) => return link(values, nobody, row.field(place)),
        (Source::Enable | Source::Entitlement(_), _) => {}
    }
    Ok(true)
}

// Apart, so that the compiler makes the text where it goes: inlined, it is moved about first (decision 0025).
#[inline(never)]
fn push_text(values: &mut Values, text: &str) {
    values.push(Value::String(text.into()));
}

/// The person at the other end of a navigation. One that was not expanded (`__deferred`), or that came without a user
/// id, says nothing about whether there is somebody.
fn link(
    values: &mut Values,
    nobody: &str,
    field: Option<Field<'_>>,
) -> std::result::Result<bool, &'static str> {
    let json = match field {
        Some(Field::Entity(json)) => json,
        Some(Field::List) => return Ok(true),
        _ => return Err("a person"),
    };
    match text_of(json, "userId").map_err(|_| "a person")? {
        Some(user_id) => {
            let somebody = (user_id != nobody).then(|| Value::reference(super::model::USER, user_id));
            values.extend(somebody);
            Ok(true)
        }
        None => Ok(["userId", "results"].iter().any(|name| has_field(json, name))),
    }
}
