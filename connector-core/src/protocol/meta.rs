//! What accompanies a request.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::context::{Context, Credentials};
use crate::log::level::LogLevel;

/// What accompanies a request, `params.meta` on the wire.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Meta {
    /// How long the caller waits, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u64>,
    /// The id of the call, in logs and at the target; made up if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// The same for every repeat of this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
    /// Connection data for this request alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// The protocol that the caller speaks; [`PROTOCOL`](super::PROTOCOL) if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// How much of this request is logged; as much as of any other if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogLevel>,
    /// Whether fields that nobody reads are refused; otherwise the answer names them as `ignored`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub strict: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Meta {
    /// The context of the call.
    pub fn context(self, cancellation: CancellationToken) -> Context {
        let mut context = Context::new()
            .with_cancellation(cancellation)
            .with_idempotency_key(self.idempotency_key)
            .with_credentials(self.credentials);
        if let Some(id) = self.correlation_id {
            context = context.with_correlation_id(id);
        }
        match self.deadline_ms {
            Some(milliseconds) => context.with_timeout(Duration::from_millis(milliseconds)),
            None => context,
        }
    }
}
