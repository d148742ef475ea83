//! The status of a user: inactive ones are left out of lists unless they are asked for (KBA 2736579, KBA 3375924).

use crate::state::model::{Model, Status};

/// The letters of a status with their texts.
pub(crate) const STATUSES: [(&str, &str); 6] = [
    ("t", "active"),
    ("f", "inactive"),
    ("T", "active_external"),
    ("F", "inactive_external"),
    ("e", "active_external_suite"),
    ("d", "inactive_external_suite"),
];

/// The implicit condition is `status in 't','T'`.
const ACTIVE: [&str; 2] = ["t", "T"];

/// The letter of a status that is given as letter or text.
pub(super) fn letter(text: &str) -> Option<&'static str> {
    status(0).letter(text)
}

fn status(column: usize) -> Status {
    Status { column, words: &STATUSES, active: &ACTIVE }
}

/// Marks the users as having a status.
pub(super) fn mark(model: &mut Model) {
    if let Some(entity) = model.entity("User") {
        let entity = &mut model.entities[entity];
        entity.status = entity.property("status").map(status);
    }
}
