//! What a carrier says of itself.

use std::time::Duration;

use serde::{Serialize, Serializer};

use super::{PROTOCOL, PROTOCOL_MINOR};
use crate::manifest::Manifest;

/// The answer to `hello`: who is there, and what can be done.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Welcome {
    /// The protocol.
    pub protocol: &'static str,
    /// Its minor version.
    pub protocol_minor: u32,
    /// Who answers.
    pub server: Server,
    /// How much is taken.
    pub limits: Limits,
    /// What the connector can do.
    pub manifest: Manifest,
}

impl Welcome {
    /// What a carrier with these limits says of a connector.
    pub fn new(server: Server, limits: Limits, manifest: Manifest) -> Self {
        Self { protocol: PROTOCOL, protocol_minor: PROTOCOL_MINOR, server, limits, manifest }
    }
}

/// The program or library that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Server {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// How much a carrier takes. What is beyond is refused with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Limits {
    /// Bytes of one request.
    pub request_bytes: usize,
    /// Requests under way at the same time.
    pub requests: usize,
    /// Items and problems of a stream that may come before the caller asks for more.
    pub credit: usize,
    /// A request that has nothing to say for so long says that it is alive.
    #[serde(rename = "keep_alive_ms", serialize_with = "milliseconds")]
    #[schemars(with = "u64")]
    pub keep_alive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { request_bytes: 16 << 20, requests: 256, credit: 200, keep_alive: Duration::from_secs(15) }
    }
}

fn milliseconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
