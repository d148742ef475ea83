//! Values that picklists allow.

use crate::odata::write::check::Checked;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// Values of picklists that the tenant has must be among their options (KBA 2773713, 3283017): option ids
    /// for HRIS entities, external codes for the others.
    pub(super) fn check_picklists(&self, checked: &Checked) -> Result<(), RowError> {
        let Some(options) = self.tenant.model.entity("PicklistOption") else { return Ok(()) };
        let Some(column) = self.tenant.entity(options).property("~picklist") else { return Ok(()) };
        let entity = self.tenant.entity(checked.entity);
        for (index, value) in &checked.cells {
            let property = &entity.properties[*index];
            let (Some(picklist), Some(text)) = (&property.picklist, value.as_text()) else { continue };
            let rows = self.tenant.table(options).equal(column, &Value::borrowed(picklist));
            let name = if entity.flags.updatable { "externalCode" } else { "id" };
            let fits = |row: &Row| match self.tenant.value(options, *row, name) {
                Value::Int(id) => id.to_string() == text,
                Value::Text(code) => code == text,
                _ => false,
            };
            if !rows.is_empty() && !text.is_empty() && !rows.iter().any(fits) {
                return Err(RowError::business(format!(
                    "The value {text} for field {} is not formatted correctly and cannot be displayed.",
                    property.name
                )));
            }
        }
        Ok(())
    }
}
