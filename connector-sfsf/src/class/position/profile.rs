//! `Position`: the posts of the organization, held by somebody or vacant.

use connector_core::manifest::DeleteMeaning;
use connector_core::operation::Operation;

use super::state::STATUS;
use crate::class::profile::{Key, KeyKind, Profile, Shape, Stamp, Words};

/// What the API user needs to read objects of the metadata framework
/// (docs/successfactors.md#permissions-of-the-api-user).
const MDF: &str = "grant the API user Metadata Framework > Admin access to MDF OData API";

pub(super) static PROFILE: Profile = Profile {
    name: "Position",
    aliases: &[],
    entity: "Position",
    shape: Shape::Metadata,
    is_everywhere: false,
    // Of the key with its day, what all slices share (docs/successfactors.md#foundation-objects).
    key: Key { property: "code", kind: KeyKind::Text },
    name_property: "externalName_defaultValue",
    has_nameless: true,
    words: Words { one: "position", several: "positions", none: "no position" },
    state: Some(&STATUS),
    stamp: Some(Stamp {
        property: "lastModifiedDateTime",
        is_wall_clock: false,
        begins: Some("effectiveStartDate"),
    }),
    is_short: false,
    // A code alone is no key predicate, and no position is hidden from lists.
    asks_by_key: false,
    sorts: true,
    is_dated: true,
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
    made_elsewhere: Some("Position is made in Admin Center, and not here"),
    permission: Some(MDF),
    nothing_shown: MDF,
    notes: &[
        "Positions are only read.",
        "A position is its slice of today, or of the day of as_of; one that has no slice on that day is not there.",
        "A position without a name has its code as __NAME__.",
        "A delta also brings positions of which a slice has begun since.",
        "Without as_of, parentPosition is shown as of the day on which the slice began.",
    ],
};
