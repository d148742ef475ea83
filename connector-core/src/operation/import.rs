//! `import`: all objects of a class, as a stream.

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::object::{AttributeName, ObjectClass};

/// Asks for all objects of a class, with [`Progress`](super::Progress) on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportRequest {
    /// The class.
    pub object_class: ObjectClass,
    /// Only the objects that satisfy this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// The attributes wanted; all that are returned by default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes_to_get: Option<Vec<AttributeName>>,
}

impl ImportRequest {
    /// Asks for every object of a class.
    pub fn new(object_class: impl Into<ObjectClass>) -> Self {
        Self { object_class: object_class.into(), filter: None, attributes_to_get: None }
    }
}
