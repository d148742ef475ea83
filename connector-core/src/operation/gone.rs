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
    /// Why, where that is known.
    pub cause: GoneCause,
    /// Its uid from now on, if it was [renamed](GoneCause::Renamed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_uid: Option<Uid>,
    /// How we know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Gone {
    /// The target has this object no longer, for this cause; nothing is told of how that is known.
    pub fn removed(object_class: ObjectClass, uid: Uid, cause: GoneCause) -> Self {
        Self { object_class, uid, reason: GoneReason::Removed, cause, new_uid: None, evidence: Vec::new() }
    }

    /// The object is there, and is not among those that are wanted.
    pub fn left_filter(object_class: ObjectClass, uid: Uid) -> Self {
        let gone = Self::removed(object_class, uid, GoneCause::LeftPopulation);
        Self { reason: GoneReason::LeftFilter, ..gone }
    }

    /// The same, with what proves it.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Vec<Evidence>) -> Self {
        self.evidence = evidence;
        self
    }
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

/// Why an object is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoneCause {
    /// It goes by another uid from now on: [`Gone::new_uid`].
    Renamed,
    /// It was taken back before it began, such as a hire that did not take place.
    Rescinded,
    /// The target has deleted it for good.
    Purged,
    /// It is there, and no longer among the objects that the import is of: filter or configuration leave it out.
    LeftPopulation,
    /// It is there, and the connector's user may not see it any more.
    NotPermitted,
    /// It was there and is not any more, and nobody knows why.
    Unknown,
}

impl GoneCause {
    /// The name on the wire, for example `left_population`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Rescinded => "rescinded",
            Self::Purged => "purged",
            Self::LeftPopulation => "left_population",
            Self::NotPermitted => "not_permitted",
            Self::Unknown => "unknown",
        }
    }
}
