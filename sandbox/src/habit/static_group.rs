//! The members of static groups, which are a list.

use crate::habit::groups::{MEMBERS, SEPARATOR};
use crate::odata::write::writing::Writing;
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
}
