//! `get`: one object by its uid, or the certainty that there is none.

use serde::{Deserialize, Serialize};

use crate::object::{AttributeName, ConnectorObject, Evidence, ObjectClass, Presence, Uid};

/// Asks for one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GetRequest {
    /// Its class.
    pub object_class: ObjectClass,
    /// Its uid.
    pub uid: Uid,
    /// The attributes wanted; all that are returned by default if this is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes_to_get: Option<Vec<AttributeName>>,
}

impl GetRequest {
    /// Asks for an object with its default attributes.
    pub fn new(object_class: impl Into<ObjectClass>, uid: impl Into<Uid>) -> Self {
        Self { object_class: object_class.into(), uid: uid.into(), attributes_to_get: None }
    }
}

/// What became of looking for an object. That it is not there is an answer, not an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Lookup {
    /// Whether it is there.
    pub presence: Presence,
    /// The object, if it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ConnectorObject>,
    /// How we know.
    pub evidence: Vec<Evidence>,
}
