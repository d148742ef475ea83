//! The attributes of a permission. They are SAP's own and the same on every tenant
//! (docs/successfactors.md#entities-of-groups-and-roles).

use super::profile::PROFILE;
use crate::mapping::attribute::Mapped;
use crate::mapping::model::Model;
use crate::odata::edm::Edm;

pub(super) fn model() -> Model {
    let attributes = vec![
        Mapped::fixed("permissionId", Edm::Int64, "Permission id"),
        Mapped::fixed("permissionType", Edm::String, "Type"),
        Mapped::fixed("permissionStringValue", Edm::String, "Value"),
        Mapped::fixed("permissionLongValue", Edm::Int64, "Number"),
    ];
    Model::new(&PROFILE, attributes, false, &[])
}
