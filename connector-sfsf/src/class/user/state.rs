//! The status letters of `User` (docs/successfactors.md#status-letters) and what they mean for a person.

use connector_core::object::{Presence, Value, ValueType, special};

use crate::class::state::{StateRule, StateValue, StateView};

/// Letters compare with case: `t` and `T` are two statuses. Of other letters (`v` a vacancy, `x` somebody who was purged,
/// KBA 3375924) and of several, nobody knows whether they mean active or inactive.
pub(crate) static STATUS: StateRule = StateRule {
    property: "status",
    values: &[
        value("t", "active", Presence::Active, "f", "employee", "an employee who is active"),
        value(
            "f",
            "inactive",
            Presence::Inactive,
            "t",
            "employee",
            "an employee who is inactive; a search that names no status leaves them out (KBA 2736579)",
        ),
        value("T", "active_external", Presence::Active, "F", "external", "an external person who is active"),
        value(
            "F",
            "inactive_external",
            Presence::Inactive,
            "T",
            "external",
            "an external person who is inactive",
        ),
        onboarding(
            "e",
            "active_external_suite",
            Presence::Active,
            "d",
            "a person of onboarding or learning who is active",
        ),
        onboarding(
            "d",
            "inactive_external_suite",
            Presence::Inactive,
            "e",
            "a person of onboarding or learning who is inactive",
        ),
    ],
    // A search that names no status leaves out who is inactive (KBA 2736579).
    must_be_named: true,
    views: &[
        StateView {
            name: special::ENABLE,
            label: None,
            value_type: ValueType::Boolean,
            is_writable: true,
            returned_by_default: true,
            value: |state| Value::Boolean(state.presence.is_active()),
        },
        StateView {
            name: "personKind",
            label: Some("Kind of person"),
            value_type: ValueType::String,
            is_writable: false,
            returned_by_default: false,
            value: |state| Value::from(state.kind),
        },
    ],
    first: "t",
    example: "t is active and f is inactive",
    unknown_advice: "nothing was written; save the status itself, as t, f, T or F, if it is to be another one",
};

const fn value(
    text: &'static str,
    spelled: &'static str,
    presence: Presence,
    other: &'static str,
    kind: &'static str,
    means: &'static str,
) -> StateValue {
    StateValue { text, spelled, presence, other, kind, means, read_only: None }
}

/// Statuses that `User` does not take: onboarding and learning have entities of their own (KBA 2994898).
const fn onboarding(
    text: &'static str,
    spelled: &'static str,
    presence: Presence,
    other: &'static str,
    means: &'static str,
) -> StateValue {
    let read_only = Some((
        "people of onboarding and learning (status e and d) cannot be written through User",
        "change them in Onboarding or Learning (KBA 2994898)",
    ));
    StateValue { text, spelled, presence, other, kind: "onboarding", means, read_only }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_their_case_and_texts_do_not() {
        assert_eq!((STATUS.parse("t").unwrap().text, STATUS.parse("T").unwrap().text), ("t", "T"));
        assert_eq!(STATUS.parse("Active_External").unwrap().text, "T");
        assert!(STATUS.parse("x").is_err() && STATUS.parse("").is_err());
    }

    #[test]
    fn switching_keeps_the_kind_of_person() {
        for state in STATUS.values {
            let switched = |active| STATUS.switched(Some(state), active).unwrap();
            assert!(switched(true).presence.is_active() && !switched(false).presence.is_active());
            assert!([switched(true), switched(false)].contains(&state));
            assert_eq!((switched(true).kind, switched(false).kind), (state.kind, state.kind));
        }
    }
}
