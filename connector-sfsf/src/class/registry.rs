//! The classes that there are.

use connector_core::object::ObjectClass;
use connector_core::{Error, Result};

use super::Class;
use super::group::Group;
use super::permission::Permission;
use super::position::Position;
use super::role::Role;
use super::user::User;

/// Every class, in the order of the manifest. The first is the one that a connection is tried with.
pub(crate) static CLASSES: [&dyn Class; 5] = [&User, &Group, &Role, &Permission, &Position];

/// The class that a connection is tried with: every tenant has it.
pub(crate) fn first() -> &'static dyn Class {
    &User
}

/// The class with this name or alias.
///
/// # Errors
///
/// A name that no class has.
pub(crate) fn class(name: &ObjectClass) -> Result<&'static dyn Class> {
    CLASSES.into_iter().find(|class| class.profile().is(name)).ok_or_else(|| {
        let known: Vec<_> = CLASSES.iter().map(|class| class.profile().name).collect();
        Error::invalid_request(format!("there is no object class '{name}'; there is {}", known.join(", ")))
    })
}
