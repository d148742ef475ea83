//! Writing: the `upsert` function import, and single entities at their own addresses.

pub(crate) mod accounts;
mod check;
mod effects;
mod entity;
mod members;
mod payload;
pub(crate) mod purge;
pub(crate) mod result;
mod rules;
pub(crate) mod single;
mod slices;
pub(crate) mod sync;
pub(crate) mod transaction;
mod translated;
mod undo;
pub(crate) mod upsert;
pub(crate) mod user;
