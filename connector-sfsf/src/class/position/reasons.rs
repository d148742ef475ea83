//! How the state of a position comes about, in a sentence.

use crate::class::state::State;
use crate::read::found::Found;

/// What the state says, or why nobody knows.
pub(super) fn by_state(found: &Found) -> String {
    match (&found.state, &found.object) {
        (State::Known(value), _) => format!("Position.effectiveStatus is {}: {}", value.text, value.means),
        (State::Other(text), _) => format!(
            "Position.effectiveStatus is '{text}', which is neither A nor I: nobody knows whether it is in use"
        ),
        (_, Some(_)) => {
            "the tenant shows the record without its effectiveStatus, so nobody knows whether it is in use"
                .to_owned()
        }
        (_, None) => {
            "Position shows no slice of today with this code, so there is no such position".to_owned()
        }
    }
}
