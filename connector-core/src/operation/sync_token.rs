//! Where an import begins.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where an import begins: after an earlier run, or in the middle of one. Only the connector that handed it out
/// knows what is in it; it holds no secret. Give it back as it is, with the same class and filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct SyncToken(String);

impl SyncToken {
    /// A token with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SyncToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
