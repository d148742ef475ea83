//! The attributes of a person on one tenant: what its metadata has, joined with what we know about it.

use std::collections::HashMap;
use std::sync::Arc;

use connector_core::object::{
    AttributeInfo, AttributeName, ObjectClass, ObjectClassInfo, Schema, ValueType, special,
};
use connector_core::{Error, ErrorKind, Result};

use crate::entitlement::Kind;
use crate::odata::edm::Edm;
use crate::odata::metadata::{EntityType, Property};

/// The object class, as the tenant calls it.
pub(crate) const USER: &str = "User";

/// The properties that make a person a person.
pub(super) const NEEDED: [&str; 3] = ["userId", "username", "status"];

/// The navigations that are read and written as references, and the id that means "nobody" (KBA 2887242).
const LINKS: [(&str, &str, &str); 2] =
    [("manager", "Manager", "NO_MANAGER"), ("hr", "HR representative", "NO_HR")];

/// Properties that are personal beyond what identity management needs, besides those that the metadata
/// marks. They are only read when asked for (reference, entities §7.14).
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

/// A name that some tenants lack, and the property that stands in for it (reference, entities §4.1).
const STAND_INS: [(&str, &str); 1] = [("jobTitle", "title")];

/// What people expect of `User` and few tenants have.
const EXPECTED_ELSEWHERE: [(&str, &str); 1] = [(
    "companyExitDate",
    "it exists only where the data model of the tenant defines it; with Employee Central the leaving date is EmpEmployment.endDate",
)];

/// Where the values of an attribute come from and go to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// A property of the entity.
    Property { name: String, edm: Edm },
    /// A navigation to another person.
    Link { navigation: &'static str, nobody: &'static str },
    /// `__ENABLE__`, which is read from the status.
    Enable,
    /// Groups, roles or permissions, which are read apart from the person.
    Entitlement(Kind),
}

/// An attribute and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Mapped {
    pub info: AttributeInfo,
    pub source: Source,
}

impl Mapped {
    /// What its values look like, for messages.
    pub fn takes(&self) -> &'static str {
        match &self.source {
            Source::Property { edm, .. } => edm.expected(),
            Source::Link { .. } => "the user id of a person",
            Source::Enable => Edm::Boolean.expected(),
            Source::Entitlement(Kind::Group) => "the ids of groups",
            Source::Entitlement(Kind::Role) => "the ids of roles",
            Source::Entitlement(Kind::Permission) => "the ids of permissions",
        }
    }
}

/// The attributes of `User` on one tenant.
#[derive(Debug)]
pub(crate) struct UserModel {
    attributes: Vec<Mapped>,
    places: HashMap<AttributeName, usize>,
    schema: Arc<Schema>,
    /// The metadata listed no navigations at all, so those that we know were taken for granted.
    assumes_links: bool,
}

impl UserModel {
    /// # Errors
    ///
    /// Metadata without `User`, or without the properties that make a person a person.
    pub fn new(entities: &[EntityType]) -> Result<Self> {
        let Some(user) = entities.iter().find(|entity| entity.name == USER) else {
            return Err(Error::new(ErrorKind::TargetProtocol, "the tenant's metadata do not describe User"));
        };
        for needed in NEEDED {
            if !user.properties.iter().any(|property| property.name == needed) {
                return Err(Error::new(
                    ErrorKind::PermissionDenied,
                    format!("the tenant does not show User.{needed}"),
                )
                .with_advice("grant the API user the right to read it; see docs/operations.md"));
            }
        }
        Ok(Self::of(attributes(user), user.navigations.is_empty()))
    }

    fn of(attributes: Vec<Mapped>, assumes_links: bool) -> Self {
        let places =
            attributes.iter().enumerate().map(|(place, mapped)| (mapped.info.name.clone(), place)).collect();
        let class = ObjectClassInfo {
            name: ObjectClass::from(USER),
            aliases: vec![ObjectClass::from(ObjectClass::ACCOUNT)],
            attributes: attributes.iter().map(|mapped| mapped.info.clone()).collect(),
        };
        let object_classes = [class].into_iter().chain(Kind::ALL.map(Kind::info)).collect();
        Self { attributes, places, schema: Arc::new(Schema { object_classes }), assumes_links }
    }

    /// The same without some properties, or nothing if it never had them or cannot do without them. If it never had
    /// them, links that were taken for granted are what the tenant lacks.
    pub fn without(&self, names: &[AttributeName]) -> Option<Self> {
        if names.iter().any(|gone| NEEDED.iter().any(|needed| gone.is(needed))) {
            return None;
        }
        let kept = |mapped: &&Mapped| match &mapped.source {
            Source::Property { name, .. } => !names.iter().any(|gone| gone.is(name)),
            Source::Link { navigation, .. } => !names.iter().any(|gone| gone.is(navigation)),
            Source::Enable | Source::Entitlement(_) => true,
        };
        let attributes: Vec<_> = self.attributes.iter().filter(kept).cloned().collect();
        if attributes.len() < self.attributes.len() {
            return Some(Self::of(attributes, self.assumes_links));
        }
        self.assumes_links.then(|| Self::of(self.without_links(), false))
    }

