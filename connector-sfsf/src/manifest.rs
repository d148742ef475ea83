//! What this connector can do, as data.

use connector_core::manifest::{
    DeleteMeaning, ImportManifest, Manifest, ObjectClassManifest, SaveManifest, SearchManifest,
};
use connector_core::object::{AttributeName, ObjectClass};
use connector_core::operation::Operation;
use connector_core::protocol::{PROTOCOL, PROTOCOL_MINOR};

use crate::config::properties;
use crate::entitlement::Kind;
use crate::lists::lookups;
use crate::user::USER;

/// The manifest of the connector. It is the same for every tenant; what differs is in the schema.
pub fn manifest() -> Manifest {
    Manifest {
        name: "sfsf".to_owned(),
        display_name: "SAP SuccessFactors".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL.to_owned(),
        protocol_minor: PROTOCOL_MINOR,
        object_classes: vec![
            user(),
            entitlement(Kind::Group),
            entitlement(Kind::Role),
            entitlement(Kind::Permission),
        ],
        lookups: lookups(),
        configuration: properties(),
    }
}

fn user() -> ObjectClassManifest {
    ObjectClassManifest {
        name: ObjectClass::from(USER),
        aliases: vec![ObjectClass::from(ObjectClass::ACCOUNT)],
        operations: Operation::ALL.to_vec(),
        delete: DeleteMeaning::Inactivates,
        uid_attribute: Some(AttributeName::from("userId")),
        name_attribute: Some(AttributeName::from("username")),
        search: SearchManifest { sort_keys: true, page_by_offset: true, page_by_cookie: true },
        import: ImportManifest { delta: true, missing: true },
        save: SaveManifest::default(),
        dated: false,
        notes: [
            "Delete makes a person inactive: SuccessFactors deletes nobody.",
            "Inactive people are found by get, search and import like everybody else.",
            "Save revives an inactive person only if it sets status t or __ENABLE__ true.",
            "Reset password leaves the status as it is.",
            "People of onboarding and learning (status e and d) are read, and cannot be written.",
            "groups, roles and permissions come when they are asked for by name, many people in one request.",
            "Static groups can be given and taken; roles follow from groups and cannot be assigned.",
        ]
        .map(ToOwned::to_owned)
        .to_vec(),
    }
}

fn entitlement(kind: Kind) -> ObjectClassManifest {
    let mut operations =
        vec![Operation::Test, Operation::Schema, Operation::Get, Operation::Search, Operation::Import];
    if kind == Kind::Group {
        operations.push(Operation::Save);
    }
    operations.push(Operation::Lookup);
    ObjectClassManifest {
        name: ObjectClass::from(kind.entity()),
        aliases: kind.aliases(),
        operations,
        delete: DeleteMeaning::Inactivates,
        uid_attribute: Some(AttributeName::from(kind.key())),
        name_attribute: Some(AttributeName::from(kind.name())),
        search: SearchManifest { sort_keys: false, page_by_offset: true, page_by_cookie: true },
        import: ImportManifest::default(),
        save: SaveManifest::default(),
        dated: false,
        notes: notes(kind).iter().map(|note| (*note).to_owned()).collect(),
    }
}

fn notes(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Group => &[
            "Save changes the members of static groups, and nothing else; groups are made in Admin Center.",
            "Who is in a dynamic group follows from a condition: change what the condition looks at.",
            "Inactive people stay members. members comes when it is asked for by name.",
        ],
        Kind::Role => &[
            "Roles cannot be assigned: they follow from groups, and from rules for everybody, managers and others.",
            "permissions, and groups with the groups that the role is granted to, come when they are asked for by name.",
        ],
        Kind::Permission => &["Permissions are parts of roles, and cannot be assigned."],
    }
}
