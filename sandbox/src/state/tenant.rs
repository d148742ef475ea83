//! The tenant's state: its model and its rows.

use std::sync::OnceLock;

use crate::state::accounts::Accounts;
use crate::state::model::{Entity, Model};
use crate::state::origin::Origin;
use crate::state::rights::Rights;
use crate::state::store::{Row, Table, Value};

/// Makes the rows of an entity, given by its place in the model, from what the tenant has already.
pub(crate) type Derive = fn(&Tenant, usize) -> Table;

/// Model and rows.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) model: Model,
    /// One table for each entity of the model, in its order. Those that nobody filled are derived when somebody
    /// first asks for them.
    pub(crate) tables: Vec<OnceLock<Table>>,
    derive: Derive,
    /// What only users have: passwords and unique user names.
    pub(crate) accounts: Accounts,
    /// What the other entities are derived from, besides the users.
    pub(crate) origin: Origin,
    /// The day that computed values hold for.
    pub(crate) today: i64,
    /// Stands in for a table that is not there, which cannot be.
    nothing: Table,
    /// What the API user may not see and do.
    pub(crate) rights: Rights,
}

impl Tenant {
    pub(crate) fn new(model: Model, derive: Derive) -> Self {
        let tables = model.entities.iter().map(|_| OnceLock::new()).collect();
        let nothing = Table::new(&Entity::default());
        Self {
            model,
            tables,
            derive,
            accounts: Accounts::default(),
            rights: Rights::default(),
            origin: Origin::default(),
            today: 0,
            nothing,
        }
    }

    pub(crate) fn entity(&self, index: usize) -> &Entity {
        &self.model.entities[index]
    }

    pub(crate) fn table(&self, index: usize) -> &Table {
        self.tables[index].get_or_init(|| (self.derive)(self, index))
    }

    /// Gives an entity an empty table to fill, unless it has one.
    pub(crate) fn begin(&mut self, index: usize) {
        let table = Table::new(self.entity(index));
        self.tables[index].get_or_init(|| table);
    }

    pub(crate) fn table_mut(&mut self, index: usize) -> &mut Table {
        self.table(index);
        self.tables[index].get_mut().unwrap_or(&mut self.nothing)
    }

    /// Grows with each change of any row.
    pub(crate) fn version(&self) -> u64 {
        self.tables.iter().filter_map(OnceLock::get).map(|table| table.version).sum()
    }

    /// A cell by name; null where the tenant lacks the property.
    pub(crate) fn value(&self, entity: usize, row: Row, property: &str) -> Value<'_> {
        match self.entity(entity).property(property) {
            Some(index) => self.table(entity).get(row, index),
            None => Value::Null,
        }
    }

    /// Whether a row is active. Rows of entities without a status are.
    pub(crate) fn is_active(&self, entity: usize, row: Row) -> bool {
        let status = self.entity(entity).status.as_ref();
        status.is_none_or(|status| status.is_active(&self.table(entity).get(row, status.column)))
    }

    /// A text cell by name; empty for null.
    pub(crate) fn text(&self, entity: usize, row: Row, property: &str) -> &str {
        let column = self.entity(entity).property(property);
        column.and_then(|column| self.table(entity).text(row, column)).map_or("", |(text, _)| text)
    }

    /// The rows at the end of a navigation, all slices among them. An inverse one is found by a scan.
    pub(crate) fn follow(&self, entity: usize, row: Row, navigation: usize) -> Vec<Row> {
        let navigation_model = &self.entity(entity).navigations[navigation];
        let table = self.table(entity);
        let target = navigation_model.target;
        match (&navigation_model.join, navigation_model.inverse_of) {
            (Some(join), _) => {
                let mut pairs = join.iter();
                let Some((from, to)) = pairs.next() else { return Vec::new() };
                let mut rows = self.table(target).equal(*to, &table.get(row, *from)).to_vec();
                for (from, to) in pairs {
                    rows.retain(|other| self.table(target).get(*other, *to) == table.get(row, *from));
                }
                rows
            }
            (None, None) => {
                let live = |row: &Row| self.table(target).is_live(*row);
                table.links[navigation].targets(row).iter().copied().filter(live).collect()
            }
            (None, Some(forward)) => table.links[forward].sources(row),
        }
    }
}
