//! The attributes of a role. They are SAP's own and the same on every tenant
//! (docs/successfactors.md#entities-of-groups-and-roles).

use super::PERMISSIONS_OF_ROLE;
use super::profile::PROFILE;
use crate::class::ids;
use crate::mapping::attribute::{Mapped, Reference, Source};
use crate::mapping::model::Model;
use crate::odata::edm::Edm;

/// The groups that the rules of a role grant it to.
const GROUPS: Reference =
    Reference { path: &["rules", "accessGroups", "groupID"], ids: ids::GROUPS, nobody: None };

pub(super) fn model() -> Model {
    let attributes = vec![
        Mapped::fixed("roleId", Edm::Int64, "Role id"),
        Mapped::fixed("roleName", Edm::String, "Name"),
        Mapped::fixed("roleDesc", Edm::String, "Description"),
        Mapped::fixed("userType", Edm::String, "User type"),
        Mapped::fixed("lastModifiedBy", Edm::String, "Last changed by"),
        Mapped::fixed("lastModifiedDate", Edm::DateTime, "Last changed"),
        Mapped::many("permissions", ids::PERMISSIONS, Source::Reference(PERMISSIONS_OF_ROLE)),
        Mapped::many("groups", ids::GROUPS, Source::Reference(GROUPS)),
    ];
    Model::new(&PROFILE, attributes, false, &[])
}
