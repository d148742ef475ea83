//! What a host asks for.

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tokio_util::sync::CancellationToken;

use crate::context::{Context, Credentials};
use crate::log::LogLevel;
use crate::object::ObjectClass;
use crate::operation::{
    ExplainRequest, GetRequest, ImportRequest, LookupRequest, ObjectId, Operation, ResetPasswordRequest,
    SaveRequest, SchemaRequest, SearchRequest, TestRequest,
};
use crate::protocol::{Frame, MalformedRequest};

/// What can be explained.
const SUBJECTS: [&str; 3] = ["filter", "uid", "save"];

/// What the host calls a request by: a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged, expecting = "an id is a whole number or a text")]
pub enum RequestId {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What the answers refer to.
    pub id: RequestId,
    /// What is asked for.
    pub call: Call,
    /// What accompanies it.
    pub meta: Meta,
    /// The fields that it came with and that nobody reads, by their paths. The answer names them.
    pub ignored: Vec<String>,
}

/// An operation with what it takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// `test`
    Test(TestRequest),
    /// `schema`
    Schema(SchemaRequest),
    /// `get`
    Get(GetRequest),
    /// `search`
    Search(SearchRequest),
    /// `import`
    Import(ImportRequest),
    /// `save`
    Save(SaveRequest),
    /// `delete`
    Delete(ObjectId),
    /// `suspend`
    Suspend(ObjectId),
    /// `resume`
    Resume(ObjectId),
    /// `reset_password`
    ResetPassword(ResetPasswordRequest),
    /// `lookup`
    Lookup(LookupRequest),
    /// `explain`
    Explain(ExplainRequest),
}

impl Call {
    /// The operation.
    pub fn operation(&self) -> Operation {
        match self {
            Self::Test(_) => Operation::Test,
            Self::Schema(_) => Operation::Schema,
            Self::Get(_) => Operation::Get,
            Self::Search(_) => Operation::Search,
            Self::Import(_) => Operation::Import,
            Self::Save(_) => Operation::Save,
            Self::Delete(_) => Operation::Delete,
            Self::Suspend(_) => Operation::Suspend,
            Self::Resume(_) => Operation::Resume,
            Self::ResetPassword(_) => Operation::ResetPassword,
            Self::Lookup(_) => Operation::Lookup,
            Self::Explain(_) => Operation::Explain,
        }
    }

    /// The object class it is for, if it is for one.
    pub fn object_class(&self) -> Option<&ObjectClass> {
        match self {
            Self::Test(_) | Self::Schema(_) | Self::Lookup(_) => None,
            Self::Get(request) => Some(&request.object_class),
            Self::Search(request) => Some(&request.object_class),
            Self::Import(request) => Some(&request.object_class),
            Self::Save(request) => Some(&request.object_class),
            Self::Delete(id) | Self::Suspend(id) | Self::Resume(id) => Some(&id.object_class),
            Self::ResetPassword(request) => Some(&request.object_class),
            Self::Explain(request) => Some(&request.object_class),
        }
    }

    fn parse(operation: Operation, params: Json) -> Result<Self, serde_json::Error> {
        fn read<T: DeserializeOwned>(params: Json) -> Result<T, serde_json::Error> {
            serde_json::from_value(params)
        }
        Ok(match operation {
            Operation::Test => Self::Test(read(params)?),
            Operation::Schema => Self::Schema(read(params)?),
            Operation::Get => Self::Get(read(params)?),
            Operation::Search => Self::Search(read(params)?),
            Operation::Import => Self::Import(read(params)?),
            Operation::Save => Self::Save(read(params)?),
            Operation::Delete => Self::Delete(read(params)?),
            Operation::Suspend => Self::Suspend(read(params)?),
            Operation::Resume => Self::Resume(read(params)?),
            Operation::ResetPassword => Self::ResetPassword(read(params)?),
            Operation::Lookup => Self::Lookup(read(params)?),
            Operation::Explain if SUBJECTS.iter().filter(|name| params.get(**name).is_some()).count() > 1 => {
                return Err(serde::de::Error::custom("give one of filter, uid and save"));
            }
            Operation::Explain => Self::Explain(read(params)?),
        })
    }

