//! Roles, read from the entity `RBPRole`.

mod mapping;
mod profile;

use connector_core::{Error, Result};

use super::profile::Profile;
use super::{Class, ids};
use crate::mapping::attribute::Reference;
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;

/// What identifies a role.
pub(super) const KEY: &str = "roleId";

/// What a role permits.
pub(super) const PERMISSIONS_OF_ROLE: Reference =
    Reference { path: &["permissions", "permissionId"], ids: ids::PERMISSIONS, nobody: None };

/// What the API user needs to read groups, roles and permissions (docs/successfactors.md#permissions-of-the-api-user).
pub(super) const RBP_ADMIN: &str = "grant the API user Manage Role-Based Permission Access > RBP Admin, and Manage Permission Roles (KBA 2676936)";

/// Roles.
pub(crate) struct Role;

impl Class for Role {
    fn profile(&self) -> &'static Profile {
        &profile::PROFILE
    }

    fn model(&self, _entity: Option<&EntityType>) -> Result<Model> {
        Ok(mapping::model())
    }
}

/// Says what the API user needs, if that is what an error is about.
pub(super) fn explained(error: Error) -> Error {
    profile::PROFILE.explained(error)
}
