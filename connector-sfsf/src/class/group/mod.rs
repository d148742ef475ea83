//! Permission groups, read from the entity `DynamicGroup`; the members of static ones can be changed.

pub(super) mod companion;
mod mapping;
pub(super) mod membership;
mod profile;

use async_trait::async_trait;
use connector_core::Result;
use connector_core::object::{AttributeName, Uid};

use super::Class;
use super::profile::Profile;
use crate::config::Configuration;
use crate::mapping::model::Model;
use crate::odata::literal;
use crate::odata::metadata::EntityType;
use crate::odata::query::Query;
use crate::read::companion::Companion;
use crate::write::part::{Part, Values};
use membership::Membership;

/// The members of a group.
const MEMBERS: &str = "members";

/// Permission groups.
pub(crate) struct Group;

#[async_trait]
impl Class for Group {
    fn profile(&self) -> &'static Profile {
        &profile::PROFILE
    }

    fn model(&self, _entity: Option<&EntityType>) -> Result<Model> {
        Ok(mapping::model())
    }

    fn condition(&self, settings: &Configuration) -> Option<String> {
        Some(of_types(&settings.groups.types))
    }

    fn companion(&self, attributes: &[AttributeName]) -> Option<Box<dyn Companion>> {
        attributes
            .iter()
            .any(|name| name.is(MEMBERS))
            .then(|| -> Box<dyn Companion> { Box::new(companion::Members::default()) })
    }

    fn read_only_advice(&self, _name: &AttributeName) -> Option<&'static str> {
        Some("only the members of static groups can be changed")
    }

    fn parts(&self, uid: &Uid, values: &Values) -> Result<Vec<Box<dyn Part>>> {
        let change = |people: &[Uid], add: bool| -> Box<dyn Part> {
            Box::new(Membership::of_group(uid.clone(), add, people.to_vec()))
        };
        let lists = [(&values.added, true), (&values.removed, false)];
        let lists = lists.into_iter().filter(|(people, _)| !people.is_empty());
        Ok(lists.map(|(people, add)| change(people, add)).collect())
    }
}

fn of_types(types: &[String]) -> String {
    format!("groupType in {}", literal::list(types.iter().map(String::as_str)))
}

/// Asks for the groups of this type that one person is in. Membership of dynamic groups is computed by the tenant.
pub(super) fn groups_query(uid: &Uid, group_type: &str) -> Query {
    Query::set("getDynamicGroupsByUser")
        .json()
        .option("userId", literal::string(uid.as_str()))
        .option("groupSubType", literal::string(group_type))
}
