//! People, read from and written to the entity `User`.

mod by_attribute;
mod change;
mod employment;
pub(crate) mod filter;
mod gaps;
mod language;
mod model;
mod plan;
mod probe;
mod row;
pub(crate) mod status;
pub(crate) mod write;

pub(crate) use by_attribute::by_attribute;
pub(crate) use change::Changes;
pub(crate) use employment::{Employments, refine};
pub(crate) use gaps::Gaps;
pub(crate) use model::{Source, USER, UserModel};
pub(crate) use plan::Plan;
pub(crate) use probe::{Person, probe};
pub(crate) use row::Record;

#[cfg(test)]
mod filter_tests;
#[cfg(test)]
mod row_tests;
