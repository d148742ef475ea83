//! `DynamicGroup`: people who are listed, or who satisfy a condition.

use connector_core::manifest::DeleteMeaning;
use connector_core::object::ObjectClass;
use connector_core::operation::Operation;

use crate::class::profile::{Key, KeyKind, Profile, Shape, Stamp, Words};

pub(super) static PROFILE: Profile = Profile {
    name: "DynamicGroup",
    aliases: &[ObjectClass::GROUP],
    entity: "DynamicGroup",
    shape: Shape::Fixed,
    is_everywhere: false,
    key: Key { property: "groupID", kind: KeyKind::Number },
    name_property: "groupName",
    has_nameless: false,
    words: Words { one: "group", several: "groups", none: "no group" },
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
        Operation::Save,
        Operation::Lookup,
        Operation::Explain,
    ],
    delete: DeleteMeaning::Inactivates,
    made_elsewhere: Some("groups are made in Admin Center, and not here"),
    permission: Some(crate::class::role::RBP_ADMIN),
    nothing_shown: crate::class::role::RBP_ADMIN,
    notes: &[
        "Save changes the members of static groups, and nothing else; groups are made in Admin Center.",
        "Who is in a dynamic group follows from a condition: change what the condition looks at.",
        "Inactive people stay members. members comes when it is asked for by name.",
        "A delta brings groups that were themselves changed; who is in a group may change without that.",
    ],
};
