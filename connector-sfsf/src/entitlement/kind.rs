//! The three classes: what the tenant calls them and what they look like. Their properties are SAP's own and
//! the same on every tenant (reference, entities §5.2); they are read without `$select`, so that one that a
//! tenant lacks spoils nothing.

use connector_core::object::{AttributeInfo, ObjectClass, ObjectClassInfo, ValueType};
use serde::Deserialize;

use crate::odata::edm::Edm;
use crate::user::USER;

/// A class of entitlements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub(crate) enum Kind {
    /// A permission group: people who are listed, or who satisfy a condition.
    Group,
    /// A role, which rules grant to groups and other circles of people.
    Role,
    /// What a role permits.
    Permission,
}

/// A property of the entity.
pub(crate) struct Column {
    pub name: &'static str,
    pub edm: Edm,
    pub label: &'static str,
}

const fn column(name: &'static str, edm: Edm, label: &'static str) -> Column {
    Column { name, edm, label }
}

const GROUP: &[Column] = &[
    column("groupID", Edm::Int64, "Group id"),
    column("groupName", Edm::String, "Name"),
    column("groupType", Edm::String, "Type"),
    column("staticGroup", Edm::Boolean, "Members are listed"),
    column("activeMembershipCount", Edm::Int32, "Active members"),
    column("totalMemberCount", Edm::Int32, "Members"),
    column("createdBy", Edm::String, "Created by"),
    column("lastModifiedDate", Edm::DateTime, "Last changed"),
    column("userType", Edm::String, "User type"),
];

const ROLE: &[Column] = &[
    column("roleId", Edm::Int64, "Role id"),
    column("roleName", Edm::String, "Name"),
    column("roleDesc", Edm::String, "Description"),
    column("userType", Edm::String, "User type"),
    column("lastModifiedBy", Edm::String, "Last changed by"),
    column("lastModifiedDate", Edm::DateTime, "Last changed"),
];

const PERMISSION: &[Column] = &[
    column("permissionId", Edm::Int64, "Permission id"),
    column("permissionType", Edm::String, "Type"),
    column("permissionStringValue", Edm::String, "Value"),
    column("permissionLongValue", Edm::Int64, "Number"),
];

/// The members of a group.
pub(crate) const MEMBERS: &str = "members";
/// The groups of a person, and those that a role is granted to.
pub(crate) const GROUPS: &str = "groups";
/// The roles of a person.
pub(crate) const ROLES: &str = "roles";
/// The permissions of a person or a role.
pub(crate) const PERMISSIONS: &str = "permissions";

impl Kind {
    pub const ALL: [Self; 3] = [Self::Group, Self::Role, Self::Permission];

    /// The class with this name or alias.
    pub fn of(class: &ObjectClass) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| class.is(kind.entity()) || kind.aliases().contains(class))
    }

    pub fn entity(self) -> &'static str {
        match self {
            Self::Group => "DynamicGroup",
            Self::Role => "RBPRole",
            Self::Permission => "RBPBasicPermission",
        }
    }

    pub fn aliases(self) -> Vec<ObjectClass> {
        match self {
            Self::Group => vec![ObjectClass::from(ObjectClass::GROUP)],
            _ => Vec::new(),
        }
    }

    /// The property that identifies an object.
    pub fn key(self) -> &'static str {
        match self {
            Self::Group => "groupID",
            Self::Role => "roleId",
            Self::Permission => "permissionId",
        }
    }

    /// The property that `__NAME__` stands for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Group => "groupName",
            Self::Role => "roleName",
            Self::Permission => "permissionStringValue",
        }
    }

    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Group => GROUP,
            Self::Role => ROLE,
            Self::Permission => PERMISSION,
        }
    }

    /// The attributes that cost more than the object itself: they only come when they are asked for.
    pub fn references(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Group => &[(MEMBERS, USER)],
            Self::Role => &[(PERMISSIONS, "RBPBasicPermission"), (GROUPS, "DynamicGroup")],
            Self::Permission => &[],
        }
    }

    /// What people call the attribute of a person that holds objects of this class.
    pub fn of_person(self) -> (&'static str, &'static str) {
        match self {
            Self::Group => (GROUPS, "Permission groups"),
            Self::Role => (ROLES, "Permission roles"),
            Self::Permission => (PERMISSIONS, "Permissions, by way of roles"),
        }
    }

    /// What objects of the class look like.
    pub fn info(self) -> ObjectClassInfo {
        let columns = self.columns().iter().map(|column| {
            let mut info = AttributeInfo::new(column.name, column.edm.value_type()).read_only();
            info.label = Some(column.label.to_owned());
            info
        });
        let references = self.references().iter().map(|(name, class)| {
            let mut info = references(name, class);
            info.updatable = *name == MEMBERS;
            info
        });
        ObjectClassInfo {
            name: ObjectClass::from(self.entity()),
            aliases: self.aliases(),
            attributes: columns.chain(references).collect(),
        }
    }

    /// The attribute of a person that holds objects of this class. Only groups can be given: SuccessFactors
    /// assigns roles to groups and not to people (reference, entities §7.9).
    pub fn attribute_of_person(self) -> AttributeInfo {
        let (name, label) = self.of_person();
        let mut info = references(name, self.entity());
        info.label = Some(label.to_owned());
        (info.creatable, info.updatable) = (self == Self::Group, self == Self::Group);
        info
    }
}

/// Many objects of a class, which only come when they are asked for.
fn references(name: &str, class: &str) -> AttributeInfo {
    let mut info = AttributeInfo::new(name, ValueType::Reference).read_only();
    info.referenced_object_class = Some(ObjectClass::from(class));
    info.multivalued = true;
    info.returned_by_default = false;
    info
}
