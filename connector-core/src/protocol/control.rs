//! What is told and asked around the operations.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::{RequestId, SessionId};

/// Who is calling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Hello {
    /// The protocols that the caller speaks; [`PROTOCOL`](super::PROTOCOL) if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocols: Option<Vec<String>>,
    /// The caller's name and version, for the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
}

/// Asks for a session.
#[derive(Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Open {
    /// The configuration of the connector, its keys as the manifest names them; what the program was
    /// started with, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Map<String, Json>>,
}

/// Shows which keys are set, and none of their values.
impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.configuration.as_ref().map(|keys| keys.keys().collect::<Vec<_>>());
        f.debug_struct("Open").field("configuration", &keys).finish()
    }
}

/// Ends a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Close {
    /// The session.
    pub session: SessionId,
}

/// Cancels a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Cancel {
    /// The request.
    pub id: RequestId,
}

/// Lets more items come, or says that the caller has enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Credit {
    /// The request.
    pub id: RequestId,
    /// So many items and problems more.
    #[serde(default)]
    pub items: u32,
    /// The stream shall end with a summary whose status is `stopped`.
    #[serde(default)]
    pub stop: bool,
}
