//! Photos: what the tenant says of a new one by itself.

use crate::odata::write::writing::Writing;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// The number of a new photo, and its size, which nobody measures.
    pub(super) fn new_photo(&mut self, entity: usize, row: Row) {
        self.set_named(entity, row, "photoId", Value::Int(i64::from(row) + 500));
        for name in ["width", "height"] {
            self.set_named(entity, row, name, Value::Int(0));
        }
    }
}
