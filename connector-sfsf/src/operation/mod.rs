//! The operations, one file each.

mod delete;
mod explain;
mod get;
mod import;
mod lookup;
mod reset_password;
mod save;
mod schema;
mod search;
mod switch;
mod test;

pub(crate) use delete::delete;
pub(crate) use explain::explain;
pub(crate) use get::get;
pub(crate) use import::import;
pub(crate) use lookup::lookup;
pub(crate) use reset_password::reset_password;
pub(crate) use save::{save, uid_of};
pub(crate) use schema::schema;
pub(crate) use search::search;
pub(crate) use switch::{resume, suspend};
pub(crate) use test::test;
