//! What a connector can do, as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::object::{Attribute, AttributeName, ObjectClass};
use crate::operation::{Operation, SaveMode, SaveRequest};

/// What a connector can do. It is generated from the code and the same over every carrier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Manifest {
    /// The connector's name, for example `sfsf`.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// Its version.
    pub version: String,
    /// The version of the wire protocol that it speaks.
    pub protocol: String,
    /// The minor version of that protocol.
    #[serde(default)]
    pub protocol_minor: u32,
    /// Its object classes.
    pub object_classes: Vec<ObjectClassManifest>,
    /// Its lists of values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lookups: Vec<LookupManifest>,
    /// The keys of its configuration.
    pub configuration: Vec<ConfigurationProperty>,
}

impl Manifest {
    /// The object class with this name or alias.
    pub fn object_class(&self, name: &ObjectClass) -> Option<&ObjectClassManifest> {
        self.object_classes.iter().find(|class| class.name == *name || class.aliases.contains(name))
    }
}

/// What can be done with the objects of a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectClassManifest {
    /// Its name.
    pub name: ObjectClass,
    /// Other names for it.
    pub aliases: Vec<ObjectClass>,
    /// What can be done.
    pub operations: Vec<Operation>,
    /// What a delete does.
    pub delete: DeleteMeaning,
    /// The attribute that a new object takes its uid from; the target makes one up if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid_attribute: Option<AttributeName>,
    /// The attribute that `__NAME__` stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_attribute: Option<AttributeName>,
    /// How much of a search the connector understands.
    pub search: SearchManifest,
    /// How much of an import the connector understands.
    #[serde(default)]
    pub import: ImportManifest,
    /// How much of a save the connector understands.
    #[serde(default)]
    pub save: SaveManifest,
    /// Whether the objects have days: they are read as of a day (`as_of`), and change from a day on (`effective_date`).
    /// Of others, both are refused.
    #[serde(default)]
    pub dated: bool,
    /// What to know before using it.
    pub notes: Vec<String>,
}

impl ObjectClassManifest {
    /// Refuses a day in a request about objects that have none.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](crate::ErrorKind::Unsupported), with the name of the field.
    pub fn admit_day(&self, field: &'static str, day: Option<NaiveDate>) -> Result<()> {
        if day.is_none() || self.dated {
            return Ok(());
        }
        let message = format!("objects of class '{}' have no days, so {field} means nothing", self.name);
        Err(Error::unsupported(message).with_attributes([field.into()]))
    }

    /// Refuses what a save expects, and the day it is for, where the class cannot heed them.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](crate::ErrorKind::Unsupported), with the name of the field; a creation that expects something is
    /// an [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    pub fn admit_save(&self, request: &SaveRequest) -> Result<()> {
        self.admit_day("effective_date", request.effective_date)?;
        if request.expected.is_empty() {
            return Ok(());
        }
        if !self.save.expected {
            let message = format!("what a save of class '{}' expects is not compared", self.name);
            return Err(Error::unsupported(message).with_attributes(["expected".into()]));
        }
        let twice =
            |(place, one): (usize, &Attribute)| request.expected[..place].iter().any(|o| o.name == one.name);
        if request.expected.iter().enumerate().any(twice) {
            let message = "an attribute is expected to be two things";
            return Err(Error::invalid_request(message).with_attributes(["expected".into()]));
        }
        if request.mode == SaveMode::Create {
            let message = "what does not exist yet has nothing that could be expected of it";
            return Err(Error::invalid_request(message).with_attributes(["expected".into()]));
        }
        Ok(())
    }
}

/// A list of values, for `lookup`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LookupManifest {
    /// Its name; one that ends with `:` goes on with the name of a list of the target.
    pub name: String,
    /// What is in it.
    pub help: String,
}

/// What a delete does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeleteMeaning {
    /// The object is gone, and a second delete is an error.
    Removes,
    /// The object is made inactive and stays; a second delete succeeds and writes nothing.
    Inactivates,
}

/// Which options of a search have an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SearchManifest {
    /// `sort_keys`
    pub sort_keys: bool,
    /// `page` with an offset
    pub page_by_offset: bool,
    /// `page` with a cookie
    pub page_by_cookie: bool,
}

/// What an import can do besides bringing everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportManifest {
    /// It brings what has changed since a `sync_token`, and knows `token_only`.
    pub delta: bool,
    /// It hands out checkpoints: after one of them as `sync_token`, the run goes on that it is of.
    #[serde(default)]
    pub resume: bool,
    /// It looks for `missing` objects, and says who is gone.
    pub missing: bool,
}

/// What a save can do besides writing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SaveManifest {
    /// It makes objects that are not there. Without it, only those that are there can be changed.
    #[serde(default)]
    pub create: bool,
    /// It compares what is there with what is `expected`, and writes nothing if that differs.
    pub expected: bool,
    /// `explain` of a save says what would be sent.
    pub dry_run: bool,
}

/// A key of the configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ConfigurationProperty {
    /// The key.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// What it means and what it may be.
    pub help: String,
    /// It must be given, whatever else is. What another key can replace is not required: its help says when it is needed.
    pub required: bool,
    /// It must not be shown.
    pub confidential: bool,
    /// What holds if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}
