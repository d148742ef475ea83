//! Rows sorted by a column, made when somebody first asks and kept in order by every write.

use std::sync::OnceLock;

use crate::state::store::{Row, Table, Value};

/// One index for each column that was asked for.
#[derive(Debug)]
pub(super) struct Indexes(Vec<OnceLock<Vec<Row>>>);

impl Indexes {
    pub(super) fn new(columns: usize) -> Self {
        Self((0..columns).map(|_| OnceLock::new()).collect())
    }

    /// Takes a row out of all indexes.
    pub(super) fn forget(&mut self, row: Row) {
        for index in self.0.iter_mut().filter_map(OnceLock::get_mut) {
            index.retain(|other| *other != row);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.iter_mut().for_each(|index| {
            index.take();
        });
    }
}

impl Table {
    /// The rows that have a value in `column`, sorted by it.
    pub(super) fn index(&self, column: usize) -> &[Row] {
        self.indexes.0[column].get_or_init(|| {
            let filled = |row: &Row| self.get(*row, column) != Value::Null;
            let mut rows: Vec<Row> = self.order().iter().copied().filter(filled).collect();
            rows.sort_by(|left, right| self.get(*left, column).rank(&self.get(*right, column)));
            rows
        })
    }

    /// Before a cell is written: its row leaves the index.
    pub(super) fn unindex(&mut self, row: Row, column: usize) {
        if let Some(index) = self.indexes.0[column].get_mut()
            && let Some(place) = index.iter().position(|other| *other == row)
        {
            index.remove(place);
        }
    }

    /// After a cell was written: its row enters the index again.
    pub(super) fn reindex(&mut self, row: Row, column: usize) {
        let Some(index) = self.indexes.0[column].get() else { return };
        let value = self.get(row, column);
        if value == Value::Null {
            return;
        }
        let place = index.partition_point(|other| self.get(*other, column).rank(&value).is_le());
        if let Some(index) = self.indexes.0[column].get_mut() {
            index.insert(place, row);
        }
    }
}
