//! The wire protocol: requests and events, and their JSON (JSON-RPC 2.0). Every carrier speaks it.

mod event;
mod request;

pub use event::{Event, Outcome};
pub use request::{Call, MalformedRequest, Meta, Request, RequestId};

/// The name and major version of the protocol.
pub const PROTOCOL: &str = "sfc/1";
