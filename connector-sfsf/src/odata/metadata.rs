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
/// `sensitive` (docs/successfactors.md#metadata).
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
    parse(text).map_err(|fault| match fault {
        Unreadable::Garbled(what) => answer.garbled(what),
        Unreadable::Refused(what) => {
            Error::new(ErrorKind::TargetProtocol, format!("the tenant's metadata cannot be read: {what}"))
        }
    })
}

/// Why a document is not read.
#[derive(Debug, PartialEq, Eq)]
enum Unreadable {
    /// It is cut off or damaged; another one may be whole.
    Garbled(&'static str),
    /// It is not one that we read, however often it comes.
    Refused(&'static str),
}

/// Both spellings of the `sap` namespace occur, and both of some attributes: only local names count.
fn parse(xml: &str) -> std::result::Result<Vec<EntityType>, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let (mut entities, mut current, mut closed) = (Vec::new(), None::<EntityType>, false);
    let mut tags = 0;
    loop {
        let event =
            reader.read_event().map_err(|_| Unreadable::Garbled("metadata that are not well-formed XML"))?;
        tags += usize::from(matches!(event, Event::Start(_) | Event::Empty(_)));
        if tags > MAX_TAGS {
            return Err(Unreadable::Refused("it describes more than a million things, which no tenant has"));
        }
        match event {
            Event::DocType(_) => {
                return Err(Unreadable::Refused("it has a document type, which metadata never has"));
            }
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
            Event::Eof => return Err(Unreadable::Garbled("metadata that end too early")),
            _ => {}
        }
    }
}

/// The most tags of a document. A tenant with 562 entities has some 60,000.
const MAX_TAGS: usize = 1_000_000;

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
    let is_day = is_day && !is_time_stamp(&name);
    Property {
        edm: Edm::from_name(&attribute(tag, "Type").unwrap_or_default(), is_day),
        name,
        label: attribute(tag, "label"),
        max_length: attribute(tag, "MaxLength").and_then(|length| length.parse().ok()),
        required: flag("required", false),
        creatable: flag("creatable", true) || flag("upsertable", false),
        // Entities of Employee Central are changed by upserts alone: their properties are upsertable, and not updatable.
        updatable: flag("updatable", true) || flag("upsertable", false),
        visible: flag("visible", true),
        sortable: flag("sortable", true),
        filterable: flag("filterable", true),
        sensitive: flag("sensitive-personal-data", false),
    }
}

