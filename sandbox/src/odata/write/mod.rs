//! Writing: the `upsert` function import, and single entities at their own addresses. What an entity does of its own
//! is asked of its [`writing::Habits`].

pub(crate) mod check;
pub(crate) mod entity;
pub(crate) mod parameters;
pub(crate) mod payload;
pub(crate) mod required;
pub(crate) mod result;
pub(crate) mod single;
mod slices;
mod translated;
pub(crate) mod undo;
pub(crate) mod upsert;
pub(crate) mod writing;
