//! `get`: one object by its uid or another attribute that tells objects apart, or the certainty that there is none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::object::day::{self, Day};
use crate::object::{AttributeName, ConnectorObject, Evidence, ObjectClass, Presence, Uid, special};

/// Asks for one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GetRequest {
    /// Its class.
    pub object_class: ObjectClass,
    /// Its uid, or its value of the attribute that `by` names.
    pub uid: Uid,
    /// The attribute to look by, if it is not the uid: `__NAME__`, or another one that tells objects apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AttributeName>,
    /// The attributes wanted; all that are returned by default if this is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes_to_get: Option<Vec<AttributeName>>,
    /// The day as of which the object is read; the target's today if absent. A class without days refuses it
    /// ([`dated`](crate::manifest::ObjectClassManifest::dated)).
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Day>")]
    pub as_of: Option<NaiveDate>,
}

impl GetRequest {
    /// Asks for an object with its default attributes.
    pub fn new(object_class: impl Into<ObjectClass>, uid: impl Into<Uid>) -> Self {
        Self {
            object_class: object_class.into(),
            uid: uid.into(),
            by: None,
            attributes_to_get: None,
            as_of: None,
        }
    }

    /// The same, but looking by this attribute.
    #[must_use]
    pub fn by(mut self, attribute: impl Into<AttributeName>) -> Self {
        self.by = Some(attribute.into());
        self
    }

    /// The attribute to look by, unless it is the uid.
    pub fn attribute(&self) -> Option<&AttributeName> {
        self.by.as_ref().filter(|name| !name.is(special::UID))
    }
}

/// What became of looking for an object. That it is not there is an answer, not an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GetOutcome {
    /// Whether it is there.
    pub presence: Presence,
    /// The object, if it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ConnectorObject>,
    /// Whom it may mean, if it is [`Ambiguous`](Presence::Ambiguous); the first of them if they are many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Uid>,
    /// How we know.
    pub evidence: Vec<Evidence>,
    /// Attributes that were asked for and did not come. They are left out of the object: whether they have a value
    /// is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<AttributeName>,
    /// What the caller should know besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

impl GetOutcome {
    /// An outcome without an object.
    pub fn without_object(presence: Presence, evidence: Vec<Evidence>) -> Self {
        Self {
            presence,
            object: None,
            candidates: Vec::new(),
            evidence,
            withheld: Vec::new(),
            notices: Vec::new(),
        }
    }
}
