//! `explain`: what would be asked of the target, and how an answer came about.

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::object::{Evidence, ObjectClass, Presence, Uid};

/// Asks for an explanation, of a filter or of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ExplainRequest {
    /// The class of the objects.
    pub object_class: ObjectClass,
    /// The filter, or the object.
    #[serde(flatten)]
    pub subject: Subject,
}

/// What is to be explained: `{"filter": …}` or `{"uid": …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// What a search with this filter does.
    Filter(Filter),
    /// How presence and state of the object with this uid come about.
    Uid(Uid),
}

/// An explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Explanation {
    /// Of a filter.
    Filter(FilterExplanation),
    /// Of an object.
    Object(ObjectExplanation),
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
