//! The attributes of a person on one tenant: what its metadata has, joined with what we know about it.

use connector_core::object::{AttributeName, ValueType};
use connector_core::{Error, ErrorKind, Result};

use super::profile::PROFILE;
use super::state::STATUS;
use crate::class::ids;
use crate::mapping::attribute::{Ids, Mapped, Reference, Source};
use crate::mapping::model::{Elsewhere, Model};
use crate::odata::metadata::{EntityType, Property};

/// The navigations that are read and written as references, and the id that means "nobody" (KBA 2887242).
const LINKS: [(&str, &str, Reference); 2] = [
    (
        "manager",
        "Manager",
        Reference { path: &["manager", "userId"], ids: ids::PEOPLE, nobody: Some("NO_MANAGER") },
    ),
    (
        "hr",
        "HR representative",
        Reference { path: &["hr", "userId"], ids: ids::PEOPLE, nobody: Some("NO_HR") },
    ),
];

/// Properties that are personal beyond what identity management needs, besides those that the metadata
/// marks. They are only read when asked for (docs/successfactors.md#sensitive-properties).
const SENSITIVE: &[&str] = &[
    "dateOfBirth",
    "gender",
    "nationality",
    "citizenship",
    "married",
    "ethnicity",
    "minority",
    "ssn",
    "salary",
];

/// A name that some tenants lack, and the property that stands in for it (docs/successfactors.md#properties-of-user).
const STAND_INS: [(&str, &str); 1] = [("jobTitle", "title")];

const ELSEWHERE: Elsewhere = &[(
    "companyExitDate",
    "it exists only where the data model of the tenant defines it; with Employee Central the leaving date is EmpEmployment.endDate",
)];

/// What people are entitled to: the attribute, what it holds, what it is called, and whether it can be given.
/// SuccessFactors assigns roles to groups and not to people (docs/successfactors.md#roles).
const ENTITLEMENTS: [(&str, Ids, &str, bool); 3] = [
    (super::GROUPS, ids::GROUPS, "Permission groups", true),
    (super::ROLES, ids::ROLES, "Permission roles", false),
    (super::PERMISSIONS, ids::PERMISSIONS, "Permissions, by way of roles", false),
];

/// # Errors
///
/// Metadata without the properties that make a person a person.
pub(super) fn model(user: &EntityType) -> Result<Model> {
    for needed in PROFILE.needed() {
        if !user.properties.iter().any(|property| property.name == needed) {
            let message = format!("the tenant does not show User.{needed}");
            return Err(Error::new(ErrorKind::PermissionDenied, message)
                .with_advice("grant the API user the right to read it; see docs/operations.md"));
        }
    }
    Ok(Model::new(&PROFILE, attributes(user), user.navigations.is_empty(), ELSEWHERE))
}

fn attributes(user: &EntityType) -> Vec<Mapped> {
    let mut all: Vec<_> = user.properties.iter().map(of_property).collect();
    for (name, property) in STAND_INS {
        let stands_in = user.properties.iter().find(|p| p.name == property);
        if let (false, Some(property)) = (all.iter().any(|mapped| mapped.info.name.is(name)), stands_in) {
            let mut mapped = of_property(property);
            mapped.info.native_name = Some(property.name.clone());
            mapped.info.name = AttributeName::from(name);
            mapped.info.returned_by_default = false;
            all.push(mapped);
        }
    }
    // Some tenants list no navigations at all in the metadata of one entity (docs/successfactors.md#entity-addresses).
    // If they do not have them either, they say so (COE0021), and it goes on without.
    let has = |name: &str| user.navigations.is_empty() || user.navigations.iter().any(|n| n == name);
    let links = LINKS.into_iter().filter(|(navigation, ..)| has(navigation));
    all.extend(links.map(|(name, label, reference)| Mapped::link(name, label, reference)));
    let views = STATUS.views.iter().map(|view| Mapped::of_state(view, STATUS.property));
    let entitlements = ENTITLEMENTS.into_iter().map(|(name, ids, label, is_given)| {
        let mut mapped = Mapped::many(name, ids, Source::Companion(ids));
        mapped.info.label = Some(label.to_owned());
        (mapped.info.creatable, mapped.info.updatable) = (is_given, is_given);
        mapped
    });
    let ours: Vec<_> = views.chain(entitlements).collect();
    let of_tenant: Vec<_> = all.iter().map(|mapped| mapped.info.name.clone()).collect();
    all.extend(ours.into_iter().filter(|mapped| !of_tenant.contains(&mapped.info.name)));
    all
}

fn of_property(property: &Property) -> Mapped {
    let mut mapped = Mapped::of_property(property);
    let info = &mut mapped.info;
    // The key identifies a person for ever; a conversion is a service of SAP (KBA 2087501).
    info.updatable &= property.name != PROFILE.key.property;
    if property.name == "password" {
        (info.value_type, info.sensitive) = (ValueType::Secret, true);
        (info.readable, info.filterable, info.sortable) = (false, false, false);
    }
    info.sensitive |= SENSITIVE.contains(&property.name.as_str());
    info.returned_by_default &= !info.sensitive;
    mapped
}
