//! What a tenant was made of: the rest of its rows follows from that and from its users.

use std::collections::HashMap;

use crate::state::dice::Dice;
use crate::state::kind::Kind;
use crate::state::store::{Row, Value};

/// What the derived entities depend on besides the users.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    pub(crate) seed: u64,
    /// The tenant's day when it was made: what lies ahead of it is future.
    pub(crate) today: i64,
    /// Minutes that the server's clock is from UTC.
    pub(crate) utc_offset: i32,
    /// The career of each user as it was drawn: what is written to the user later does not change it.
    pub(crate) kinds: Vec<Kind>,
    /// The users of the global assignments of those who have any.
    pub(crate) assignments: HashMap<Row, Vec<Row>>,
    /// What was overwritten of the users that were made, as it was first.
    pub(crate) cells: HashMap<(Row, usize), Value<'static>>,
    pub(crate) links: HashMap<(Row, usize), Vec<Row>>,
}

impl Origin {
    pub(crate) fn new(seed: u64, today: i64, utc_offset: i32) -> Self {
        Self { seed, today, utc_offset, ..Self::default() }
    }

    pub(crate) fn dice(&self, row: Row) -> Dice {
        Dice::new(self.seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ (u64::from(row) << 17))
    }

    /// Whether a user was there from the start.
    pub(crate) fn made(&self, row: Row) -> bool {
        (row as usize) < self.kinds.len()
    }

    /// Keeps what a cell of a user had before the first write to it.
    pub(crate) fn keep_cell(&mut self, row: Row, property: usize, old: &Value<'_>) {
        if self.made(row) {
            self.cells.entry((row, property)).or_insert_with(|| old.clone().into_owned());
        }
    }

    /// Keeps where a navigation of a user led before the first write to it.
    pub(crate) fn keep_links(&mut self, row: Row, navigation: usize, old: &[Row]) {
        if self.made(row) {
            self.links.entry((row, navigation)).or_insert_with(|| old.to_vec());
        }
    }
}
