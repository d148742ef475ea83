//! The engine of OData: reading and writing whatever entity the model has. It knows none of them by its name.

pub(crate) mod address;
pub(crate) mod paging;
mod permission;
pub(crate) mod query;
pub(crate) mod read;
pub(crate) mod render;
pub(crate) mod write;
