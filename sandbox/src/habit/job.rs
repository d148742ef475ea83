//! Jobs: their reason, from which event and status follow, and their manager.

use crate::odata::write::check::Checked;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::state::dates;
use crate::state::model::Entity;
use crate::state::store::{Row, Value};

/// Whether a property is why a job changes: every change has its reason (docs/successfactors.md#time-slices).
pub(super) fn is_reason(entity: &Entity, property: usize) -> bool {
    entity.name.starts_with("Emp") && entity.properties[property].name == "eventReason"
}

impl Writing<'_> {
    /// Event and status follow from the event reason; they cannot be written.
    pub(super) fn event(&mut self, entity: usize, row: Row) -> Result<(), RowError> {
        let reason = self.tenant.text(entity, row, "eventReason").to_owned();
        let found = self.tenant.model.entity("FOEventReason").and_then(|reasons| {
            let column = self.tenant.entity(reasons).property("externalCode")?;
            let found = *self.tenant.table(reasons).equal(column, &Value::borrowed(&reason)).first()?;
            Some(["event", "emplStatus"].map(|name| self.tenant.text(reasons, found, name).to_owned()))
        });
        let Some([event, status]) = found else {
            return Err(RowError::business(format!("{reason} is an invalid external code for Event Reason")));
        };
        self.set_named(entity, row, "event", Value::Text(event.into()));
        self.set_named(entity, row, "emplStatus", Value::Text(status.into()));
        Ok(())
    }

    /// A job reports to a user, or to nobody by name (KBA 2203342).
    pub(super) fn check_manager(&self, checked: &Checked) -> Result<(), RowError> {
        let manager = self.sent(checked, "managerId").and_then(Value::as_text);
        let users = self.tenant.model.entity("User");
        match (manager, users) {
            (Some(id), Some(users)) if !id.is_empty() && id != "NO_MANAGER" => {
                let found = self.tenant.table(users).find(id).map(|_| ());
                found.ok_or_else(|| RowError::business("Reports To is invalid."))
            }
            _ => Ok(()),
        }
    }

    /// A first `EmpJob` has a manager (KBA 2203342).
    pub(super) fn check_first_job(&self, checked: &Checked, row: Row, is_new: bool) -> Result<(), RowError> {
        let is_job = self.tenant.entity(checked.entity).name == "EmpJob";
        let first = is_new && dates::slices(self.tenant, checked.entity, row).len() == 1;
        if is_job && first && self.sent(checked, "managerId").is_none_or(|value| *value == Value::Null) {
            return Err(RowError::business("Reports To is invalid."));
        }
        Ok(())
    }
}