    fn without_links(&self) -> Vec<Mapped> {
        let is_link = |mapped: &Mapped| matches!(mapped.source, Source::Link { .. });
        self.attributes.iter().filter(|mapped| !is_link(mapped)).cloned().collect()
    }

    /// What the tenant's people look like.
    pub fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.schema)
    }

    /// Every attribute, in the order of the schema.
    pub fn attributes(&self) -> &[Mapped] {
        &self.attributes
    }

    /// The attribute with this name, under which `__UID__`, `__NAME__` and `__PASSWORD__` are known too.
    pub fn find(&self, name: &AttributeName) -> Result<&Mapped> {
        let native = match name.as_str() {
            _ if name.is(special::UID) => AttributeName::from("userId"),
            _ if name.is(special::NAME) => AttributeName::from("username"),
            _ if name.is(special::PASSWORD) => AttributeName::from("password"),
            _ => name.clone(),
        };
        let mapped = self.places.get(&native).and_then(|place| self.attributes.get(*place));
        mapped.ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &AttributeName) -> Error {
    let error =
        Error::invalid_attribute(name.clone(), format!("User has no attribute '{name}' on this tenant"));
    match EXPECTED_ELSEWHERE.iter().find(|(expected, _)| name.is(expected)) {
        Some((_, hint)) => error.with_advice(*hint),
        None => error.with_advice("`schema` lists the attributes that it has"),
    }
}

fn attributes(user: &EntityType) -> Vec<Mapped> {
    let mut all: Vec<_> = user.properties.iter().map(from_property).collect();
    for (name, property) in STAND_INS {
        let stands_in = user.properties.iter().find(|p| p.name == property);
        if let (false, Some(property)) = (all.iter().any(|mapped| mapped.info.name.is(name)), stands_in) {
            let mut mapped = from_property(property);
            mapped.info.native_name = Some(property.name.clone());
            mapped.info.name = AttributeName::from(name);
            mapped.info.returned_by_default = false;
            all.push(mapped);
        }
    }
    // Some tenants list no navigations at all in the metadata of one entity (reference §2.2). If they do not have them
    // either, they say so (COE0021), and it goes on without.
    let has = |name: &str| user.navigations.is_empty() || user.navigations.iter().any(|n| n == name);
    let links = LINKS.iter().filter(|(navigation, ..)| has(navigation));
    all.extend(links.map(|(navigation, label, nobody)| link(navigation, label, nobody)));
    all.push(enable());
    let entitlements =
        Kind::ALL.map(|kind| Mapped { info: kind.attribute_of_person(), source: Source::Entitlement(kind) });
    let of_tenant: Vec<AttributeName> = all.iter().map(|mapped| mapped.info.name.clone()).collect();
    all.extend(entitlements.into_iter().filter(|mapped| !of_tenant.contains(&mapped.info.name)));
    all
}

fn from_property(property: &Property) -> Mapped {
    let is_password = property.name == "password";
    let is_key = property.name == "userId";
    let sensitive = property.sensitive || is_password || SENSITIVE.contains(&property.name.as_str());
    let info = AttributeInfo {
        name: AttributeName::from(property.name.as_str()),
        native_name: None,
        label: property.label.clone(),
        value_type: if is_password { ValueType::Secret } else { property.edm.value_type() },
        attributes: Vec::new(),
        value_list: None,
        referenced_object_class: None,
        max_length: property.max_length,
        required: property.required,
        multivalued: false,
        creatable: property.creatable,
        // The key identifies a person for ever; a conversion is a service of SAP (KBA 2087501).
        updatable: property.updatable && !is_key,
        readable: property.visible && !is_password,
        returned_by_default: property.visible && !sensitive,
        filterable: property.filterable && property.visible && !is_password,
        sortable: property.sortable && property.visible && !is_password,
        sensitive,
    };
    Mapped { info, source: Source::Property { name: property.name.clone(), edm: property.edm } }
}

fn link(navigation: &'static str, label: &str, nobody: &'static str) -> Mapped {
    let mut info = AttributeInfo::new(navigation, ValueType::Reference).plain();
    info.label = Some(label.to_owned());
    info.referenced_object_class = Some(ObjectClass::from(USER));
    info.filterable = true;
    Mapped { info, source: Source::Link { navigation, nobody } }
}

fn enable() -> Mapped {
    let mut info = AttributeInfo::new(special::ENABLE, ValueType::Boolean).plain();
    info.native_name = Some("status".to_owned());
    info.filterable = true;
    Mapped { info, source: Source::Enable }
}
