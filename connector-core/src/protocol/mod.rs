//! The wire protocol: requests and events, and their JSON (JSON-RPC 2.0). Every carrier speaks it.

mod event;
mod frame;
mod identity;
mod malformed;
mod message;
mod request;
pub mod schema;
mod unknown;
mod welcome;

pub use event::{Event, Opened, Outcome};
use frame::Frame;
pub use malformed::MalformedRequest;
pub use message::{Cancel, Close, Control, Credit, Hello, Message, Notice, Open, SessionId};
pub use request::{Call, Meta, Request, RequestId};
pub use welcome::{Limits, Server, Welcome};

/// The name and major version of the protocol.
pub const PROTOCOL: &str = "sfc/1";

/// The minor version of the protocol: it grows with every message, field or value of a closed list that is added, and
/// nothing is taken away. A client reads what it knows, whatever the number; it may ask by it whether a field is heeded.
pub const PROTOCOL_MINOR: u32 = 1;
