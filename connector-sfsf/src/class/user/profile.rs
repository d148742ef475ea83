//! `User`: the accounts that people log in with.

use connector_core::manifest::DeleteMeaning;
use connector_core::object::ObjectClass;
use connector_core::operation::Operation;

use super::state::STATUS;
use crate::class::profile::{Key, KeyKind, Profile, Shape, Stamp, Words};

pub(super) static PROFILE: Profile = Profile {
    name: "User",
    aliases: &[ObjectClass::ACCOUNT],
    entity: "User",
    shape: Shape::Metadata,
    is_everywhere: true,
    key: Key { property: "userId", kind: KeyKind::Text },
    name_property: "username",
    has_nameless: false,
    words: Words { one: "person", several: "people", none: "nobody" },
    state: Some(&STATUS),
    // It is absolute; `lastModified` is in the data center's local time (KBA 2933028).
    stamp: Some(Stamp { property: "lastModifiedDateTime", is_wall_clock: false, begins: None }),
    is_short: false,
    asks_by_key: true,
    sorts: true,
    is_dated: false,
    operations: &Operation::ALL,
    delete: DeleteMeaning::Inactivates,
    made_elsewhere: None,
    permission: None,
    nothing_shown: "grant Manage User > Employee Export, and look at the target population of the role (reference in docs/operations.md)",
    notes: &[
        "Delete makes a person inactive: SuccessFactors deletes nobody.",
        "Inactive people are found by get, search and import like everybody else.",
        "Save revives an inactive person only if it sets status t or __ENABLE__ true.",
        "Reset password leaves the status as it is.",
        "People of onboarding and learning (status e and d) are read, and cannot be written.",
        "personKind says whether somebody is an employee, external, or of onboarding; it comes when it is asked for by name.",
        "groups, roles and permissions come when they are asked for by name, many people in one request.",
        "Static groups can be given and taken; roles follow from groups and cannot be assigned.",
    ],
};
