//! Writing: the `upsert` function import, and single entities at their own addresses.

pub(crate) mod check;
pub(crate) mod entity;
pub(crate) mod payload;
pub(crate) mod result;
pub(crate) mod single;
mod slices;
mod translated;
pub(crate) mod undo;
pub(crate) mod upsert;
