//! Writing: the `upsert` function import.

pub(crate) mod accounts;
mod check;
mod payload;
mod result;
pub(crate) mod upsert;
mod user;
