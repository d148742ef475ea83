//! Messages that could not be understood.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::json;

use super::{PROTOCOL, RequestId};
use crate::error::Error;

/// A request that could not be understood, with as much of it as could.
#[derive(Debug, Clone)]
pub struct MalformedRequest {
    /// Its id, if it had one.
    pub id: Option<RequestId>,
    /// The JSON-RPC code: −32700 no JSON, −32600 no request, −32601 no such method, −32602 wrong
    /// parameters, −32022 a protocol that is not ours.
    pub code: i32,
    /// What is wrong with it.
    pub error: Error,
}

impl MalformedRequest {
    /// The text is no JSON.
    pub fn not_json(sentence: String) -> Self {
        Self::new(None, -32700, sentence)
    }

    /// The JSON is no request, or one that cannot be taken now.
    pub fn no_request(id: Option<RequestId>, sentence: String) -> Self {
        Self::new(id, -32600, sentence)
    }

    /// Nobody knows the method.
    pub fn unknown_method(id: Option<RequestId>, sentence: String) -> Self {
        Self::new(id, -32601, sentence)
    }

    /// The parameters do not suit the method.
    pub fn wrong_params(id: Option<RequestId>, sentence: String) -> Self {
        Self::new(id, -32602, sentence)
    }

    /// The caller speaks another protocol, or another major version of ours.
    pub fn unsupported_protocol(id: Option<RequestId>, wanted: &str) -> Self {
        Self::new(
            id,
            UNSUPPORTED_PROTOCOL,
            format!("the protocol '{wanted}' is not spoken here; {PROTOCOL} is"),
        )
    }

    fn new(id: Option<RequestId>, code: i32, sentence: String) -> Self {
        Self { id, code, error: Error::invalid_request(sentence) }
    }
}

const UNSUPPORTED_PROTOCOL: i32 = -32022;

impl fmt::Display for MalformedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)
    }
}

impl std::error::Error for MalformedRequest {}

/// An error answer. Its id is null if the request had none that could be read.
impl Serialize for MalformedRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serde_json::to_value(&self.error).map_err(serde::ser::Error::custom)?;
        error["code"] = json!(self.code);
        if self.code == UNSUPPORTED_PROTOCOL {
            error["data"]["supported"] = json!([PROTOCOL]);
        }
        json!({"jsonrpc": "2.0", "id": self.id, "error": error}).serialize(serializer)
    }
}
