//! Log lines for hosts: JSON, one object a line, with the request that they belong to.
//!
//! The crates of a connector log with `tracing` and never decide where that goes. A carrier makes one
//! [`LogBridge`] with a place to write to, and runs each request through it. No subscriber is installed
//! for the process, so that a library does not meddle with the log of the program that loaded it.

mod bridge;
pub(crate) mod level;
mod spanned;

pub use bridge::{LogBridge, route_panics};
pub use level::LogLevel;
pub(crate) use spanned::Spanned;
