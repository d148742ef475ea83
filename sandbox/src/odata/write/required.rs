//! The properties that a row must have.

use crate::odata::write::check::Checked;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::state::store::{Row, Value};

/// A reader of the message is sent to the dictionary (KBA 3307746).
pub(crate) const WHERE_REQUIRED: &str = "You can check which properties are required for an entity in Admin Center > \
    OData API Data Dictionary or the entity metadata.";

impl Writing<'_> {
    /// Required properties must have a value in the end.
    pub(super) fn check_required(&self, checked: &Checked, row: Row, is_new: bool) -> Result<(), RowError> {
        let entity = self.tenant.entity(checked.entity);
        let missing: Vec<&str> = (0..entity.properties.len())
            .filter(|index| self.is_wanted(checked, *index) && self.lacks(checked, row, is_new, *index))
            .map(|index| entity.properties[index].name.as_str())
            .collect();
        if !missing.is_empty() {
            return Err(RowError::validation(format!(
                "Please add required properties in payload. Required properties {} are missing. {WHERE_REQUIRED}",
                missing.join(", ")
            )));
        }
        Ok(())
    }

    /// Whether a property must have a value, and can be given one here. A link writes the column that its navigation
    /// is found by.
    fn is_wanted(&self, checked: &Checked, index: usize) -> bool {
        let entity = self.tenant.entity(checked.entity);
        let property = &entity.properties[index];
        let links = checked.links.iter().filter_map(|(link, _)| entity.navigations[*link].join.as_ref());
        let linked = links.flatten().any(|(from, _)| *from == index);
        let enforced = self.switches.enforce_required || self.habits.must_come(entity, index);
        let writable = property.flags.upsertable || property.flags.creatable;
        property.flags.required && enforced && writable && !entity.keys.contains(&index) && !linked
    }

    /// Whether a row ends up without a value, after all that a slice inherits. Some properties, and those that cannot
    /// be seen, must come each time.
    fn lacks(&self, checked: &Checked, row: Row, is_new: bool, index: usize) -> bool {
        let entity = self.tenant.entity(checked.entity);
        let each_time = !entity.properties[index].flags.visible || self.habits.must_come(entity, index);
        match checked.cells.iter().rev().find(|(column, _)| *column == index).map(|(_, value)| value) {
            Some(value) if *value == Value::Null => is_new || each_time || self.switches.null_clears,
            Some(value) => value.as_text() == Some(""),
            None => each_time || is_new && self.tenant.table(checked.entity).get(row, index) == Value::Null,
        }
    }
}
