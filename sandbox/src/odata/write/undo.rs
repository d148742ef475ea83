//! Taking changes back.

use crate::habit::user::Writing;
use crate::state::accounts::Hash;
use crate::state::store::{Row, Value};

/// A change, taken back.
#[derive(Debug)]
pub(crate) enum Undo {
    Insert { entity: usize, row: Row },
    Remove { entity: usize, row: Row },
    Cell { entity: usize, row: Row, property: usize, value: Value<'static> },
    Links { entity: usize, row: Row, navigation: usize, targets: Vec<Row> },
    Password { row: Row, hash: Option<Hash> },
}

impl Writing<'_> {
    /// Takes back everything from the `mark`th change on, the last first.
    pub(crate) fn roll_back(&mut self, mark: usize) {
        for undo in self.undo.split_off(mark).into_iter().rev() {
            match undo {
                Undo::Insert { entity, row } => {
                    if let Some(column) = self.column(entity, "username").filter(|_| self.is_user(entity)) {
                        let old = self.tenant.text(entity, row, "username").to_owned();
                        let tenant = &mut *self.tenant;
                        if let Some(table) = tenant.tables[entity].get() {
                            tenant.accounts.rename(table, column, row, Some(&old), None);
                        }
                    }
                    self.tenant.table_mut(entity).remove(row);
                }
                Undo::Cell { entity, row, property, value } => {
                    let now = self.tenant.table(entity).get(row, property).into_owned();
                    self.renamed(entity, row, property, &now, &value);
                    self.tenant.table_mut(entity).set(row, property, value);
                }
                Undo::Remove { entity, row } => self.tenant.table_mut(entity).restore(row),
                Undo::Password { row, hash } => self.tenant.accounts.restore_password(row, hash),
                Undo::Links { entity, row, navigation, targets } => {
                    self.tenant.table_mut(entity).link(row, navigation, &targets);
                }
            }
        }
    }
}
