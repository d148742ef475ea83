//! What the function imports do.

pub(crate) mod check;
pub(crate) mod groups;
pub(crate) mod person;
pub(crate) mod roles;
pub(crate) mod static_group;
pub(crate) mod users;
