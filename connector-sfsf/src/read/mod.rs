//! Reading: what to ask for, what the tenant may evaluate, and what becomes of each record.

pub(crate) mod companion;
pub(crate) mod filter;
#[cfg(test)]
mod filter_tests;
pub(crate) mod find;
pub(crate) mod find_by;
pub(crate) mod found;
pub(crate) mod gaps;
mod order;
pub(crate) mod page;
pub(crate) mod query_plan;
pub(crate) mod records;
pub(crate) mod row_reader;
#[cfg(test)]
mod row_reader_tests;
mod slot;
pub(crate) mod stream;