    fn params(&self) -> serde_json::Result<Json> {
        match self {
            Self::Test(request) => serde_json::to_value(request),
            Self::Schema(request) => serde_json::to_value(request),
            Self::Get(request) => serde_json::to_value(request),
            Self::Search(request) => serde_json::to_value(request),
            Self::Import(request) => serde_json::to_value(request),
            Self::Save(request) => serde_json::to_value(request),
            Self::Delete(id) | Self::Suspend(id) | Self::Resume(id) => serde_json::to_value(id),
            Self::ResetPassword(request) => serde_json::to_value(request),
            Self::Lookup(request) => serde_json::to_value(request),
            Self::Explain(request) => serde_json::to_value(request),
        }
    }
}

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

impl Request {
    /// A request without deadline and other company.
    pub fn new(id: i64, call: Call) -> Self {
        Self { id: RequestId::Number(id), call, meta: Meta::default(), ignored: Vec::new() }
    }

    /// Reads a request from its JSON. Unknown fields are [noted](Self::ignored), or refused if `meta.strict` says so.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, JSON that is not a request, unknown methods, wrong parameters, a protocol
    /// that is not ours.
    pub fn from_json(text: &[u8]) -> Result<Self, MalformedRequest> {
        Self::from_frame(Frame::from_json(text)?)
    }

    /// Reads a request for an operation.
    pub(super) fn from_frame(mut frame: Frame) -> Result<Self, MalformedRequest> {
        let operation = Operation::from_name(&frame.method).ok_or_else(|| frame.unknown_method(&[]))?;
        let id = frame.required_id()?;
        let meta = frame.meta()?;
        let params = Json::Object(std::mem::take(&mut frame.params));
        let call = Call::parse(operation, params).map_err(|error| frame.wrong_params(&error))?;
        Ok(Self { id, call, meta, ignored: frame.ignored })
    }

