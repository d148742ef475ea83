//! One writer of the tenant: what it changes, and how that is taken back.

use std::collections::HashSet;

use crate::error::ODataError;
use crate::odata::write::check::Checked;
use crate::odata::write::parameters::Parameters;
use crate::odata::write::payload::Record;
use crate::odata::write::result::{RowError, RowResult};
use crate::odata::write::undo::Undo;
use crate::options::switches::Switches;
use crate::state::model::Entity;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::time;

/// What a record asks for beyond its values (docs/successfactors.md#time-slices).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Write,
    Delete,
    Delimit,
}

/// What a write is done with.
pub(crate) struct Writing<'a> {
    pub(crate) tenant: &'a mut Tenant,
    pub(crate) switches: &'a Switches,
    /// What the entities do of their own.
    pub(crate) habits: &'static dyn Habits,
    pub(crate) parameters: Parameters,
    /// The tenant's time in milliseconds.
    pub(crate) now: i64,
    /// How to take the changes back, in the order in which they were made.
    pub(crate) undo: Vec<Undo>,
    /// Owners whose other rows `purgeType=full` took away in this request.
    pub(super) purged: HashSet<(usize, String)>,
}

/// What entities do of their own when they are written. The engine asks at each of these points and knows none of the
/// entities.
pub(crate) trait Habits: Sync {
    /// Refuses a request for what one of its records says.
    ///
    /// # Errors
    ///
    /// What the tenant says to the whole request.
    fn check_request(&self, switches: &Switches, records: &[Record]) -> Result<(), ODataError>;

