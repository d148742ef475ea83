//! From a record to an object.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use connector_core::object::{
    Attribute, AttributeName, ConnectorObject, ObjectClass, Text, Uid, Value, Values,
};
use connector_core::{Error, ErrorKind, Filter, Result};

use super::gaps::Gaps;
use super::slot::Slot;
use crate::class::profile::{KeyKind, Profile, Shape};
use crate::class::state::State;
use crate::mapping::attribute::{Reference, Source};
use crate::odata::edm::Edm;
use crate::odata::nested;
use crate::odata::row::{Field, Header, Row};
use crate::odata::zone::Zone;

/// Reads records with the same fields.
#[derive(Debug)]
pub(crate) struct RowReader {
    profile: &'static Profile,
    header: Arc<Header>,
    /// The slots that the records have something for, and where. A property that was asked for and is not here is not
    /// empty: nobody knows what it is.
    columns: Vec<Column>,
    /// Whether the caller asked for every one of them.
    is_whole: bool,
    /// What the filter decides by and the records do not have.
    undecidable: Option<AttributeName>,
    /// What was asked for and the records have no field for.
    absent: Vec<AttributeName>,
    key: Option<usize>,
    name: Option<usize>,
    state: Option<usize>,
    gaps: Gaps,
}

#[derive(Debug)]
struct Column {
    slot: Slot,
    /// The place in the record; nothing if the value does not come from one field of it.
    place: Option<usize>,
}

/// What a record says of an object.
#[derive(Debug)]
pub(crate) struct Record {
    /// The object, with all that was fetched.
    pub object: ConnectorObject,
    pub state: State,
    /// The zone of the tenant's server, if it is known.
    pub zone: Option<Zone>,
    reader: Arc<RowReader>,
    /// The places of attributes of which this record, unlike others with its fields, says nothing.
    unknown: Vec<usize>,
}

impl Record {
    /// The object with what the caller asked for. What did not come of it is noted.
    pub fn into_object(self) -> ConnectorObject {
        let reader = &self.reader;
        reader.absent.iter().for_each(|name| reader.gaps.withhold(name));
        for slot in self.unknown.iter().filter_map(|place| Some(&reader.columns.get(*place)?.slot)) {
            reader.gaps.withhold_if(slot.is_reference() && slot.wanted, &slot.name);
        }
        self.into_object_ahead()
    }

    /// The same, of an object that is not delivered: nothing is noted.
    pub fn into_object_ahead(mut self) -> ConnectorObject {
        if !self.reader.is_whole || !self.unknown.is_empty() {
            let mut columns = self.reader.columns.iter().enumerate();
            self.object.attributes.retain(|_| {
                let next = columns.next();
                next.is_some_and(|(place, column)| column.slot.wanted && !self.unknown.contains(&place))
            });
        }
        self.object
    }

    /// Whether nobody knows if a filter holds, since it asks for what follows from a state that nobody knows. Then it
    /// does not hold, and the object has not left it either.
    pub fn is_undecided(&self, filter: &Filter) -> bool {
        self.state.is_undecided(self.reader.profile.state, filter)
    }
}

impl RowReader {
    pub fn new(
        profile: &'static Profile,
        slots: &[Slot],
        gaps: &Gaps,
        row: &Row,
        header: &Arc<Header>,
    ) -> Self {
        // Of two fields with one name, the last counts.
        let places: HashMap<_, _> = header.names().enumerate().map(|(place, name)| (name, place)).collect();
        let place = |name: &str| places.get(name).copied();
        let (mut columns, mut absent, mut undecidable) = (Vec::with_capacity(slots.len()), Vec::new(), None);
        for slot in slots {
            let place = slot.field().map(place);
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
            profile,
            header: Arc::clone(header),
            is_whole: columns.iter().all(|column| column.slot.wanted),
            columns,
            undecidable,
            absent,
            key: place(profile.key.property),
            name: place(profile.name_property),
            state: profile.state.and_then(|rule| place(rule.property)),
            gaps: gaps.clone(),
        }
    }

    /// Whether it reads records with this header.
    pub fn is_of(&self, header: &Arc<Header>) -> bool {
        Arc::ptr_eq(&self.header, header)
    }

