//! Positions, read from the entity `Position`.

mod mapping;
mod profile;
mod reasons;
mod state;

use connector_core::{Error, Result};

use super::Class;
use super::profile::Profile;
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;
use crate::read::found::Found;

/// The posts of the organization.
pub(crate) struct Position;

impl Class for Position {
    fn profile(&self) -> &'static Profile {
        &profile::PROFILE
    }

    fn model(&self, entity: Option<&EntityType>) -> Result<Model> {
        mapping::model(entity.ok_or_else(|| Error::internal("there are no metadata of positions"))?)
    }

    fn reasons(&self, found: &Found) -> Vec<String> {
        vec![reasons::by_state(found)]
    }
}
