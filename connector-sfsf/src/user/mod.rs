//! People, read from and written to the entity `User`.

mod change;
pub(crate) mod filter;
mod model;
mod plan;
mod probe;
mod row;
pub(crate) mod status;
pub(crate) mod write;

pub(crate) use change::Changes;
pub(crate) use model::{Source, USER, UserModel};
pub(crate) use plan::Plan;
pub(crate) use probe::{Person, probe};

#[cfg(test)]
mod filter_tests;
