//! Attributes: where each is read from and written to, and which values it takes.

pub(crate) mod attribute;
pub(crate) mod model;
pub(crate) mod value;
