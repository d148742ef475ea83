//! What was asked of the tenant, and what it cost. Secrets are never remembered.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::fault::FaultKind;
use crate::http::call::Call;
use crate::http::reply::Reply;

const REDACTED: &str = "[redacted]";
/// Headers that carry secrets.
const SECRET_HEADERS: [&str; 4] = ["authorization", "cookie", "x-csrf-token", "x-client-cert"];
/// Parameters and properties that carry secrets.
const SECRET_NAMES: [&str; 4] = ["assertion", "password", "private_key", "access_token"];
/// Bodies longer than this are not remembered.
const LONGEST_BODY: usize = 64 * 1024;

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

impl RecordedPart {
    pub(crate) fn new(call: &Call, reply: Option<&Reply>, faults: &[FaultKind], change_set: bool) -> Self {
        Self {
            method: call.method.to_string(),
            path: call.raw_path.clone(),
            raw_query: raw_query(call),
            body: body(call),
            status: reply.map_or(0, |reply| reply.status.as_u16()),
            records: reply.map_or(0, |reply| reply.records),
            change_set,
            faults: faults.iter().map(ToString::to_string).collect(),
        }
    }
}

fn micros<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX))
}

impl RecordedRequest {
    pub(crate) fn new(call: &Call, at: DateTime<Utc>) -> Self {
        Self {
            number: 0,
            at,
            method: call.method.to_string(),
            path: call.raw_path.clone(),
            raw_query: raw_query(call),
            query: call.query.iter().map(redacted_pair).collect(),
            headers: headers(call),
            body: body(call),
            status: 0,
            records: 0,
            bytes: 0,
            duration: Duration::ZERO,
            faults: Vec::new(),
            parts: Vec::new(),
        }
    }

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

fn is_secret(name: &str) -> bool {
    SECRET_NAMES.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

fn redacted_pair((name, value): &(String, String)) -> (String, String) {
    (name.clone(), if is_secret(name) { REDACTED.to_owned() } else { value.clone() })
}

fn raw_query(call: &Call) -> String {
    if !call.query.iter().any(|(name, _)| is_secret(name)) {
        return call.raw_query.clone();
    }
    let parts = call.raw_query.split('&').map(|part| {
        let name = part.split('=').next().unwrap_or_default();
        if is_secret(&crate::http::uri::decode(name, true)) {
            format!("{name}={REDACTED}")
        } else {
            part.to_owned()
        }
    });
    parts.collect::<Vec<_>>().join("&")
}

fn headers(call: &Call) -> Vec<(String, String)> {
    call.headers
        .iter()
        .filter(|(name, _)| !SECRET_HEADERS.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

fn body(call: &Call) -> Option<serde_json::Value> {
    if call.body.len() > LONGEST_BODY {
        return None;
    }
    let mut value = serde_json::from_slice(&call.body).ok()?;
    redact(&mut value);
    Some(value)
}

fn redact(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            for (name, inner) in map.iter_mut() {
                if is_secret(name) {
                    *inner = REDACTED.into();
                } else {
                    redact(inner);
                }
            }
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(redact),
        _ => {}
    }
}

/// The last requests, in the order in which they were answered.
#[derive(Debug)]
pub(crate) struct Log {
    limit: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    total: u64,
    requests: VecDeque<RecordedRequest>,
}

impl Log {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, inner: Mutex::new(Inner::default()) }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers and remembers a request.
    pub(crate) fn add(&self, mut request: RecordedRequest) -> RecordedRequest {
        let mut inner = self.lock();
        inner.total += 1;
        request.number = inner.total;
        if inner.requests.len() >= self.limit {
            inner.requests.pop_front();
        }
        if self.limit > 0 {
            inner.requests.push_back(request.clone());
        }
        request
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    pub(crate) fn total(&self) -> u64 {
        self.lock().total
    }

    pub(crate) fn clear(&self) {
        self.lock().requests.clear();
    }
}
