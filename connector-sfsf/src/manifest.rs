//! What this connector can do, as data.

use connector_core::manifest::{DeleteMeaning, Manifest, ObjectClassManifest, SearchManifest};
use connector_core::object::{AttributeName, ObjectClass};
use connector_core::operation::Operation;
use connector_core::protocol::PROTOCOL;

use crate::config::properties;
use crate::user::USER;

/// The manifest of the connector. It is the same for every tenant; what differs is in the schema.
pub fn manifest() -> Manifest {
    Manifest {
        name: "sfsf".to_owned(),
        display_name: "SAP SuccessFactors".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL.to_owned(),
        object_classes: vec![user()],
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
        notes: [
            "Delete makes a person inactive: SuccessFactors deletes nobody.",
            "Inactive people are found by get, search and import like everybody else.",
            "Save revives an inactive person only if it sets status t or __ENABLE__ true.",
            "Reset password leaves the status as it is.",
            "People of onboarding and learning (status e and d) are read, and cannot be written.",
        ]
        .map(ToOwned::to_owned)
        .to_vec(),
    }
}
