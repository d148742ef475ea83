//! `save`: create an object or change it, in one operation.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Effect;
use crate::object::day::{self, Day};
use crate::object::{
    Attribute, AttributeDelta, AttributeName, ObjectClass, Presence, Uid, attributes_as_map, deltas_as_map,
};

/// Asks for an object to be as described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SaveRequest {
    /// Its class.
    pub object_class: ObjectClass,
    /// Its uid. Where the target takes the uid from an attribute, it may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<Uid>,
    /// What to do about objects that are, or are not, there.
    #[serde(default)]
    pub mode: SaveMode,
    /// The attributes to change. What is not mentioned stays as it is.
    #[serde(with = "deltas_as_map")]
    #[schemars(with = "std::collections::BTreeMap<AttributeName, crate::object::Change>")]
    pub attributes: Vec<AttributeDelta>,
    /// The first day on which the change holds; the target's today if absent. A class without days refuses it
    /// ([`dated`](crate::manifest::ObjectClassManifest::dated)).
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Day>")]
    pub effective_date: Option<NaiveDate>,
    /// What the writer believes that the object has, `{"title":["Engineer"]}`, an empty list for no value. If it has
    /// anything else, nothing is written, and the error is
    /// [`PreconditionFailed`](crate::ErrorKind::PreconditionFailed) with the attributes that differ; it is the same if
    /// the object is not there and would be created. The order of several values does not matter. A class that cannot
    /// compare refuses it ([`expected`](crate::manifest::SaveManifest::expected)).
    #[serde(default, with = "attributes_as_map", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "BTreeMap<AttributeName, Vec<crate::object::Value>>")]
    pub expected: Vec<Attribute>,
}

impl SaveRequest {
    /// Asks for these changes to the object with this uid, which is created if it is not there.
    pub fn new(
        object_class: impl Into<ObjectClass>,
        uid: impl Into<Uid>,
        attributes: Vec<AttributeDelta>,
    ) -> Self {
        Self {
            object_class: object_class.into(),
            uid: Some(uid.into()),
            mode: SaveMode::default(),
            attributes,
            effective_date: None,
            expected: Vec::new(),
        }
    }

    /// Asks for a new object. Its uid comes from its attributes, or the target makes it up.
    pub fn create(object_class: impl Into<ObjectClass>, attributes: Vec<AttributeDelta>) -> Self {
        Self { uid: None, mode: SaveMode::Create, ..Self::new(object_class, Uid::new(""), attributes) }
    }

    /// The same, but create only or update only.
    #[must_use]
    pub fn with_mode(mut self, mode: SaveMode) -> Self {
        self.mode = mode;
        self
    }

    /// The same, but only if the object has these values.
    #[must_use]
    pub fn expecting(mut self, expected: Vec<Attribute>) -> Self {
        self.expected = expected;
        self
    }
}

/// What to do about objects that are, or are not, there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaveMode {
    /// Create the object if it is not there.
    #[default]
    CreateOrUpdate,
    /// An object that is there is an error ([`AlreadyExists`](crate::ErrorKind::AlreadyExists)).
    Create,
    /// An object that is not there is an error ([`NotFound`](crate::ErrorKind::NotFound)).
    Update,
}

/// What a write did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SaveOutcome {
    /// The uid of the object.
    pub uid: Uid,
    /// What was done.
    pub action: SaveAction,
    /// Whether the object was there before, and in which state.
    pub presence_before: Presence,
    /// Its state now.
    pub presence: Presence,
    /// The attributes that were written.
    pub changed: Vec<AttributeName>,
    /// The attributes that were as asked for already.
    pub unchanged: Vec<AttributeName>,
    /// One result for each entity that was written at the target.
    pub parts: Vec<PartResult>,
    /// What the caller should know besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

impl SaveOutcome {
    /// Nothing was written, since everything was so already.
    pub fn unchanged(uid: Uid, presence: Presence, unchanged: Vec<AttributeName>) -> Self {
        Self {
            uid,
            action: SaveAction::Unchanged,
            presence_before: presence,
            presence,
            changed: Vec::new(),
            unchanged,
            parts: Vec::new(),
            notices: Vec::new(),
        }
    }
}

/// What a write did to an object, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaveAction {
    /// It was made.
    Created,
    /// It was changed.
    Updated,
    /// It was inactive and is active again, whatever else was changed.
    Revived,
    /// It was active and is inactive now, whatever else was changed.
    Suspended,
    /// It was removed.
    Deleted,
    /// It was so already; nothing was written.
    Unchanged,
}

impl fmt::Display for SaveAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Revived => "revived",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
            Self::Unchanged => "unchanged",
        })
    }
}

/// What became of one record of a write, and what the target said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PartResult {
    /// The entity at the target.
    pub entity: String,
    /// The record's key, by the target's names of its parts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub key: BTreeMap<String, String>,
    /// What became of the record: one that was not sent is `not_applied`.
    pub effect: Effect,
    /// The attributes that are in the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeName>,
    /// The target's word for the outcome.
    pub status: String,
    /// The target's code for the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The target's text, if it said anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
