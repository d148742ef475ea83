//! The attributes of a group. They are SAP's own and the same on every tenant
//! (docs/successfactors.md#entities-of-groups-and-roles).

use super::MEMBERS;
use super::profile::PROFILE;
use crate::class::ids;
use crate::mapping::attribute::{Mapped, Source};
use crate::mapping::model::Model;
use crate::odata::edm::Edm;

pub(super) fn model() -> Model {
    let mut members = Mapped::many(MEMBERS, ids::PEOPLE, Source::Companion(ids::PEOPLE));
    members.info.updatable = true;
    let attributes = vec![
        Mapped::fixed("groupID", Edm::Int64, "Group id"),
        Mapped::fixed("groupName", Edm::String, "Name"),
        Mapped::fixed("groupType", Edm::String, "Type"),
        Mapped::fixed("staticGroup", Edm::Boolean, "Members are listed"),
        Mapped::fixed("activeMembershipCount", Edm::Int32, "Active members"),
        Mapped::fixed("totalMemberCount", Edm::Int32, "Members"),
        Mapped::fixed("createdBy", Edm::String, "Created by"),
        Mapped::fixed("lastModifiedDate", Edm::DateTime, "Last changed"),
        Mapped::fixed("userType", Edm::String, "User type"),
        members,
    ];
    Model::new(&PROFILE, attributes, false, &[])
}
