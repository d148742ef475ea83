//! The object classes of the table: what they look like and what can be done with them.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::manifest::{
    DeleteMeaning, ImportManifest, LookupManifest, Manifest, ObjectClassManifest, SaveManifest,
    SearchManifest,
};
use crate::object::{AttributeInfo, AttributeName, ObjectClass, ObjectClassInfo, Schema, ValueType, special};
use crate::operation::Operation;
use crate::protocol::{PROTOCOL, PROTOCOL_MINOR};

pub(super) const PERSON: &str = "Person";
pub(super) const TEAM: &str = "Team";
/// The list of teams.
pub(super) const TEAMS: &str = "teams";
/// Counts the changes to an object.
pub(super) const REVISION: &str = "revision";

const PERSON_NAME: &str = "login";
const TEAM_NAME: &str = "label";

/// Manifest and schema.
pub(super) struct Model {
    pub manifest: Manifest,
    pub schema: Arc<Schema>,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            manifest: manifest(),
            schema: Arc::new(Schema { object_classes: vec![person_info(), team_info()] }),
        }
    }
}

/// What is known about one object class.
#[derive(Clone, Copy)]
pub(super) struct Class<'a> {
    pub manifest: &'a ObjectClassManifest,
    pub info: &'a ObjectClassInfo,
    pub name_attribute: &'static str,
}

impl Model {
    /// The class with this name or alias, if the operation can be done with its objects.
    pub fn class(&self, name: &ObjectClass, operation: Operation) -> Result<Class<'_>> {
        let (Some(manifest), Some(info)) = (self.manifest.object_class(name), self.schema.object_class(name))
        else {
            let message = format!("there is no object class '{name}'; there is {PERSON} and {TEAM}");
            return Err(Error::invalid_request(message));
        };
        if !manifest.operations.contains(&operation) {
            return Err(Error::unsupported(format!("{} objects have no {operation}", info.name)));
        }
        let name_attribute = if info.name.is(PERSON) { PERSON_NAME } else { TEAM_NAME };
        Ok(Class { manifest, info, name_attribute })
    }
}

impl<'a> Class<'a> {
    pub fn name(self) -> &'a ObjectClass {
        &self.info.name
    }

    /// The attribute with this name; `__NAME__` stands for the attribute that holds the name.
    pub fn attribute(self, name: &AttributeName) -> Result<&'a AttributeInfo> {
        let stored = if name.is(special::NAME) { &self.name_attribute.into() } else { name };
        self.info.attribute(stored).ok_or_else(|| {
            Error::invalid_attribute(name.clone(), format!("{} has no attribute '{name}'", self.name()))
                .with_object(self.name(), None)
        })
    }

    /// Refuses names in a filter or an order that cannot be looked at.
    pub fn check_readable(self, name: &AttributeName) -> Result<()> {
        if name.is(special::UID) || self.attribute(name)?.readable {
            return Ok(());
        }
        let message = format!("attribute '{name}' cannot be read, and so not be searched or sorted by");
        Err(Error::invalid_attribute(name.clone(), message).with_object(self.name(), None))
    }

    pub fn has_status(self) -> bool {
        self.info.attribute(&special::ENABLE.into()).is_some()
    }
}

fn manifest() -> Manifest {
    Manifest {
        name: "memory".into(),
        display_name: "Table in memory".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        protocol: PROTOCOL.into(),
        protocol_minor: PROTOCOL_MINOR,
        object_classes: vec![person_manifest(), team_manifest()],
        lookups: vec![LookupManifest { name: TEAMS.into(), help: "The teams, by their uid.".into() }],
        configuration: Vec::new(),
    }
}

fn person_manifest() -> ObjectClassManifest {
    ObjectClassManifest {
        name: PERSON.into(),
        aliases: vec![ObjectClass::ACCOUNT.into()],
        operations: Operation::ALL.to_vec(),
        delete: DeleteMeaning::Removes,
        uid_attribute: None,
        name_attribute: Some(PERSON_NAME.into()),
        search: SearchManifest { sort_keys: true, page_by_offset: true, page_by_cookie: true },
        import: ImportManifest { delta: true, resume: true, missing: true },
        save: SaveManifest { create: true, expected: true, dry_run: true },
        dated: false,
        notes: vec!["Everything is forgotten when the process ends.".into()],
    }
}

fn team_manifest() -> ObjectClassManifest {
    let has_none = [Operation::Suspend, Operation::Resume, Operation::ResetPassword];
    ObjectClassManifest {
        name: TEAM.into(),
        aliases: vec![ObjectClass::GROUP.into()],
        operations: Operation::ALL.into_iter().filter(|operation| !has_none.contains(operation)).collect(),
        name_attribute: Some(TEAM_NAME.into()),
        ..person_manifest()
    }
}

fn person_info() -> ObjectClassInfo {
    use ValueType::{Binary, Boolean, Complex, Date, DateTime, Decimal, Integer, Reference, Secret, String};
    let manager =
        AttributeInfo { referenced_object_class: Some(PERSON.into()), ..attribute("manager", Reference) };
    let address =
        AttributeInfo { attributes: vec![attribute("city", String)], ..attribute("address", Complex) };
    let password = AttributeInfo {
        creatable: true,
        updatable: true,
        sensitive: true,
        ..AttributeInfo::new(special::PASSWORD, Secret)
    };
    ObjectClassInfo {
        name: PERSON.into(),
        aliases: vec![ObjectClass::ACCOUNT.into()],
        attributes: vec![
            AttributeInfo { required: true, ..attribute(PERSON_NAME, String) },
            attribute("displayName", String),
            attribute("title", String),
            AttributeInfo { multivalued: true, ..attribute("skills", String) },
            attribute("floor", Integer),
            AttributeInfo { sensitive: true, ..on_request("salary", Decimal) },
            attribute("remote", Boolean),
            attribute("hiredOn", Date),
            attribute("badgeIssuedAt", DateTime),
            manager,
            address,
            on_request("photo", Binary),
            on_request("notes", String),
            attribute(special::ENABLE, Boolean),
            password,
            revision(),
        ],
    }
}

fn team_info() -> ObjectClassInfo {
    let members = attribute("members", ValueType::Reference);
    ObjectClassInfo {
        name: TEAM.into(),
        aliases: vec![ObjectClass::GROUP.into()],
        attributes: vec![
            AttributeInfo { required: true, ..attribute(TEAM_NAME, ValueType::String) },
            AttributeInfo { multivalued: true, referenced_object_class: Some(PERSON.into()), ..members },
            revision(),
        ],
    }
}

/// What most attributes are like. The table can filter by anything, and sort by what has an order.
fn attribute(name: &str, value_type: ValueType) -> AttributeInfo {
    let sortable = value_type != ValueType::Complex;
    AttributeInfo { filterable: true, sortable, ..AttributeInfo::new(name, value_type).plain() }
}

/// An attribute that comes only if it is asked for.
fn on_request(name: &str, value_type: ValueType) -> AttributeInfo {
    AttributeInfo { returned_by_default: false, ..attribute(name, value_type) }
}

fn revision() -> AttributeInfo {
    attribute(REVISION, ValueType::Integer).read_only()
}
