//! What a tenant is: its clock, its model and its rows, and what the API user may not see of them. Nothing here knows
//! of requests.

pub(crate) mod accounts;
pub(crate) mod clock;
pub(crate) mod dates;
pub(crate) mod model;
pub(crate) mod rights;
pub(crate) mod store;
pub(crate) mod tenant;
