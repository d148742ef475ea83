//! `$metadata` (EDMX 1.0): the properties and navigations of entities, with SAP's flags.

use std::borrow::Cow;

use connector_core::{Error, ErrorKind, Result};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::edm::Edm;
use crate::http::Answer;

/// An entity as the tenant has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EntityType {
    pub name: String,
    pub keys: Vec<String>,
    pub properties: Vec<Property>,
    pub navigations: Vec<String>,
}

/// A property with its flags. A flag that the document does not state is true, but for `required` and
/// `sensitive` (reference §9).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Property {
    pub name: String,
    pub edm: Edm,
    pub label: Option<String>,
    pub max_length: Option<u32>,
    pub required: bool,
    pub creatable: bool,
    pub updatable: bool,
    pub visible: bool,
    pub sortable: bool,
    pub filterable: bool,
    pub sensitive: bool,
}

/// Reads the entity types of a metadata answer.
///
/// # Errors
///
/// An answer that is no success; a document that is cut off, has a DTD, or is not EDMX.
pub(crate) fn read(answer: &Answer) -> Result<Vec<EntityType>> {
    if !answer.is_success() {
        return Err(super::classify::answer(answer));
    }
    let text = std::str::from_utf8(&answer.body).map_err(|_| answer.garbled("metadata that is not UTF-8"))?;
    parse(text).map_err(|what| match answer.is_html() {
        true => answer.garbled(what),
        false => {
            Error::new(ErrorKind::TargetProtocol, format!("the tenant's metadata cannot be read: {what}"))
        }
    })
}

/// Both spellings of the `sap` namespace occur, and both of some attributes: only local names count.
fn parse(xml: &str) -> std::result::Result<Vec<EntityType>, &'static str> {
    let mut reader = Reader::from_str(xml);
    let (mut entities, mut current, mut closed) = (Vec::new(), None::<EntityType>, false);
    loop {
        match reader.read_event().map_err(|_| "it is not well-formed XML")? {
            Event::DocType(_) => return Err("it has a document type, which metadata never has"),
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "EntityType" => {
                    let name = attribute(&tag, "Name").unwrap_or_default();
                    entities.extend(current.replace(EntityType { name, ..EntityType::default() }));
                }
                "PropertyRef" => add(&mut current, |entity| entity.keys.extend(attribute(&tag, "Name"))),
                "Property" => add(&mut current, |entity| entity.properties.push(property(&tag))),
                "NavigationProperty" => {
                    add(&mut current, |entity| entity.navigations.extend(attribute(&tag, "Name")));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "EntityType" => entities.extend(current.take()),
            Event::End(tag) if tag.local_name().as_ref() == "Edmx" => closed = true,
            Event::Eof if closed => return Ok(entities),
            Event::Eof => return Err("it ends too early"),
            _ => {}
        }
    }
}

fn add(current: &mut Option<EntityType>, change: impl FnOnce(&mut EntityType)) {
    if let Some(entity) = current {
        change(entity);
    }
}

fn property(tag: &BytesStart<'_>) -> Property {
    let flag = |name: &str, default: bool| attribute(tag, name).map_or(default, |value| value == "true");
    let is_day = ["display-format", "display_format"]
        .iter()
        .any(|name| attribute(tag, name).as_deref() == Some("Date"));
    let name = attribute(tag, "Name").unwrap_or_default();
    // A time stamp all the same, whatever its display format says (reference, entities §3).
    let is_day = is_day && !name.starts_with("lastModified");
    Property {
        edm: Edm::from_name(&attribute(tag, "Type").unwrap_or_default(), is_day),
        name,
        label: attribute(tag, "label"),
        max_length: attribute(tag, "MaxLength").and_then(|length| length.parse().ok()),
        required: flag("required", false),
        creatable: flag("creatable", true) || flag("upsertable", false),
        updatable: flag("updatable", true),
        visible: flag("visible", true),
        sortable: flag("sortable", true),
        filterable: flag("filterable", true),
        sensitive: flag("sensitive-personal-data", false),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attributes = tag.attributes().flatten();
    let found = attributes.into_iter().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value: Cow<'_, str> = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