    /// The JSON of this request. Secrets in it are redacted.
    ///
    /// # Errors
    ///
    /// Only if a value cannot be written as JSON, which no value of the object model does.
    pub fn to_json(&self) -> serde_json::Result<Json> {
        let mut params = self.call.params()?;
        if self.meta != Meta::default() {
            params["meta"] = serde_json::to_value(&self.meta)?;
        }
        Ok(json!({
            "jsonrpc": "2.0", "id": self.id, "method": self.call.operation(), "params": params
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str) {
        let request = Request::from_json(json.as_bytes()).unwrap();
        assert_eq!(request.to_json().unwrap(), serde_json::from_str::<Json>(json).unwrap());
    }

    #[test]
    fn requests_survive_the_wire() {
        check(r#"{"jsonrpc":"2.0","id":1,"method":"test","params":{}}"#);
        check(
            r#"{"jsonrpc":"2.0","id":"a","method":"search","params":{"object_class":"User",
               "filter":{"equal":["__NAME__","jdoe"]},"attributes_to_get":["email"],"page":{"size":100},
               "meta":{"deadline_ms":30000,"correlation_id":"c-1"}}}"#,
        );
        check(
            r#"{"jsonrpc":"2.0","id":3,"method":"save","params":{"object_class":"User","uid":"jdoe","mode":"update",
               "attributes":{"title":["Engineer"],"matrixManager":{"add":["boss"]}}}}"#,
        );
        check(r#"{"jsonrpc":"2.0","id":5,"method":"lookup","params":{"name":"departments","max_age_ms":0}}"#);
        check(r#"{"jsonrpc":"2.0","id":6,"method":"explain","params":{"object_class":"User","uid":"jdoe"}}"#);
        check(
            r#"{"jsonrpc":"2.0","id":7,"method":"explain","params":{"object_class":"User","filter":{"equal":["a","b"]}}}"#,
        );
        check(r#"{"jsonrpc":"2.0","id":4,"method":"suspend","params":{"object_class":"User","uid":"jdoe"}}"#);
    }

    #[test]
    fn unknown_fields_are_ignored_and_noted() {
        let json =
            r#"{"id":1,"method":"get","params":{"object_class":"User","uid":"x","shape":"round"},"x":1}"#;
        assert_eq!(Request::from_json(json.as_bytes()).unwrap().ignored, ["message.x", "shape"]);
    }

    #[test]
    fn a_strict_request_has_no_unknown_fields() {
        refuse(
            r#"{"id":1,"method":"get","params":{"object_class":"User","uid":"x","shape":"round","meta":{"strict":true,"dead":1}}}"#,
            -32602,
            "wrong parameters for 'get': nobody reads 'meta.dead', 'shape', and meta.strict refuses that",
        );
        let json = r#"{"id":1,"method":"test","params":{"meta":{"strict":true}}}"#;
        assert!(Request::from_json(json.as_bytes()).is_ok());
    }

    #[track_caller]
    fn refuse(json: &str, code: i32, message: &str) {
        let malformed = Request::from_json(json.as_bytes()).unwrap_err();
        assert_eq!((malformed.code, malformed.to_string().as_str()), (code, message));
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_sentence() {
        refuse("{", -32700, "the request is not JSON: EOF while parsing an object at line 1 column 1");
        refuse(r#"{"id":1}"#, -32600, "this is not a request: missing field `method`");
        refuse(
            r#"{"id":1.5,"method":"test"}"#,
            -32600,
            "this is not a request: an id is a whole number or a text",
        );
        refuse(r#""test""#, -32600, "this is not a request: invalid type: a text, expected a JSON object");
        refuse(
            r#"{"id":1,"method":"fire"}"#,
            -32601,
            "unknown method 'fire'; known are test, schema, get, search, import, save, delete, suspend, resume, reset_password, lookup, explain",
        );
        refuse(
            r#"{"id":1,"method":"get","params":{"object_class":"User"}}"#,
            -32602,
            "wrong parameters for 'get': missing field `uid`",
        );
        refuse(
            r#"{"id":1,"method":"explain","params":{"object_class":"User","uid":"x","filter":"a eq 'b'"}}"#,
            -32602,
            "wrong parameters for 'explain': give one of filter, uid and save",
        );
    }

    /// What stands in the wrong place may be a secret: it is not repeated.
    #[test]
    fn a_text_in_the_wrong_place_is_not_shown() {
        let secret = r#"hunter2\", expected u64"#;
        for text in [
            format!(r#""{secret}""#),
            format!(r#"{{"id":1,"method":"test","params":"{secret}"}}"#),
            format!(r#"{{"id":1,"method":"test","params":{{"meta":{{"credentials":"{secret}"}}}}}}"#),
            format!(r#"{{"id":1,"method":"test","params":{{"meta":{{"deadline_ms":"{secret}"}}}}}}"#),
            format!(
                r#"{{"id":1,"method":"save","params":{{"object_class":"User","attributes":"{secret}"}}}}"#
            ),
        ] {
            let refused = Request::from_json(text.as_bytes()).unwrap_err().to_string();
            assert!(!refused.contains("hunter2") && refused.contains("a text, expected"), "{refused}");
        }
    }

    #[test]
    fn a_secret_is_read_but_never_written() {
        let json = r#"{"id":1,"method":"reset_password","params":{"object_class":"User","uid":"x","new_password":{"$secret":"Pa55"}}}"#;
        let request = Request::from_json(json.as_bytes()).unwrap();
        let Call::ResetPassword(reset) = &request.call else { panic!() };
        assert_eq!(reset.new_password.expose(), "Pa55");
        assert!(!format!("{request:?}{}", request.to_json().unwrap()).contains("Pa55"));
    }
}
