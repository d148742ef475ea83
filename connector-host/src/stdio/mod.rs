//! The protocol over standard input and output: one JSON object a line, many requests at a time.
//!
//! A line in is a [`Message`](connector_core::protocol::Message), a line out an
//! [`Event`](connector_core::protocol::Event); `docs/protocol.md` has all of them. Output is protocol
//! and nothing else; log lines go elsewhere.

mod lines;
mod responder;
mod running;
mod server;
mod session;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use connector_core::Provider;
use connector_core::log::{LogBridge, LogLevel};
use connector_core::protocol::Limits;
use serde_json::{Map, Value as Json};

pub use server::serve;

/// How long requests under way may still take when the input has ended, before they are cancelled.
const GRACE: Duration = Duration::from_secs(3);

/// What a server works with.
pub struct Host {
    /// Where connectors come from.
    pub provider: Arc<dyn Provider>,
    /// The configuration of sessions that bring none.
    pub configuration: Option<Map<String, Json>>,
    /// How much is taken.
    pub limits: Limits,
    /// Where log lines go.
    pub log: Arc<LogBridge>,
    /// How much is logged of requests that do not say.
    pub level: LogLevel,
}
