//! Everything that a carrier with many sessions is told: operations, and the talk around them.

use super::frame::Frame;
use super::{
    Cancel, Close, Credit, Hello, MalformedRequest, Meta, Open, PROTOCOL, Request, RequestId, SessionId,
};

/// One message to a carrier that has sessions.
#[derive(Debug)]
pub enum Message {
    /// An operation in a session.
    Call {
        /// The session; the only one there is, if absent.
        session: Option<SessionId>,
        /// The operation.
        request: Request,
    },
    /// Asks for something around the operations.
    Control {
        /// What the answer refers to.
        id: RequestId,
        /// What is asked for.
        control: Control,
        /// What accompanies it.
        meta: Meta,
        /// The fields that it came with and that nobody reads, by their paths. The answer names them.
        ignored: Vec<String>,
    },
    /// Tells something about a request under way. Nobody answers it.
    Notice(Notice),
}

/// What can be asked for around the operations.
#[derive(Debug)]
pub enum Control {
    /// Who is there, and what can be done. It may be left out.
    Hello(Hello),
    /// Opens a session. Nothing is sent to the target.
    Open(Open),
    /// Closes a session and cancels what runs in it.
    Close(Close),
    /// Cancels everything, and ends.
    Shutdown,
}

/// What can be told about a request under way. A request that has ended already is no error: the two
/// messages may have crossed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The request shall end at once, with an error of kind `cancelled`.
    Cancel(Cancel),
    /// More items may come.
    Credit(Credit),
}

/// The methods that are no operations.
const METHODS: [&str; 6] = ["hello", "open", "close", "cancel", "credit", "shutdown"];

impl Message {
    /// Reads a message from its JSON. Unknown fields are noted, or refused if `meta.strict` says so; those of a
    /// notification, which nobody answers, are ignored.
    ///
    /// # Errors
    ///
    /// As [`Request::from_json`].
    pub fn from_json(text: &[u8]) -> Result<Self, MalformedRequest> {
        let mut frame = Frame::from_json(text)?;
        match frame.method.as_str() {
            "cancel" => Ok(Self::Notice(Notice::Cancel(frame.read()?))),
            "credit" => Ok(Self::Notice(Notice::Credit(frame.read()?))),
            method if METHODS.contains(&method) => {
                let (id, meta) = (frame.required_id()?, frame.meta()?);
                let control = Control::from_frame(&frame)?;
                Ok(Self::Control { id, control, meta, ignored: frame.ignored })
            }
            method if crate::operation::Operation::from_name(method).is_some() => {
                let session = frame.params.remove("session").map(serde_json::from_value).transpose();
                let session = session.map_err(|error| frame.wrong_params(&error))?;
                Ok(Self::Call { session, request: Request::from_frame(frame)? })
            }
            _ => Err(frame.unknown_method(&METHODS)),
        }
    }
}

impl Control {
    fn from_frame(frame: &Frame) -> Result<Self, MalformedRequest> {
        match frame.method.as_str() {
            "hello" => Ok(Self::Hello(hello(frame)?)),
            "open" => Ok(Self::Open(frame.read()?)),
            "close" => Ok(Self::Close(frame.read()?)),
            _ => Ok(Self::Shutdown),
        }
    }
}

/// Who is calling, if they speak our protocol.
fn hello(frame: &Frame) -> Result<Hello, MalformedRequest> {
    let hello: Hello = frame.read()?;
    match &hello.protocols {
        Some(spoken) if !spoken.iter().any(|protocol| protocol == PROTOCOL) => {
            Err(MalformedRequest::unsupported_protocol(frame.id.clone(), &spoken.join(", ")))
        }
        _ => Ok(hello),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_names_its_session() {
        let json = r#"{"id":1,"method":"test","params":{"session":"s1","meta":{"log":"debug"}}}"#;
        let Ok(Message::Call { session, request }) = Message::from_json(json.as_bytes()) else { panic!() };
        assert_eq!(session, Some(SessionId("s1".to_owned())));
        assert_eq!(request.meta.log, Some(crate::log::LogLevel::Debug));
    }

    #[test]
    fn a_notice_has_no_id_of_its_own() {
        let json = r#"{"method":"credit","params":{"id":7,"items":100}}"#;
        let Ok(Message::Notice(notice)) = Message::from_json(json.as_bytes()) else { panic!() };
        assert_eq!(notice, Notice::Credit(Credit { id: RequestId::Number(7), items: 100, stop: false }));
    }

    #[test]
    fn a_configuration_prints_no_value() {
        let json = r#"{"id":1,"method":"open","params":{"configuration":{"private_key":"hunter2"}}}"#;
        let shown = format!("{:?}", Message::from_json(json.as_bytes()).unwrap());
        assert!(shown.contains("private_key") && !shown.contains("hunter2"), "{shown}");
    }

    #[track_caller]
    fn refuse(json: &str, code: i32, message: &str) {
        let malformed = Message::from_json(json.as_bytes()).unwrap_err();
        assert_eq!((malformed.code, malformed.to_string().as_str()), (code, message));
    }

    #[test]
    fn what_is_no_message_is_refused_with_a_sentence() {
        refuse("[]", -32600, "this is not a request: send each request by itself, not in an array");
        refuse(r#"{"method":"open"}"#, -32600, "this is not a request: 'open' needs an id to be answered");
        refuse(
            r#"{"id":1,"method":"fire"}"#,
            -32601,
            "unknown method 'fire'; known are hello, open, close, cancel, credit, shutdown, test, schema, get, search, \
             import, save, delete, suspend, resume, reset_password, lookup, explain",
        );
        refuse(
            r#"{"id":1,"method":"close"}"#,
            -32602,
            "wrong parameters for 'close': missing field `session`",
        );
        let other = "the protocol 'sfc/2' is not spoken here; sfc/1 is";
        refuse(r#"{"id":1,"method":"hello","params":{"protocols":["sfc/2"]}}"#, -32022, other);
        refuse(r#"{"id":1,"method":"test","params":{"meta":{"protocol":"sfc/2"}}}"#, -32022, other);
    }

    #[test]
    fn the_refusal_of_a_protocol_says_which_one_is_spoken() {
        let json = r#"{"id":1,"method":"hello","params":{"protocols":["sfc/2"]}}"#;
        let answer = serde_json::to_value(Message::from_json(json.as_bytes()).unwrap_err()).unwrap();
        assert_eq!((&answer["id"], &answer["error"]["data"]["supported"][0]), (&1.into(), &PROTOCOL.into()));
    }
}
