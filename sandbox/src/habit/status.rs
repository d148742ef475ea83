//! What is peculiar to the status of `User` (KBA 2736579, KBA 3375924).

use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// The letters of a status with their texts.
pub(crate) const STATUSES: [(&str, &str); 6] = [
    ("t", "active"),
    ("f", "inactive"),
    ("T", "active_external"),
    ("F", "inactive_external"),
    ("e", "active_external_suite"),
    ("d", "inactive_external_suite"),
];

/// The letter of a status that is given as letter or text (KBA 2166571).
pub(crate) fn letter(text: &str) -> Option<&'static str> {
    STATUSES.iter().find(|(letter, name)| *letter == text || *name == text).map(|(letter, _)| *letter)
}

/// Whether a property is the status of `User`.
pub(crate) fn is_status(tenant: &Tenant, entity: usize, property: usize) -> bool {
    let entity = tenant.entity(entity);
    entity.name == "User" && entity.properties[property].name == "status"
}

/// The column of the status, for entities that hide inactive rows by default.
pub(crate) fn status_column(tenant: &Tenant, entity: usize) -> Option<usize> {
    let entity = tenant.entity(entity);
    if entity.name == "User" { entity.property("status") } else { None }
}

/// The implicit condition `status in 't','T'`.
pub(crate) fn is_active(tenant: &Tenant, entity: usize, status: usize, row: Row) -> bool {
    matches!(tenant.table(entity).get(row, status), Value::Text(text) if text == "t" || text == "T")
}
