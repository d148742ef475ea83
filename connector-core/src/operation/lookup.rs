//! `lookup`: the values that an attribute may have, as a list that people choose from.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Asks for a list of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LookupRequest {
    /// Its name; the manifest says which there are.
    pub name: String,
    /// How old the answer may be, in milliseconds; 0 asks the target anew. The connector's own choice if
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_ms: Option<u64>,
}

impl LookupRequest {
    /// Asks for the list with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), max_age_ms: None }
    }
}

/// A list of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ValueList {
    /// Its name.
    pub name: String,
    /// How long ago the target was asked, in milliseconds.
    pub age_ms: u64,
    /// Its values. Each code comes once, unless the target itself gives it to several values: then their ids and keys
    /// tell them apart.
    pub values: Vec<ListValue>,
}

/// One value of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ListValue {
    /// What is written into an attribute.
    pub code: String,
    /// What people read, in the target's own language; the code if it has no label.
    pub label: String,
    /// The label in each language that it has, by locale, such as `de_DE`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Whether it may be chosen still.
    pub status: ValueStatus,
    /// The code with the instance of the target before it, so that the lists of several instances do not
    /// meet: `101~VP-MKT`. If several values of the list have this code, their ids are in the place of it.
    pub key: String,
    /// The label with the name of the instance before it.
    pub decode: String,
    /// The target's own id of the value, where that is not its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// Whether a value may be chosen still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueStatus {
    /// It may.
    Active,
    /// It may not, but objects may have it from before.
    Inactive,
}

impl fmt::Display for ValueStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
        })
    }
}
