//! What a host is told.

use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::{MalformedRequest, RequestId, SessionId, Welcome};
use crate::error::{Error, Retry};
use crate::object::{ConnectorObject, Schema};
use crate::operation::{
    Explanation, GetOutcome, Gone, Problem, ProblemKind, Progress, SaveOutcome, Summary, SyncToken,
    TestReport, ValueList,
};

/// One message from the connector. A request is answered by any number of items, problems,
/// progress reports and the like, and then by exactly one result or error.
#[derive(Clone, Debug)]
pub enum Event {
    /// An object of a stream.
    Item {
        /// The request.
        id: RequestId,
        /// Its place in the stream, from 0.
        sequence: u64,
        /// The object.
        object: ConnectorObject,
    },
    /// A record that could not be read, or not all of it. The stream goes on.
    Problem {
        /// The request.
        id: RequestId,
        /// What is wrong with the record.
        problem: Problem,
    },
    /// How far a stream is.
    Progress {
        /// The request.
        id: RequestId,
        /// How far.
        progress: Progress,
    },
    /// An object that the host has to let go of, if it has it.
    Gone {
        /// The request.
        id: RequestId,
        /// Which one, and why.
        gone: Gone,
    },
    /// Everything before this has been told: an import that begins with this token goes on here.
    Checkpoint {
        /// The request.
        id: RequestId,
        /// What to begin with.
        sync_token: SyncToken,
    },
    /// Nothing has happened for a while, and the request is still under way.
    KeepAlive {
        /// The request.
        id: RequestId,
    },
    /// The end of a request that succeeded.
    Result {
        /// The request.
        id: RequestId,
        /// What came of it.
        outcome: Outcome,
        /// The fields of the request that nobody read, by their paths.
        ignored: Vec<String>,
    },
    /// The end of a request that failed.
    Error {
        /// The request.
        id: RequestId,
        /// Why.
        error: Error,
    },
    /// The end of a request that could not be understood.
    Malformed(MalformedRequest),
}

/// What came of a request.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Outcome {
    /// Of `test`.
    Test(TestReport),
    /// Of `schema`.
    Schema(Arc<Schema>),
    /// Of `get`.
    Got(GetOutcome),
    /// Of `search` and `import`.
    Summary(Summary),
    /// Of everything that writes.
    Saved(SaveOutcome),
    /// Of `lookup`.
    Values(ValueList),
    /// Of `explain`.
    Explanation(Explanation),
    /// Of `hello`.
    Welcome(Box<Welcome>),
    /// Of `open`.
    Opened(Opened),
    /// Of `close` and `shutdown`: there is nothing to say.
    Done {},
}

/// A session was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Opened {
    /// What it is called by.
    pub session: SessionId,
}

impl Event {
    /// Whether no other event follows for this request.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Result { .. } | Self::Error { .. } | Self::Malformed(_))
    }
}