    /// Whether a record is written before the others of its request.
    fn goes_first(&self, writing: &Writing<'_>, checked: &Checked) -> bool;

    /// Writes a record of an entity that is written in a way of its own; `None` for all others.
    fn record(&self, writing: &mut Writing<'_>, checked: &Checked) -> Option<RowResult>;

    /// Refuses what a record asks for; `label` is its key as results have it.
    ///
    /// # Errors
    ///
    /// The failure of the row.
    fn check_operation(
        &self,
        writing: &Writing<'_>,
        checked: &Checked,
        operation: Operation,
        label: &str,
    ) -> Result<(), RowError>;

    /// The business rules about what a record may say, before anything is written; `row` is there already.
    ///
    /// # Errors
    ///
    /// The failure of the row.
    fn check(&self, writing: &mut Writing<'_>, checked: &Checked, row: Option<Row>) -> Result<(), RowError>;

    /// Whether a property must come with each record, whatever the row has.
    fn must_come(&self, entity: &Entity, property: usize) -> bool;

    /// What a row must have in the end, beyond what its entity requires.
    ///
    /// # Errors
    ///
    /// The failure of the row.
    fn check_row(
        &self,
        writing: &Writing<'_>,
        checked: &Checked,
        row: Row,
        is_new: bool,
    ) -> Result<(), RowError>;

    /// Does what follows from a row that was written.
    ///
    /// # Errors
    ///
    /// The failure of the row.
    fn follow_up(
        &self,
        writing: &mut Writing<'_>,
        checked: &Checked,
        row: Row,
        is_new: bool,
    ) -> Result<(), RowError>;

    /// A cell is about to change, also when that is taken back.
    fn cell_changes(&self, tenant: &mut Tenant, cell: Cell, old: &Value<'_>, new: &Value<'_>);

    /// A row that was inserted is about to be taken back.
    fn row_goes(&self, tenant: &mut Tenant, entity: usize, row: Row);

    /// The stored links of a navigation are about to change.
    fn links_change(&self, tenant: &mut Tenant, navigation: Cell, old: &[Row]);

    /// The stored links of a navigation were changed.
    fn links_changed(&self, writing: &mut Writing<'_>, navigation: Cell, old: &[Row], new: &[Row]);

    /// The language of the API user.
    fn locale(&self, tenant: &Tenant) -> String;
}

/// A cell, or a navigation of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) entity: usize,
    pub(crate) row: Row,
    /// The property or the navigation, by its place in the model.
    pub(crate) index: usize,
}

impl<'a> Writing<'a> {
    pub(crate) fn new(
        tenant: &'a mut Tenant,
        switches: &'a Switches,
        habits: &'static dyn Habits,
        parameters: Parameters,
        now: i64,
    ) -> Self {
        Self { tenant, switches, habits, parameters, now, undo: Vec::new(), purged: HashSet::new() }
    }
}

impl Writing<'_> {
    /// A property by its name.
    pub(crate) fn column(&self, entity: usize, name: &str) -> Option<usize> {
        self.tenant.entity(entity).property(name)
    }

    /// What a record says of a property; of several times the last.
    pub(crate) fn sent<'c>(&self, checked: &'c Checked, name: &str) -> Option<&'c Value<'static>> {
        let column = self.column(checked.entity, name)?;
        checked.cells.iter().rev().find(|(index, _)| *index == column).map(|(_, value)| value)
    }

    /// A part of the key by its name, as text.
    pub(crate) fn key_part(&self, checked: &Checked, name: &str) -> Option<String> {
        let entity = self.tenant.entity(checked.entity);
        let column = entity.property(name)?;
        let place = entity.keys.iter().position(|key| *key == column)?;
        checked.key.split('\u{1f}').nth(place).map(str::to_owned)
    }

    /// Inserts a row that is not there.
    pub(crate) fn insert(&mut self, entity: usize, key: &str) -> Row {
        let row = self.tenant.table_mut(entity).insert(key);
        self.undo.push(Undo::Insert { entity, row });
        row
    }

    /// The row with a key, which is inserted if it is not there.
    pub(crate) fn found_or_inserted(&mut self, entity: usize, key: &str) -> Row {
        let found = self.tenant.table(entity).find(key);
        found.unwrap_or_else(|| self.insert(entity, key))
    }

    /// Takes a row away; it comes back when the request fails.
    pub(crate) fn remove(&mut self, entity: usize, row: Row) {
        self.tenant.table_mut(entity).remove(row);
        self.undo.push(Undo::Remove { entity, row });
    }

    /// Sets a cell, if the tenant has the property.
    pub(crate) fn set_named(&mut self, entity: usize, row: Row, name: &str, value: Value<'static>) {
        if let Some(property) = self.column(entity, name) {
            self.set(entity, row, property, value);
        }
    }

    /// Sets a cell, if that changes anything.
    pub(crate) fn set(&mut self, entity: usize, row: Row, property: usize, value: Value<'static>) {
        let old = self.tenant.table(entity).get(row, property).into_owned();
        if old == value {
            return;
        }
        self.habits.cell_changes(self.tenant, Cell { entity, row, index: property }, &old, &value);
        self.tenant.table_mut(entity).set(row, property, value);
        self.undo.push(Undo::Cell { entity, row, property, value: old });
    }

    /// Points a navigation at rows, if that changes anything.
    pub(crate) fn set_links(&mut self, entity: usize, row: Row, navigation: usize, targets: &[Row]) {
        let old = self.tenant.table(entity).links[navigation].targets(row).to_vec();
        if old == targets {
            return;
        }
        let habits = self.habits;
        let cell = Cell { entity, row, index: navigation };
        habits.links_change(self.tenant, cell, &old);
        self.tenant.table_mut(entity).link(row, navigation, targets);
        habits.links_changed(self, cell, &old, targets);
        self.undo.push(Undo::Links { entity, row, navigation, targets: old });
    }

    /// Marks a row as changed now, and as made now if it is new.
    pub(crate) fn stamp_entity(&mut self, entity: usize, row: Row, is_new: bool) {
        let now = self.now.div_euclid(1000) * 1000;
        let local = time::to_local(now, self.switches.server_utc_offset_minutes);
        let created: &[&str] = if is_new { &["created", "lastModified"] } else { &["lastModified"] };
        for name in created {
            self.set_named(entity, row, &format!("{name}DateTime"), Value::Time(now));
            for local_name in ["On", "Date"] {
                self.set_named(entity, row, &format!("{name}{local_name}"), Value::Time(local));
            }
            self.set_named(entity, row, &format!("{name}By"), Value::borrowed("api"));
        }
    }

    /// Takes back everything from the `mark`th change on, the last first.
    pub(crate) fn roll_back(&mut self, mark: usize) {
        for undo in self.undo.split_off(mark).into_iter().rev() {
            match undo {
                Undo::Insert { entity, row } => {
                    self.habits.row_goes(self.tenant, entity, row);
                    self.tenant.table_mut(entity).remove(row);
                }
                Undo::Cell { entity, row, property, value } => {
                    let now = self.tenant.table(entity).get(row, property).into_owned();
                    let cell = Cell { entity, row, index: property };
                    self.habits.cell_changes(self.tenant, cell, &now, &value);
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
