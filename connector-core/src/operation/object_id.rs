//! `delete`, `suspend` and `resume` ask for one thing about one object, and need nothing but its identity.

use serde::{Deserialize, Serialize};

use crate::object::{ObjectClass, Uid};

/// One object of the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectId {
    /// Its class.
    pub object_class: ObjectClass,
    /// Its uid.
    pub uid: Uid,
}

impl ObjectId {
    /// The object of this class with this uid.
    pub fn new(object_class: impl Into<ObjectClass>, uid: impl Into<Uid>) -> Self {
        Self { object_class: object_class.into(), uid: uid.into() }
    }
}
