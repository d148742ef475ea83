//! Permissions, read from the entity `RBPBasicPermission`.

mod mapping;
mod profile;

use connector_core::Result;

use super::Class;
use super::profile::Profile;
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;

/// What roles permit.
pub(crate) struct Permission;

impl Class for Permission {
    fn profile(&self) -> &'static Profile {
        &profile::PROFILE
    }

    fn model(&self, _entity: Option<&EntityType>) -> Result<Model> {
        Ok(mapping::model())
    }
}
