//! The tenant's state: its model and its rows.

use crate::access::rights::Rights;
use crate::model::{Entity, Model};
use crate::store::{Row, Table, Value};
use crate::write::accounts::Accounts;

/// Model and rows.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) model: Model,
    /// One table for each entity of the model, in its order.
    pub(crate) tables: Vec<Table>,
    /// What only users have: passwords and unique user names.
    pub(crate) accounts: Accounts,
    /// What the API user may not see and do.
    pub(crate) rights: Rights,
}

impl Tenant {
    pub(crate) fn new(model: Model) -> Self {
        let tables = model.entities.iter().map(Table::new).collect();
        Self { model, tables, accounts: Accounts::default(), rights: Rights::default() }
    }

    pub(crate) fn entity(&self, index: usize) -> &Entity {
        &self.model.entities[index]
    }

    pub(crate) fn table(&self, index: usize) -> &Table {
        &self.tables[index]
    }

    /// Grows with each change of any row.
    pub(crate) fn version(&self) -> u64 {
        self.tables.iter().map(|table| table.version).sum()
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

    /// The rows at the end of a navigation. An inverse one is found by a scan.
    pub(crate) fn follow(&self, entity: usize, row: Row, navigation: usize) -> Vec<Row> {
        match self.entity(entity).navigations[navigation].inverse_of {
            None => self.table(entity).links[navigation].targets(row).to_vec(),
            Some(forward) => self.table(entity).links[forward].sources(row),
        }
    }
}