/// Whether a property says when something was made or changed (`createdOn`, `createdDate`, `lastModifiedOn`): a time,
/// whatever its display format says. 1,755 of 1,755 records of a tenant that declares days had one
/// (docs/successfactors.md#values-in-json).
fn is_time_stamp(name: &str) -> bool {
    ["lastModified", "created"].iter().filter_map(|prefix| name.strip_prefix(prefix)).any(|rest| {
        matches!(rest, "" | "On" | "Date" | "Time") || rest.starts_with("Date") || rest.starts_with("With")
    })
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    // Whether one is there twice: with many of them, it takes longer to find out than to read them.
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value: Cow<'_, str> = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::Retry;

    const DOCUMENT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">
 <edmx:DataServices m:DataServiceVersion="2.0" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
  <Schema Namespace="SFODataSet" xmlns="http://schemas.microsoft.com/ado/2008/09/edm"><EntityContainer Name="EntityContainer">
   <EntitySet Name="User" EntityType="SFOData.User" s:upsertable="true" xmlns:s="http://www.successfactors.com/edm/sap"><Documentation><Summary>x</Summary></Documentation></EntitySet>
  </EntityContainer></Schema>
  <Schema Namespace="SFOData" xmlns="http://schemas.microsoft.com/ado/2008/09/edm" xmlns:sap="http://www.sap.com/Protocols/SAPData">
   <EntityType Name="User"><Key><PropertyRef Name="userId"></PropertyRef></Key>
    <Property Name="userId" Type="Edm.String" Nullable="false" MaxLength="100" sap:required="true" sap:label="User &amp; ID"/>
    <Property Name="hireDate" Type="Edm.DateTime" sap:display-format="Date" sap:filterable="false" sap:sortable="false"></Property>
    <Property Name="lastModified" Type="Edm.DateTime" sap:display_format="Date" sap:creatable="false" sap:updatable="false" sap:upsertable="false"/>
    <Property Name="password" Type="Edm.String" sap:visible="false"/>
    <Property Name="ssn" Type="Edm.String" sap:sensitive-personal-data="true"/>
    <NavigationProperty Name="manager" Relationship="SFOData.m" FromRole="user" ToRole="manager"/>
   </EntityType>
   <EntityType Name="Empty"/>
  </Schema>
 </edmx:DataServices>
</edmx:Edmx>"#;

    fn find<'a>(entity: &'a EntityType, name: &str) -> &'a Property {
        entity.properties.iter().find(|property| property.name == name).unwrap()
    }

    #[test]
    fn properties_come_with_their_flags_whatever_the_prefix() {
        let entities = parse(DOCUMENT).unwrap();
        let user = entities.iter().find(|entity| entity.name == "User").unwrap();
        assert_eq!(
            (user.keys.as_slice(), user.navigations.as_slice()),
            (&["userId".into()][..], &["manager".into()][..])
        );
        let key = find(user, "userId");
        assert_eq!(
            (key.label.as_deref(), key.max_length, key.required),
            (Some("User & ID"), Some(100), true)
        );
        assert!(key.filterable && key.sortable && key.creatable && !key.sensitive);
        let hired = find(user, "hireDate");
        assert_eq!((hired.edm, hired.filterable, hired.sortable), (Edm::Date, false, false));
        let modified = find(user, "lastModified");
        assert_eq!((modified.edm, modified.creatable, modified.updatable), (Edm::DateTime, false, false));
        assert!(!find(user, "password").visible && find(user, "ssn").sensitive);
    }

    /// The properties of Employee Central are `updatable="false"` and `upsertable="true"`: an upsert is both. What says when
    /// something was made has a time, though it is declared as a day.
    #[test]
    fn what_can_be_upserted_can_be_changed_and_a_time_stamp_is_a_time() {
        let property = |name: &str, flags: &str| {
            format!(r#"<Property Name="{name}" Type="Edm.DateTime" display-format="Date" {flags}/>"#)
        };
        let upserted = r#"creatable="false" updatable="false" upsertable="true""#;
        let stamps =
            ["createdOn", "createdDate", "created", "lastModifiedOn", "lastModifiedDate", "lastModified"];
        let stamps = stamps.map(|name| property(name, r#"upsertable="false" updatable="false""#)).concat();
        let days = ["startDate", "createdPositionDate"].map(|name| property(name, upserted)).concat();
        let document = format!(r#"<Edmx><EntityType Name="EmpJob">{stamps}{days}</EntityType></Edmx>"#);
        let job = parse(&document).unwrap().remove(0);
        for property in &job.properties {
            let is_day = matches!(property.name.as_str(), "startDate" | "createdPositionDate");
            assert_eq!(property.edm == Edm::Date, is_day, "{}", property.name);
            assert_eq!((property.updatable, property.creatable), (is_day, true), "{}", property.name);
        }
    }

    #[test]
    fn documents_that_are_endless_or_have_endless_tags_are_refused_as_fast_as_they_are_read() {
        let properties = "<Property/>".repeat(1_000_000);
        let document = format!("<Edmx><EntityType>{properties}</EntityType></Edmx>");
        assert!(
            matches!(parse(&document).unwrap_err(), Unreadable::Refused(why) if why.contains("more than a million"))
        );
        let attributes: String = (0..200_000).map(|number| format!(" a{number}=''")).collect();
        let document = format!("<Edmx><EntityType Name='E'><Property{attributes}/></EntityType></Edmx>");
        assert_eq!(parse(&document).unwrap()[0].properties.len(), 1);
    }

    #[test]
    fn documents_that_are_cut_or_dangerous_are_refused() {
        let with_type = DOCUMENT
            .replace("<edmx:Edmx", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><edmx:Edmx");
        let refused = Unreadable::Refused("it has a document type, which metadata never has");
        assert_eq!(parse(&with_type), Err(refused));
        assert!(parse("<html></html>").is_err() && parse("").is_err());
    }

    #[test]
    fn documents_that_are_cut_anywhere_are_asked_for_again() {
        let read = |end: usize| {
            read(&Answer {
                status: 200,
                content_type: "application/xml".into(),
                body: DOCUMENT[..end].into(),
                ..Answer::default()
            })
        };
        assert!(read(DOCUMENT.len()).is_ok());
        for end in 0..DOCUMENT.len() {
            let error = read(end).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{end}");
            assert_eq!(error.retry(), Retry::Later { after: None }, "{end}: {error}");
        }
    }

    /// The metadata of real tenants, where somebody has put it beside the project.
    #[test]
    fn real_metadata_is_read_in_full() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/edmx");
        let Ok(xml) = std::fs::read_to_string(format!("{folder}/PLTUserManagement.edmx")) else {
            return crate::skip::missing("published metadata");
        };
        let entities = parse(&xml).unwrap();
        let user = entities.iter().find(|entity| entity.name == "User").unwrap();
        assert_eq!(user.properties.len(), 138);
        assert_eq!(user.navigations.len(), 12);
        assert_eq!(
            user.properties.iter().filter(|property| property.filterable && property.visible).count(),
            13
        );
        assert_eq!(user.properties.iter().filter(|property| property.required).count(), 2);
    }
}
