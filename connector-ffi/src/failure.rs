//! Why a function of the ABI did not do what it was asked.

use connector_core::protocol::{Event, MalformedRequest};
use connector_core::{Error, ErrorKind};
use serde_json::json;

use crate::status::sfsf_status;

/// A status below zero, and the JSON that explains it.
pub struct Failure {
    pub status: sfsf_status,
    pub json: Vec<u8>,
}

impl Failure {
    /// The caller used the ABI in a way that it does not allow.
    pub fn misuse(status: sfsf_status, sentence: &str) -> Self {
        Self::of(status, &Error::invalid_request(sentence.to_owned()))
    }

    /// An error that belongs to no request.
    pub fn of(status: sfsf_status, error: &Error) -> Self {
        let json = json!({"jsonrpc": "2.0", "id": null, "error": error});
        Self { status, json: json.to_string().into_bytes() }
    }

    /// A final event that is an error.
    pub fn event(event: &Event) -> Self {
        let status = match event {
            Event::Error { error, .. } => status(error),
            Event::Malformed(_) => sfsf_status::SFSF_MALFORMED,
            _ => sfsf_status::SFSF_FAILED,
        };
        Self { status, json: line(event) }
    }
}

impl From<MalformedRequest> for Failure {
    fn from(malformed: MalformedRequest) -> Self {
        Self::event(&Event::Malformed(malformed))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::of(status(&error), &error)
    }
}

fn status(error: &Error) -> sfsf_status {
    match error.kind() {
        ErrorKind::Cancelled => sfsf_status::SFSF_CANCELLED,
        _ => sfsf_status::SFSF_FAILED,
    }
}

/// An event as JSON.
pub fn line(event: &Event) -> Vec<u8> {
    // What cannot be written as JSON does not occur among events.
    serde_json::to_vec(event).unwrap_or_default()
}
