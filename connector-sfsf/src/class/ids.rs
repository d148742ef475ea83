//! References to objects of each class that others lead to.

use connector_core::object::ObjectClass;

use crate::mapping::attribute::Ids;

pub(super) const PEOPLE: Ids =
    Ids { class: "User", alias: ObjectClass::ACCOUNT, are_numbers: false, takes: "the user id of a person" };

pub(super) const GROUPS: Ids = numbers("DynamicGroup", ObjectClass::GROUP, "the ids of groups");
pub(super) const ROLES: Ids = numbers("RBPRole", ObjectClass::GROUP, "the ids of roles");
pub(super) const PERMISSIONS: Ids =
    numbers("RBPBasicPermission", ObjectClass::GROUP, "the ids of permissions");

const fn numbers(class: &'static str, alias: &'static str, takes: &'static str) -> Ids {
    Ids { class, alias, are_numbers: true, takes }
}
