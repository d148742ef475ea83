//! What is remembered of a request.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;

/// A request that the tenant answered, or cut off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedRequest {
    /// Counts from 1 since the start; it goes on after the log was cleared.
    pub number: u64,
    /// The tenant's time at which the request was there.
    pub at: DateTime<Utc>,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path as it came, percent-encoded.
    pub path: String,
    /// The query as it came; secrets are blotted out.
    pub raw_query: String,
    /// The query's names and values, decoded.
    pub query: Vec<(String, String)>,
    /// The headers by lower-case name, without those that carry secrets.
    pub headers: Vec<(String, String)>,
    /// The JSON body with passwords blotted out; `None` for forms, other formats and very long bodies.
    pub body: Option<serde_json::Value>,
    /// The answer's status; 0 if the connection was cut instead.
    pub status: u16,
    /// How many records the answer carries, or the upsert wrote.
    pub records: usize,
    /// The size of the answer's body, before compression.
    pub bytes: usize,
    /// How long the tenant worked and waited on it.
    #[serde(serialize_with = "micros")]
    pub duration: Duration,
    /// The troubles that were made on purpose, in their text form.
    pub faults: Vec<String>,
    /// The requests inside of a `$batch`, in their order; empty for all others.
    pub parts: Vec<RecordedPart>,
}

/// A request inside of a `$batch`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedPart {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with `/odata/v2/` before it, percent-encoded as it came.
    pub path: String,
    /// The query as it came; secrets are blotted out.
    pub raw_query: String,
    /// The JSON body with passwords blotted out.
    pub body: Option<serde_json::Value>,
    /// The status of its part of the answer. All requests of a change set that failed have that of the one
    /// part that tells it; 0 if there was no answer.
    pub status: u16,
    /// How many records its part of the answer carries.
    pub records: usize,
    /// Whether it was in a change set.
    pub change_set: bool,
    /// The troubles that met its part of the batch.
    pub faults: Vec<String>,
}

impl RecordedRequest {
    /// Whether the connection was cut while the parts of a batch were answered.
    pub(crate) fn parts_cut(&self) -> bool {
        let mut faults = self.parts.iter().flat_map(|part| &part.faults);
        faults.any(|fault| fault == "cut-before" || fault == "cut-after")
    }

    /// The value of a query option.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn micros<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX))
}