    /// Reads a record into an object that has an attribute for each column, and the state.
    ///
    /// # Errors
    ///
    /// A record without a key, without something that the filter decides by, or with a value that is not of its type;
    /// names the object where it can.
    pub fn read(self: &Arc<Self>, object_class: &ObjectClass, row: &Row) -> Result<Record> {
        let Some(uid) = text(row, self.key).filter(|id| !id.is_empty()).map(Uid::new) else {
            return Err(bad(format!("a record of the tenant has no {}", self.profile.key.property)));
        };
        let about = |error: Error| error.with_object(object_class, Some(&uid));
        if let Some(name) = &self.undecidable {
            return Err(about(self.undecidable(name)));
        }
        let state = match self.profile.state {
            Some(rule) => State::read(rule, text(row, self.state)),
            None => State::Stateless,
        };
        let (mut unknown, zone) = (Vec::new(), row.zone());
        // Filled where they are: to move values about costs more than to make them.
        let empty = |column: &Column| Attribute { name: column.slot.name.clone(), values: Values::new() };
        let mut attributes: Vec<_> = self.columns.iter().map(empty).collect();
        for (place, (column, attribute)) in self.columns.iter().zip(&mut attributes).enumerate() {
            let values = &mut attribute.values;
            let is_known = match (column.place, &column.slot.source) {
                (Some(field), source) => self
                    .fill(values, source, row, field, zone)
                    .map_err(|expected| about(self.wrong(&column.slot, expected)))?,
                (None, Source::State(view)) => {
                    values.extend(state.known().map(view.value));
                    state.known().is_some()
                }
                (None, _) => true,
            };
            if !is_known {
                if column.slot.decides && column.slot.is_reference() {
                    return Err(about(self.undecidable(&column.slot.name)));
                }
                unknown.push(place);
            }
        }
        // The pseudo users of a tenant may have no name (docs/successfactors.md#pseudo-users).
        let named = text(row, self.name).filter(|name| !name.is_empty());
        let name = named.unwrap_or_else(|| Text::from(uid.as_str()));
        let object = ConnectorObject { object_class: object_class.clone(), uid, name, attributes };
        Ok(Record { object, state, zone, reader: Arc::clone(self), unknown })
    }

    fn wrong(&self, slot: &Slot, expected: &str) -> Error {
        let property = slot.field().unwrap_or_default();
        bad(format!("{}.{property} should be {expected}", self.profile.name))
            .with_attributes([property.into()])
    }

    /// What cannot be judged neither satisfies the filter nor has left it.
    fn undecidable(&self, name: &AttributeName) -> Error {
        let one = self.profile.words.one;
        bad(format!("the tenant sent a {one} without {name}, by which the filter decides"))
            .with_attributes([name.clone()])
            .with_advice("grant the API user the right to read it of everybody")
    }

    /// Whether it is known what the values are; then they are there.
    fn fill(
        &self,
        values: &mut Values,
        source: &Source,
        row: &Row,
        place: usize,
        zone: Option<Zone>,
    ) -> std::result::Result<bool, &'static str> {
        match (source, row.text(place)) {
            // The text "null" is how some entities write that there is nothing (docs/successfactors.md#values-in-json).
            (Source::Property { .. }, Some("null")) if self.profile.shape == Shape::Fixed => {}
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
            (Source::Reference(reference), _) => return references(values, reference, row.field(place)),
            (Source::State(_) | Source::Companion(_), _) => {}
        }
        Ok(true)
    }
}

/// The error for a record that is no object.
pub(crate) fn bad(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::TargetProtocol, message)
}

fn text(row: &Row, place: Option<usize>) -> Option<Text> {
    let place = place?;
    match row.text(place) {
        Some(text) => Some(text.into()),
        None => match row.field(place)? {
            Field::Scalar(scalar) => scalar.into_text(),
            Field::Nested(_) => None,
        },
    }
}

// Apart, so that the compiler makes the text where it goes: inlined, it is moved about first (decision 0025).
#[inline(never)]
fn push_text(values: &mut Values, text: &str) {
    values.push(Value::String(text.into()));
}

/// The objects at the other end of navigations, each once. Of one that was not expanded, nobody knows whether there is
/// any.
fn references(
    values: &mut Values,
    reference: &Reference,
    field: Option<Field<'_>>,
) -> std::result::Result<bool, &'static str> {
    let expected = reference.ids.takes;
    let (Some(Field::Nested(json)), Some((_, path))) = (field, reference.path.split_first()) else {
        return Err(expected);
    };
    let Some(mut ids) = nested::texts(json, path).map_err(|_| expected)? else { return Ok(false) };
    ids.retain(|id| Some(id.as_str()) != reference.nobody);
    if path.len() > 1 {
        sort(&mut ids, if reference.ids.are_numbers { KeyKind::Number } else { KeyKind::Text });
        ids.dedup();
    }
    values.extend(ids.into_iter().map(|id| Value::reference(reference.ids.class, id)));
    Ok(true)
}

/// Keys in their order.
fn sort(ids: &mut [String], kind: KeyKind) {
    match kind {
        KeyKind::Text => ids.sort(),
        KeyKind::Number => {
            ids.sort_by_cached_key(|id| (id.parse().unwrap_or(u64::MAX), id.clone()));
        }
    }
}
