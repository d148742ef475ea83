//! An object that the caller has to let go of.

use serde::{Deserialize, Serialize};

use crate::object::{Evidence, ObjectClass, Uid};

/// An object that the caller has to let go of, if it has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Gone {
    /// Its class.
    pub object_class: ObjectClass,
    /// Its uid.
    pub uid: Uid,
    /// What became of it.
    pub reason: GoneReason,
    /// How we know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// What became of an object that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoneReason {
    /// The target has it no longer.
    Removed,
    /// It is there, and no longer satisfies the filter of the import.
    LeftFilter,
}

impl GoneReason {
    /// The name on the wire, for example `left_filter`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::LeftFilter => "left_filter",
        }
    }
}
