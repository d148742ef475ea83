//! The letters of `effectiveStatus` (docs/successfactors.md#foundation-objects) and what they mean for a position.

use connector_core::object::Presence;

use crate::class::state::{StateRule, StateValue};

/// Of any other letter nobody knows what it means. No position is hidden from lists for its state.
pub(super) static STATUS: StateRule = StateRule {
    property: "effectiveStatus",
    values: &[
        value("A", Presence::Active, "I", "a position that is in use"),
        value("I", Presence::Inactive, "A", "a position that is no longer in use"),
    ],
    must_be_named: false,
    views: &[],
    first: "A",
    example: "A is active and I is inactive",
    unknown_advice: "positions are only read",
};

const fn value(
    text: &'static str,
    presence: Presence,
    other: &'static str,
    means: &'static str,
) -> StateValue {
    StateValue { text, spelled: "", presence, other, kind: "position", means, read_only: None }
}
