//! Changes, as they are taken back.

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