/// The events as they go over the wire. Items are the bulk of the traffic, so nothing is copied.
#[derive(Serialize)]
#[serde(untagged)]
enum Frame<'a> {
    Notification { jsonrpc: &'static str, method: &'static str, params: Params<'a> },
    Result { jsonrpc: &'static str, id: &'a RequestId, result: &'a Outcome },
    Noting { jsonrpc: &'static str, id: &'a RequestId, result: Noting<'a> },
    Error { jsonrpc: &'static str, id: &'a RequestId, error: &'a Error },
    Malformed(&'a MalformedRequest),
}

/// A result, with what was not read of the request.
#[derive(Serialize)]
struct Noting<'a> {
    #[serde(flatten)]
    outcome: &'a Outcome,
    ignored: &'a [String],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Params<'a> {
    Item { id: &'a RequestId, sequence: u64, object: &'a ConnectorObject },
    Problem { id: &'a RequestId, kind: ProblemKind, error: &'a Error },
    Progress { id: &'a RequestId, progress: &'a Progress },
    Gone { id: &'a RequestId, gone: &'a Gone },
    Checkpoint { id: &'a RequestId, sync_token: &'a SyncToken },
    KeepAlive { id: &'a RequestId },
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let jsonrpc = "2.0";
        let notify = |method, params| Frame::Notification { jsonrpc, method, params };
        match self {
            Self::Item { id, sequence, object } => {
                notify("item", Params::Item { id, sequence: *sequence, object })
            }
            Self::Problem { id, problem } => {
                notify("problem", Params::Problem { id, kind: problem.kind, error: &problem.error })
            }
            Self::Progress { id, progress } => notify("progress", Params::Progress { id, progress }),
            Self::Gone { id, gone } => notify("gone", Params::Gone { id, gone }),
            Self::Checkpoint { id, sync_token } => {
                notify("checkpoint", Params::Checkpoint { id, sync_token })
            }
            Self::KeepAlive { id } => notify("keep_alive", Params::KeepAlive { id }),
            Self::Result { id, outcome, ignored } if ignored.is_empty() => {
                Frame::Result { jsonrpc, id, result: outcome }
            }
            Self::Result { id, outcome, ignored } => {
                Frame::Noting { jsonrpc, id, result: Noting { outcome, ignored } }
            }
            Self::Error { id, error } => Frame::Error { jsonrpc, id, error },
            Self::Malformed(malformed) => Frame::Malformed(malformed),
        }
        .serialize(serializer)
    }
}

/// An error as JSON-RPC has it; `data` holds everything that a host may decide by.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let context = self.context();
        let (retry, after) = match self.retry() {
            Retry::Never => ("never", None),
            Retry::Later { after } => ("later", after),
        };
        let mut data = json!({"kind": self.kind(), "retry": retry, "effect": self.effect()});
        let mut put = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                data[key] = value;
            }
        };
        put("retry_after_ms", after.map(|wait| json!(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX))));
        put("operation", context.operation.map(|operation| json!(operation)));
        put("object_class", context.object_class.as_ref().map(|class| json!(class)));
        put("uid", context.uid.as_ref().map(|uid| json!(uid)));
        put("attributes", (!context.attributes.is_empty()).then(|| json!(context.attributes)));
        put("target", self.target().map(|target| json!(target)));
        put("advice", self.advice().map(|advice| json!(advice)));
        put("ignored", (!context.ignored.is_empty()).then(|| json!(context.ignored)));
        put("correlation_id", context.correlation_id.as_ref().map(|id| json!(id)));
        json!({"code": self.kind().code(), "message": self.to_string(), "data": data}).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Effect, ErrorKind};
    use crate::operation::Operation;
    use std::time::Duration;

    #[test]
    fn an_answer_names_what_nobody_read() {
        let ignored = vec!["shape".to_owned()];
        let result =
            Event::Result { id: RequestId::Number(7), outcome: Outcome::Done {}, ignored: ignored.clone() };
        let json = serde_json::to_value(result).unwrap();
        assert_eq!(json, json!({"jsonrpc": "2.0", "id": 7, "result": {"ignored": ["shape"]}}));
        let error = Error::internal("x").with_ignored(ignored);
        let json = serde_json::to_value(Event::Error { id: RequestId::Number(7), error }).unwrap();
        assert_eq!(json["error"]["data"]["ignored"], json!(["shape"]));
    }

    #[test]
    fn an_error_carries_kind_retry_and_effect() {
        let error = Error::new(ErrorKind::RateLimited, "slow down")
            .with_retry(Retry::Later { after: Some(Duration::from_secs(300)) })
            .with_effect(Effect::Unknown)
            .in_call(Operation::Save, "c-9");
        let json = serde_json::to_value(Event::Error { id: RequestId::Number(7), error }).unwrap();
        assert_eq!(
            json,
            json!({"jsonrpc":"2.0","id":7,"error":{"code":-31006,"message":"save: slow down [correlation c-9]",
                "data":{"kind":"rate_limited","retry":"later","retry_after_ms":300_000,"effect":"unknown",
                        "operation":"save","correlation_id":"c-9"}}})
        );
    }
}
