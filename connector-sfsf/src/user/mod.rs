//! People, read from and written to the entity `User`.

mod by_attribute;
mod change;
mod employment;
pub(crate) mod filter;
mod model;
mod plan;
mod probe;
mod row;
pub(crate) mod status;
pub(crate) mod write;

pub(crate) use by_attribute::by_attribute;
pub(crate) use change::Changes;
pub(crate) use employment::refine;
pub(crate) use model::{Source, USER, UserModel};
pub(crate) use plan::Plan;
pub(crate) use probe::{Person, probe};

#[cfg(test)]
mod filter_tests;
