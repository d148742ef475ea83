//! Rows of Employee Central belong to somebody.

use crate::odata::write::check::Checked;
use crate::odata::write::parameters::Purge;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::state::store::Value;

impl Writing<'_> {
    /// What `purgeType=record` means for entities of Employee Central is open
    /// (docs/successfactors.md#upsert-parameters).
    pub(super) fn check_purge(&self, checked: &Checked) -> Result<(), RowError> {
        let entity = self.tenant.entity(checked.entity);
        let hris = ["Per", "Emp"].iter().any(|start| entity.name.starts_with(start));
        if hris && self.parameters.purge == Purge::Record && self.switches.record_purge_of_hris_is_error {
            return Err(RowError::validation(format!(
                "purgeType record is not supported by {}",
                entity.name
            )));
        }
        Ok(())
    }

    /// Rows belong to a person or an employment that is there. The texts are unconfirmed.
    pub(super) fn check_owner(&self, checked: &Checked) -> Result<(), RowError> {
        let name = self.tenant.entity(checked.entity).name.as_str();
        let (owner, column) = match name {
            "PerEmail" | "PerPhone" | "PerPersonal" | "EmpEmployment" => ("PerPerson", "personIdExternal"),
            "EmpJob" | "EmpJobRelationships" | "EmpEmploymentTermination" | "EmpGlobalAssignment" => {
                ("EmpEmployment", "userId")
            }
            _ => return Ok(()),
        };
        let Some(key) = self.key_part(checked, column) else { return Ok(()) };
        let Some(owner) = self.tenant.model.entity(owner) else { return Ok(()) };
        let Some(place) = self.tenant.entity(owner).property(column) else { return Ok(()) };
        if self.tenant.table(owner).equal(place, &Value::borrowed(&key)).is_empty() {
            return Err(RowError::business(format!("Invalid {column}: {key} does not exist.")));
        }
        Ok(())
    }
}
