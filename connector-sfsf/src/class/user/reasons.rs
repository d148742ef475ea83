//! How presence and state of a person come about, in sentences (docs/successfactors.md#who-is-listed).

use connector_core::object::Presence;

use crate::class::state::{State, StateValue};
use crate::read::found::Found;

/// What the status says, what it does not say, and what follows for `__ENABLE__`.
pub(super) fn reasons(found: &Found) -> Vec<String> {
    let mut reasons = vec![by_status(found)];
    reasons.extend(besides(found.presence));
    reasons.extend(found.state.known().map(by_enable));
    reasons
}

/// What the status says by itself.
fn by_status(found: &Found) -> String {
    match (&found.state, &found.object) {
        (State::Known(value), _) => format!("User.status is {}: {}", value.text, value.means),
        (State::Other(text), _) => format!(
            "User.status is '{text}', which is none of t, f, T, F, e, d: nobody knows whether they may log in (v is a \
             vacancy and x somebody who was purged, KBA 3375924)"
        ),
        (_, Some(_)) => {
            "the tenant shows the record without its status, so nobody knows whether they may log in; \
                         grant the API user the right to read User.status"
                .to_owned()
        }
        (_, None) => "User shows no record, so there is no status".to_owned(),
    }
}

/// What the status does not say.
fn besides(presence: Presence) -> Option<String> {
    Some(match presence {
        Presence::FutureOnly => {
            "every employment begins on a later day, so whatever the status says, they begin later".to_owned()
        }
        Presence::NotPermitted => {
            "the tenant does not say \"not found\": there is somebody outside of the API user's target population \
             (KBA 3589982)"
                .to_owned()
        }
        Presence::NotFound => "neither a list, nor the key, nor an employment knows this user id".to_owned(),
        _ => return None,
    })
}

/// Of whoever begins later it is the status that says whether they may log in.
fn by_enable(state: &StateValue) -> String {
    let enabled = state.presence.is_active();
    let letters = if enabled { "one of t, T, e" } else { "none of t, T, e" };
    format!(
        "__ENABLE__ is {enabled}, since the status is {letters}; another user of the same person may be able to \
         log in all the same (KBA 2722881)"
    )
}
