//! What a tenant is: its clock, its model and its rows, and what the API user may not see of them. Nothing here knows
//! of requests, and nothing names an entity.

pub(crate) mod accounts;
pub(crate) mod clock;
pub(crate) mod condition;
pub(crate) mod dates;
pub(crate) mod dice;
pub(crate) mod kind;
pub(crate) mod model;
pub(crate) mod origin;
pub(crate) mod rights;
pub(crate) mod store;
pub(crate) mod tenant;
pub(crate) mod view;
