//! The tenant's state: its model and its rows.

use std::sync::OnceLock;

use crate::people::{self, Origin};
use crate::state::accounts::Accounts;
use crate::state::dates::View;
use crate::state::model::{Entity, Model};
use crate::state::rights::Rights;
use crate::state::store::{Row, Table, Value, stir};

/// Model and rows.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) model: Model,
    /// One table for each entity of the model, in its order. All but `User` are derived from it when
    /// somebody first asks for them.
    pub(crate) tables: Vec<OnceLock<Table>>,
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
    pub(crate) fn new(model: Model) -> Self {
        let tables: Vec<OnceLock<Table>> = model.entities.iter().map(|_| OnceLock::new()).collect();
        if let Some(user) = model.entity("User") {
            // It is empty still.
            let _set = tables[user].set(Table::new(&model.entities[user]));
        }
        let nothing = Table::new(&Entity::default());
        Self {
            model,
            tables,
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
        self.tables[index].get_or_init(|| people::derive(self, index))
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

    /// The rows at the end of a navigation that are valid on the day that the rules name.
    pub(crate) fn follow_on(&self, entity: usize, row: Row, navigation: usize, view: &View) -> Vec<Row> {
        let target = self.entity(entity).navigations[navigation].target;
        let mut rows = self.follow(entity, row, navigation);
        view.retain_children(self, (entity, row), target, &mut rows);
        if self.entity(target).unsorted {
            stir(&mut rows);
        }
        rows
    }
}
