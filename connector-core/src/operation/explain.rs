//! `explain`: what would be asked of the target or written to it, and how an answer came about.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{SaveAction, SaveMode, SaveRequest};
use crate::filter::Filter;
use crate::object::day::{self, Day};
use crate::object::{
    Attribute, AttributeDelta, AttributeName, Evidence, ObjectClass, Presence, Uid, attributes_as_map,
    deltas_as_map,
};

/// Asks for an explanation, of a filter, an object or a save. Nothing is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ExplainRequest {
    /// The class of the objects.
    pub object_class: ObjectClass,
    /// The filter, the object, or the save.
    #[serde(flatten)]
    pub subject: Subject,
}

/// What is to be explained: `{"filter": …}`, `{"uid": …}` or `{"save": …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// What a search with this filter does.
    Filter(Filter),
    /// How presence and state of the object with this uid come about.
    Uid(Uid),
    /// What this save would write: a dry run.
    Save(ProposedSave),
}

/// A save that is not carried out: a [`SaveRequest`] without its class, which the explanation has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ProposedSave {
    /// As [`SaveRequest::uid`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<Uid>,
    /// As [`SaveRequest::mode`].
    #[serde(default)]
    pub mode: SaveMode,
    /// As [`SaveRequest::attributes`].
    #[serde(with = "deltas_as_map")]
    #[schemars(with = "BTreeMap<AttributeName, crate::object::Change>")]
    pub attributes: Vec<AttributeDelta>,
    /// As [`SaveRequest::effective_date`].
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Day>")]
    pub effective_date: Option<NaiveDate>,
    /// As [`SaveRequest::expected`].
    #[serde(default, with = "attributes_as_map", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "BTreeMap<AttributeName, Vec<crate::object::Value>>")]
    pub expected: Vec<Attribute>,
}

impl ProposedSave {
    /// The save that is meant, of an object of this class.
    pub fn request(&self, object_class: ObjectClass) -> SaveRequest {
        let Self { uid, mode, attributes, effective_date, expected } = self.clone();
        SaveRequest { object_class, uid, mode, attributes, effective_date, expected }
    }
}

impl From<SaveRequest> for ExplainRequest {
    fn from(request: SaveRequest) -> Self {
        let SaveRequest { object_class, uid, mode, attributes, effective_date, expected } = request;
        let save = ProposedSave { uid, mode, attributes, effective_date, expected };
        Self { object_class, subject: Subject::Save(save) }
    }
}

/// An explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Explanation {
    /// Of a filter.
    Filter(FilterExplanation),
    /// Of an object.
    Object(ObjectExplanation),
    /// Of a save.
    Save(SaveExplanation),
}

/// What a search with a filter does. Nothing was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FilterExplanation {
    /// The filter, as text.
    pub filter: String,
    /// The first question that would be put to the target; none if nothing can satisfy the filter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The conditions that the target evaluates, in its own words. What it lets through is checked here.
    pub at_target: Vec<String>,
    /// The conditions that are evaluated here alone, after reading.
    pub here: Vec<Residual>,
}

/// A condition that the target does not evaluate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Residual {
    /// The condition, as text.
    pub filter: String,
    /// Why the target does not evaluate it.
    pub reason: String,
}

/// How presence and state of an object come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectExplanation {
    /// Its uid.
    pub uid: Uid,
    /// Whether it is there.
    pub presence: Presence,
    /// Whether the account is enabled, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What was asked, and what the target said.
    pub evidence: Vec<Evidence>,
    /// What follows from that, and why, in sentences.
    pub reasons: Vec<String>,
}

/// What a save would do. Nothing was written.
///
/// It fails as the save would fail before anything is sent: what is not there, what may not be written, what was
/// [expected](SaveRequest::expected) and is not so. It cannot tell what the target would refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SaveExplanation {
    /// The uid of the object; absent of a new one whose uid the target makes up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<Uid>,
    /// Whether the object is there now.
    pub presence: Presence,
    /// What would be done.
    pub action: SaveAction,
    /// The attributes that would be written.
    pub changed: Vec<AttributeName>,
    /// The attributes that are as asked for already.
    pub unchanged: Vec<AttributeName>,
    /// What would be sent, in that order.
    pub records: Vec<PlannedRecord>,
    /// What the caller should know besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

/// A record that a save would send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PlannedRecord {
    /// The entity at the target.
    pub entity: String,
    /// The record's key, by the target's names of its parts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub key: BTreeMap<String, String>,
    /// The first day on which it holds, where the entity has days.
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Day>")]
    pub effective_date: Option<NaiveDate>,
    /// How it would be sent, for example `POST`.
    pub method: String,
    /// Where to, for example `/path?query`.
    pub path: String,
    /// What would be sent, to the byte, but for secrets: `[redacted]` stands in their place.
    pub body: String,
    /// The target's names of the properties whose values are redacted in the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<String>,
    /// The attributes that are in it.
    pub attributes: Vec<AttributeName>,
}
