//! The attributes of a position on one tenant: what its metadata has. Nothing of it is written.

use connector_core::{Error, ErrorKind, Result};

use super::profile::PROFILE;
use crate::mapping::attribute::{Ids, Mapped, Reference};
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;

/// References to positions, which only positions have.
const POSITIONS: Ids =
    Ids { class: "Position", alias: "Position", are_numbers: false, takes: "the code of a position" };

/// The position that one reports to.
const PARENT: Reference = Reference { path: &["parentPosition", "code"], ids: POSITIONS, nobody: None };

/// The lists whose codes these properties hold (docs/successfactors.md#foundation-objects).
const VALUE_LISTS: &[(&str, &str)] = &[
    ("businessUnit", "business_units"),
    ("company", "legal_entities"),
    ("costCenter", "cost_centers"),
    ("department", "departments"),
    ("division", "divisions"),
    ("jobCode", "job_codes"),
    ("location", "locations"),
    ("payGrade", "pay_grades"),
];

/// # Errors
///
/// Metadata without the code. Tenants may lack the name and the status; then a position is called by its code, and
/// nobody knows whether it is active.
pub(super) fn model(entity: &EntityType) -> Result<Model> {
    let key = PROFILE.key.property;
    if !entity.properties.iter().any(|property| property.name == key && property.visible) {
        let message = format!("the tenant does not show {}.{key}", PROFILE.entity);
        return Err(Error::new(ErrorKind::PermissionDenied, message));
    }
    let mut attributes: Vec<_> = entity.properties.iter().map(Mapped::of_property).collect();
    if entity.navigations.iter().any(|navigation| navigation == PARENT.field()) {
        attributes.push(Mapped::link(PARENT.field(), "Parent position", PARENT));
    }
    attributes.iter_mut().for_each(complete);
    Ok(Model::new(&PROFILE, attributes, false, &[]))
}

/// Says where values come from. What the metadata say may be written is no matter of this class.
fn complete(mapped: &mut Mapped) {
    let info = &mut mapped.info;
    let list = VALUE_LISTS.iter().find(|(property, _)| info.name.is(property));
    info.value_list = list.map(|(_, list)| (*list).to_owned());
    (info.creatable, info.updatable, info.required) = (false, false, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odata::edm::Edm;
    use crate::odata::metadata::Property;

    fn entity(properties: &[&str]) -> EntityType {
        let property = |name: &&str| Property {
            name: (*name).to_owned(),
            edm: Edm::String,
            label: None,
            max_length: None,
            required: true,
            creatable: true,
            updatable: true,
            visible: true,
            sortable: true,
            filterable: true,
            sensitive: false,
        };
        EntityType { properties: properties.iter().map(property).collect(), ..EntityType::default() }
    }

    #[test]
    fn a_code_is_all_that_a_position_needs() {
        let model = model(&entity(&["code"])).unwrap();
        assert_eq!(model.find(&"__NAME__".into()).unwrap().info.name.as_str(), "code");
        assert!(model.find(&"parentPosition".into()).is_err());
        assert!(model.attributes().iter().all(|mapped| !mapped.info.updatable && !mapped.info.required));
    }

    #[test]
    fn metadata_without_the_code_are_those_of_no_position() {
        let error = model(&entity(&["externalName_defaultValue"])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    }
}
