//! What this connector can do, as data.

use connector_core::manifest::{ImportManifest, Manifest, ObjectClassManifest, SaveManifest, SearchManifest};
use connector_core::object::{AttributeName, ObjectClass};
use connector_core::operation::Operation;
use connector_core::protocol::{PROTOCOL, PROTOCOL_MINOR};

use crate::class::lists::lookups;
use crate::class::profile::Profile;
use crate::class::registry::CLASSES;
use crate::config::properties;

/// The manifest of the connector. It is the same for every tenant; what differs is in the schema.
pub fn manifest() -> Manifest {
    Manifest {
        name: "sfsf".to_owned(),
        display_name: "SAP SuccessFactors".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL.to_owned(),
        protocol_minor: PROTOCOL_MINOR,
        object_classes: CLASSES.iter().map(|class| of_class(class.profile())).collect(),
        lookups: lookups(),
        configuration: properties(),
    }
}

fn of_class(profile: &Profile) -> ObjectClassManifest {
    let saves = profile.operations.contains(&Operation::Save);
    ObjectClassManifest {
        name: profile.object_class(),
        aliases: profile.aliases.iter().map(|alias| ObjectClass::from(*alias)).collect(),
        operations: profile.operations.to_vec(),
        delete: profile.delete,
        uid_attribute: Some(AttributeName::from(profile.key.property)),
        name_attribute: Some(AttributeName::from(profile.name_property)),
        search: SearchManifest { sort_keys: profile.sorts, page_by_offset: true, page_by_cookie: true },
        import: ImportManifest { delta: profile.stamp.is_some(), resume: true, missing: true },
        save: SaveManifest {
            create: saves && profile.made_elsewhere.is_none(),
            expected: saves,
            dry_run: saves,
        },
        dated: profile.is_dated,
        notes: profile.notes.iter().map(|note| (*note).to_owned()).collect(),
    }
}
