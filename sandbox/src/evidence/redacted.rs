//! Requests as they are remembered: without their secrets.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::evidence::record::{RecordedPart, RecordedRequest};
use crate::fault::FaultKind;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::http::uri;

const REDACTED: &str = "[redacted]";
/// Headers that carry secrets.
const SECRET_HEADERS: [&str; 4] = ["authorization", "cookie", "x-csrf-token", "x-client-cert"];
/// Parameters and properties that carry secrets.
const SECRET_NAMES: [&str; 4] = ["assertion", "password", "private_key", "access_token"];
/// Bodies longer than this are not remembered.
const LONGEST_BODY: usize = 64 * 1024;

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
        if is_secret(&uri::decode(name, true)) { format!("{name}={REDACTED}") } else { part.to_owned() }
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
