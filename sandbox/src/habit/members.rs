//! Writes that only function imports do.

use std::collections::HashSet;

use crate::habit::groups::{MEMBERS, SEPARATOR};
use crate::habit::user::Writing;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// Replaces the stored members of a static group.
    pub(crate) fn members(&mut self, entity: usize, group: Row, ids: &[String], touch: bool) {
        let text = ids.join(&SEPARATOR.to_string());
        let value = if text.is_empty() { Value::Null } else { Value::Text(text.into()) };
        self.set_named(entity, group, MEMBERS, value);
        if touch {
            self.stamp_entity(entity, group, false);
        }
    }

    /// Gives the employment of a user another external id of its assignment; without one it is the userId.
    ///
    /// # Errors
    ///
    /// The old id is nobody's, or the new one is somebody's: what the tenant says about it.
    pub(crate) fn convert_assignment(&mut self, old: &str, new: &str) -> Result<(), String> {
        let employments = self.tenant.model.entity("EmpEmployment").ok_or("There are no employments")?;
        let id = |row: &Row| match self.tenant.text(employments, *row, "~assignment") {
            "" => self.tenant.text(employments, *row, "userId"),
            id => id,
        };
        let rows = self.tenant.table(employments).order();
        let taken: HashSet<&str> = rows.iter().map(id).collect();
        if taken.contains(new) {
            return Err(format!("The assignmentIdExternal {new} exists already"));
        }
        let row = rows.iter().find(|row| id(row) == old).copied();
        let row = row.ok_or_else(|| format!("The assignmentIdExternal {old} does not exist"))?;
        self.set_named(employments, row, "~assignment", Value::Text(new.to_owned().into()));
        Ok(())
    }
}
