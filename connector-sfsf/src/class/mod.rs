//! The object classes: what differs from class to class, and nothing else. A class is a folder: `profile.rs` has its
//! data, `mapping.rs` its attributes, `mod.rs` its rules, and `state.rs`, `companion.rs` and others what only some have.
//! Reading, importing and writing are mechanisms that take a class. How to add one: docs/add-a-class.md.
//!
//! Nowhere else in this crate, configuration and authentication aside, is an entity or a property of the tenant named.

pub(crate) mod call;
mod function;
pub(crate) mod group;
mod ids;
pub(crate) mod lists;
mod permission;
mod position;
pub(crate) mod profile;
pub(crate) mod registry;
mod role;
pub(crate) mod state;
pub(crate) mod user;

use async_trait::async_trait;
use connector_core::object::{AttributeName, Uid};
use connector_core::{Error, Result};

use call::Call;
use profile::Profile;

use crate::config::Configuration;
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;
use crate::odata::upsert::Refusal;
use crate::read::companion::Companion;
use crate::read::found::Found;
use crate::write::part::{Part, Values};

/// The rules of an object class. What is not said here is as for most classes.
#[async_trait]
pub(crate) trait Class: Send + Sync {
    /// Its data.
    fn profile(&self) -> &'static Profile;

    /// Its attributes, as the tenant's metadata allow. There are none for a class whose attributes are the same on every
    /// tenant.
    ///
    /// # Errors
    ///
    /// Metadata without what makes an object of this class.
    fn model(&self, entity: Option<&EntityType>) -> Result<Model>;

    /// The states that exist for the connector.
    fn states(&self, _settings: &Configuration) -> Vec<&'static str> {
        self.profile().state.map(|rule| rule.texts()).unwrap_or_default()
    }

    /// The condition that goes along with searches and imports, besides that on the state.
    fn condition(&self, _settings: &Configuration) -> Option<String> {
        None
    }

    /// The population in short, so that the token of an import is good for the same one only. Never to be changed: tokens
    /// of earlier releases are still in use.
    fn population_key(&self, settings: &Configuration) -> String {
        self.condition(settings).unwrap_or_default()
    }

    /// What reads these attributes, which do not come with the records.
    fn companion(&self, _attributes: &[AttributeName]) -> Option<Box<dyn Companion>> {
        None
    }

    /// A way to look for objects by what is no attribute of theirs.
    fn detour(&self, _name: &AttributeName) -> Option<&'static Detour> {
        None
    }

    /// What else there is to know of an object that was, or was not, found.
    ///
    /// # Errors
    ///
    /// Those of reading.
    async fn refine(&self, _call: &Call, _uid: &Uid, found: Found) -> Result<Found> {
        Ok(found)
    }

    /// How the state of an object comes about, in sentences.
    fn reasons(&self, found: &Found) -> Vec<String> {
        let Profile { entity, words, .. } = self.profile();
        vec![match &found.object {
            Some(_) => format!("{entity} shows the record, so there is such a {}", words.one),
            None => format!("{entity} shows no such record to the API user"),
        }]
    }

    /// What an attribute that cannot be written is told, if there is another way.
    fn read_only_advice(&self, _name: &AttributeName) -> Option<&'static str> {
        None
    }

    /// What the tenant says when it refuses a record of this class, and what that means.
    fn refusals(&self) -> &'static [Refusal] {
        &[]
    }

    /// A refusal with what has to be looked up to say it well.
    async fn told(&self, _call: &Call, error: Error) -> Error {
        error
    }

    /// What is sent so that values come into an attribute that is read apart from the records, and leave it.
    ///
    /// # Errors
    ///
    /// An attribute that cannot be written.
    fn parts(&self, _uid: &Uid, values: &Values) -> Result<Vec<Box<dyn Part>>> {
        Err(Error::invalid_attribute(
            values.attribute.clone(),
            format!("'{}' is read-only", values.attribute),
        ))
    }

    /// What a caller should know who saved an object that was so before, and whose state was not asked to change.
    fn saved_notice(&self, _before: &Found) -> Option<String> {
        None
    }
}

/// A way to look for objects by what is no attribute of theirs.
pub(crate) struct Detour {
    pub path: &'static str,
    /// What is said where the tenant does not have that way, and what to do instead.
    pub missing: &'static str,
    pub advice: &'static str,
}
