//! The wire protocol: requests and events, and their JSON (JSON-RPC 2.0). Every carrier speaks it.

mod control;
mod event;
mod frame;
mod id;
mod identity;
mod malformed;
mod message;
mod meta;
mod request;
pub mod schema;
mod unknown;
mod welcome;

pub use control::{Cancel, Close, Credit, Hello, Open};
pub use event::{Event, Opened, Outcome};
pub use id::{RequestId, SessionId};
pub use malformed::MalformedRequest;
pub use message::{Control, Message, Notice};
pub use meta::Meta;
pub use request::{Call, Request};
pub use welcome::{Limits, Server, Welcome};

/// The name and major version of the protocol.
pub const PROTOCOL: &str = "sfc/1";

/// The minor version of the protocol: it grows with every message, field or value of a closed list that is added, and
/// nothing is taken away. A client reads what it knows, whatever the number; it may ask by it whether a field is heeded.
pub const PROTOCOL_MINOR: u32 = 1;
