//! Whether somebody is there, and how we know.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether an object is there. Never "empty": a person who is inactive is not a person who is missing. What kind of
/// person it is, an employee or somebody external, is an attribute and not a presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// There, and may log in.
    Active,
    /// There, and may not log in.
    Inactive,
    /// Known to the target, but only from a later day on. There may be no object yet.
    FutureOnly,
    /// There, but the connector's user may not see it.
    NotPermitted,
    /// There, but in a state that the connector does not know: neither active nor inactive is said of it.
    Unknown,
    /// What was asked for fits more than one object.
    Ambiguous,
    /// Not there.
    NotFound,
}

impl Presence {
    /// Whether the person may log in.
    pub fn is_active(self) -> bool {
        self == Self::Active
    }

    /// Whether it is known that the person may not log in. Of some neither this nor [`Presence::is_active`] is known.
    pub fn is_inactive(self) -> bool {
        self == Self::Inactive
    }

    /// Whether one object is meant, which the target knows: it must not be created again, even where it
    /// does not begin before a later day or may not be seen.
    pub fn exists(self) -> bool {
        !matches!(self, Self::NotFound | Self::Ambiguous)
    }
}

/// In words: `inactive`, `begins later`, `not found`.
impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::FutureOnly => "begins later",
            Self::NotPermitted => "not permitted to see",
            Self::Unknown => "in a state that is not known",
            Self::Ambiguous => "ambiguous",
            Self::NotFound => "not found",
        })
    }
}

/// A question that was put to the target, and what it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Evidence {
    /// The question, as the target understands it.
    pub query: String,
    /// What it answered, in short.
    pub answer: String,
}
