//! The envelope of a message: JSON-RPC 2.0, whatever is inside.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::unknown;
use super::{MalformedRequest, Meta, PROTOCOL, RequestId};
use crate::operation::Operation;

/// A message whose parameters have not been read yet.
pub(super) struct Frame {
    /// Absent in a notification, which nobody answers.
    pub id: Option<RequestId>,
    /// What is asked for.
    pub method: String,
    /// With what.
    pub params: Map<String, Json>,
    /// What nobody reads of it.
    pub ignored: Vec<String>,
}

#[derive(Deserialize)]
#[serde(expecting = "a JSON object")]
struct Wire {
    #[serde(default)]
    id: Option<RequestId>,
    method: String,
    #[serde(default)]
    params: Map<String, Json>,
}

impl Frame {
    pub fn from_json(text: &[u8]) -> Result<Self, MalformedRequest> {
        let text = std::str::from_utf8(text)
            .map_err(|e| MalformedRequest::not_json(format!("the request is not UTF-8: {e}")))?;
        let json: Json = serde_json::from_str(text)
            .map_err(|e| MalformedRequest::not_json(format!("the request is not JSON: {e}")))?;
        if json.is_array() {
            let sentence = "this is not a request: send each request by itself, not in an array";
            return Err(MalformedRequest::no_request(None, sentence.to_owned()));
        }
        let id = json.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
        let mut ignored = unknown::in_envelope(&json);
        match serde_json::from_value(json) {
            Ok(Wire { id, method, params }) => {
                ignored.extend(unknown::in_params(&method, &params));
                Ok(Self { id, method, params, ignored })
            }
            Err(e) => Err(MalformedRequest::no_request(id, format!("this is not a request: {}", told(&e)))),
        }
    }

    /// The id, of a request that has to be answered.
    pub fn required_id(&self) -> Result<RequestId, MalformedRequest> {
        self.id.clone().ok_or_else(|| {
            let sentence = format!("this is not a request: '{}' needs an id to be answered", self.method);
            MalformedRequest::no_request(None, sentence)
        })
    }

    /// What accompanies the request. It is taken out of the parameters. With `strict`, what nobody reads is refused.
    pub fn meta(&mut self) -> Result<Meta, MalformedRequest> {
        let meta = self.params.remove("meta").map(serde_json::from_value).transpose();
        let meta: Meta = meta.map_err(|error| self.wrong_params(&error))?.unwrap_or_default();
        match &meta.protocol {
            Some(other) if other != PROTOCOL => {
                Err(MalformedRequest::unsupported_protocol(self.id.clone(), other))
            }
            _ if meta.strict && !self.ignored.is_empty() => Err(self.unknown_fields()),
            _ => Ok(meta),
        }
    }

    /// The parameters, of a message that is no operation.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, MalformedRequest> {
        serde_json::from_value(Json::Object(self.params.clone())).map_err(|error| self.wrong_params(&error))
    }

    pub fn wrong_params(&self, error: &serde_json::Error) -> MalformedRequest {
        let sentence = format!("wrong parameters for '{}': {}", self.method, told(error));
        self.naming_ignored(MalformedRequest::wrong_params(self.id.clone(), sentence))
    }

    /// A field that is missing may be there under another name.
    fn naming_ignored(&self, malformed: MalformedRequest) -> MalformedRequest {
        MalformedRequest { error: malformed.error.with_ignored(self.ignored.clone()), ..malformed }
    }

    fn unknown_fields(&self) -> MalformedRequest {
        let names: Vec<_> = self.ignored.iter().map(|name| format!("'{name}'")).collect();
        let sentence = format!(
            "wrong parameters for '{}': nobody reads {}, and meta.strict refuses that",
            self.method,
            names.join(", ")
        );
        self.naming_ignored(MalformedRequest::wrong_params(self.id.clone(), sentence))
    }

    /// Refuses a method that is neither one of these nor an operation.
    pub fn unknown_method(&self, others: &[&str]) -> MalformedRequest {
        let operations = Operation::ALL.iter().map(|operation| operation.as_str());
        let known: Vec<_> = others.iter().copied().chain(operations).collect();
        let sentence = format!("unknown method '{}'; known are {}", self.method, known.join(", "));
        MalformedRequest::unknown_method(self.id.clone(), sentence)
    }
}

/// What serde says is wrong, without the text that it repeats: in the wrong place, it may be a secret.
fn told(error: &serde_json::Error) -> String {
    let sentence = error.to_string();
    let Some((before, repeated)) = sentence.split_once("string \"") else { return sentence };
    let behind = repeated.rfind("\", expected").and_then(|end| repeated.get(end + 1..));
    format!("{before}a text{}", behind.unwrap_or_default())
}
