//! `RBPBasicPermission`: what a role permits.

use connector_core::manifest::DeleteMeaning;
use connector_core::operation::Operation;

use crate::class::profile::{Key, KeyKind, Profile, Shape, Words};

pub(super) static PROFILE: Profile = Profile {
    name: "RBPBasicPermission",
    aliases: &[],
    entity: "RBPBasicPermission",
    shape: Shape::Fixed,
    is_everywhere: false,
    key: Key { property: "permissionId", kind: KeyKind::Number },
    name_property: "permissionStringValue",
    has_nameless: false,
    words: Words { one: "permission", several: "permissions", none: "no permission" },
    state: None,
    stamp: None,
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
    made_elsewhere: Some("RBPBasicPermission is made in Admin Center, and not here"),
    permission: Some(crate::class::role::RBP_ADMIN),
    nothing_shown: crate::class::role::RBP_ADMIN,
    notes: &["Permissions are parts of roles, and cannot be assigned."],
};
