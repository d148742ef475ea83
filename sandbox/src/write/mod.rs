//! Writing: the `upsert` function import, and single entities at their own addresses.

pub(crate) mod accounts;
mod check;
mod payload;
pub(crate) mod result;
pub(crate) mod single;
pub(crate) mod transaction;
pub(crate) mod upsert;
mod user;
