//! What people are entitled to: groups, roles and permissions, as object classes of their own and as
//! attributes of people.

mod assignments;
mod get;
mod kind;
mod list;
mod members;
mod membership;
mod object;
mod reading;
mod save;
mod wanted;

use connector_core::{Error, ErrorKind};

pub(crate) use assignments::{Assignments, uids_of};
pub(crate) use get::get;
pub(crate) use kind::{GROUPS, Kind};
pub(crate) use membership::{Group, Membership, change, check};
pub(crate) use reading::{import, search};
pub(crate) use save::save;

/// What the API user needs, said where it is missing (reference, entities §7.20).
fn explained(error: Error) -> Error {
    match error.kind() {
        ErrorKind::PermissionDenied => error.with_advice(
            "grant the API user Manage Role-Based Permission Access > RBP Admin, and Manage Permission Roles (KBA 2676936)",
        ),
        _ => error,
    }
}
