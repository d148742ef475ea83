//! People, read from and written to the entity `User`.

mod companion;
mod employment;
mod language;
pub(crate) mod leaders;
mod mapping;
mod profile;
mod reasons;
mod refusals;
mod state;

use async_trait::async_trait;
use connector_core::object::{AttributeName, Uid};
use connector_core::{Error, Result};

use super::call::Call;
use super::group::membership::Membership;
use super::profile::Profile;
use super::{Class, Detour};
use crate::config::Configuration;
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;
use crate::odata::upsert::Refusal;
use crate::read::companion::Companion;
use crate::read::found::Found;
use crate::write::part::{Part, Values};

/// The groups of a person.
const GROUPS: &str = "groups";
/// The roles of a person.
const ROLES: &str = "roles";
/// The permissions that a person has by way of roles.
const PERMISSIONS: &str = "permissions";

/// The id of the person behind the users: someone who came back, or has two employments, has several users
/// (docs/successfactors.md#employments). It is not a property of `User` but of what this navigation leads to.
static PERSON: Detour = Detour {
    path: "personKeyNav/personIdExternal",
    missing: "the tenant's users do not lead to their persons",
    advice: "look them up by userId or username",
};

/// People.
pub(crate) struct User;

#[async_trait]
impl Class for User {
    fn profile(&self) -> &'static Profile {
        &profile::PROFILE
    }

    fn model(&self, entity: Option<&EntityType>) -> Result<Model> {
        mapping::model(entity.ok_or_else(|| Error::internal("there are no metadata of people"))?)
    }

    fn states(&self, settings: &Configuration) -> Vec<&'static str> {
        let known = state::STATUS.values.iter().map(|value| value.text);
        known.filter(|text| settings.statuses.iter().any(|letter| text.starts_with(*letter))).collect()
    }

    fn population_key(&self, settings: &Configuration) -> String {
        settings.statuses.iter().collect()
    }

    fn companion(&self, attributes: &[AttributeName]) -> Option<Box<dyn Companion>> {
        companion::Entitlements::of(attributes)
    }

    fn detour(&self, name: &AttributeName) -> Option<&'static Detour> {
        name.is("personIdExternal").then_some(&PERSON)
    }

    async fn refine(&self, call: &Call, uid: &Uid, found: Found) -> Result<Found> {
        employment::refine(call, uid, found).await
    }

    fn reasons(&self, found: &Found) -> Vec<String> {
        reasons::reasons(found)
    }

    fn read_only_advice(&self, name: &AttributeName) -> Option<&'static str> {
        if name.is(profile::PROFILE.key.property) {
            return Some("a conversion of user ids is a service of SAP (KBA 2087501)");
        }
        (name.is(ROLES) || name.is(PERMISSIONS)).then_some(
            "roles, and the permissions in them, are granted to groups: put the person into a static group that has the role",
        )
    }

    fn refusals(&self) -> &'static [Refusal] {
        refusals::REFUSALS
    }

    async fn told(&self, call: &Call, error: Error) -> Error {
        language::named(call, error).await
    }

    /// A change of somebody's groups is a change of each group's members.
    fn parts(&self, uid: &Uid, values: &Values) -> Result<Vec<Box<dyn Part>>> {
        let change = |group: &Uid, add: bool| -> Box<dyn Part> {
            Box::new(Membership::of_person(group.clone(), add, uid.clone(), values.attribute.clone()))
        };
        let comes = values.added.iter().map(|group| change(group, true));
        Ok(comes.chain(values.removed.iter().map(|group| change(group, false))).collect())
    }

    fn saved_notice(&self, before: &Found) -> Option<String> {
        before.presence.is_inactive().then(|| {
            "this person exists and is inactive, and stays so; to revive them, save status t or __ENABLE__ true"
                .to_owned()
        })
    }
}
