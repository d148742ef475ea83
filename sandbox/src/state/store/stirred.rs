//! Rows in an order that follows from nothing that a client sees, as the database of a live tenant gives them. It is
//! the same for every page of a list, and a row that comes or goes moves no other.

use std::sync::OnceLock;

use crate::state::store::{Row, Table};

/// Made when somebody first asks.
#[derive(Debug, Default)]
pub(super) struct Stirred(OnceLock<Vec<Row>>);

impl Stirred {
    pub(super) fn enter(&mut self, row: Row) {
        if let Some(rows) = self.0.get_mut() {
            let place = rows.partition_point(|other| rank(*other) < rank(row));
            rows.insert(place, row);
        }
    }

    pub(super) fn leave(&mut self, row: Row) {
        if let Some(rows) = self.0.get_mut() {
            rows.retain(|other| *other != row);
        }
    }
}

impl Table {
    /// All rows in that order.
    pub(crate) fn stirred(&self) -> &[Row] {
        self.stirred.0.get_or_init(|| {
            let mut rows = self.order().to_vec();
            stir(&mut rows);
            rows
        })
    }
}

/// Brings rows into that order.
pub(crate) fn stir(rows: &mut [Row]) {
    rows.sort_unstable_by_key(|row| rank(*row));
}

/// Different for different rows: the factor is odd.
fn rank(row: Row) -> u32 {
    row.wrapping_mul(0x9E37_79B9).rotate_left(7)
}
