//! `RBPRole`: what rules grant to groups and other circles of people.

use connector_core::manifest::DeleteMeaning;
use connector_core::operation::Operation;

use crate::class::profile::{Key, KeyKind, Profile, Shape, Stamp, Words};

pub(super) static PROFILE: Profile = Profile {
    name: "RBPRole",
    aliases: &[],
    entity: "RBPRole",
    shape: Shape::Fixed,
    is_everywhere: false,
    key: Key { property: super::KEY, kind: KeyKind::Number },
    name_property: "roleName",
    has_nameless: false,
    words: Words { one: "role", several: "roles", none: "no role" },
    state: None,
    stamp: Some(Stamp { property: "lastModifiedDate", is_wall_clock: true, begins: None }),
    is_short: true,
    asks_by_key: false,
    sorts: false,
    is_dated: false,
    operations: &[
        Operation::Test,
        Operation::Schema,
        Operation::Get,
        Operation::Search,
        Operation::Import,
        Operation::Lookup,
        Operation::Explain,
    ],
    delete: DeleteMeaning::Inactivates,
    made_elsewhere: Some("RBPRole is made in Admin Center, and not here"),
    permission: Some(super::RBP_ADMIN),
    nothing_shown: super::RBP_ADMIN,
    notes: &[
        "Roles cannot be assigned: they follow from groups, and from rules for everybody, managers and others.",
        "permissions, and groups with the groups that the role is granted to, come when they are asked for by name.",
        "A delta brings roles that were themselves changed; what a role permits, and to whom, may change without that.",
    ],
};
