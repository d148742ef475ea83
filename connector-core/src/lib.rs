//! The connector SPI: what an identity product and a target system say to each other.
//!
//! A [`Connector`] speaks to one target system. A host reaches it through a [`Dispatcher`], which takes
//! typed [requests](protocol::Request) and gives a stream of [events](protocol::Event); every carrier
//! (C ABI, stdio, AMQP, the command line) calls it and nothing else.
//!
//! This crate does no I/O, names no vendor and needs no runtime. The [`memory`] connector proves that
//! the SPI fits more than one target, and the [`contract`] suite says what every connector owes.

pub mod connector;
pub mod context;
pub mod contract;
pub mod dispatcher;
pub mod error;
pub mod filter;
pub mod log;
pub mod manifest;
pub mod memory;
mod meter;
pub mod object;
pub mod operation;
pub mod protocol;
pub mod provider;

pub use connector::Connector;
pub use context::{Context, Credentials};
pub use dispatcher::Dispatcher;
pub use error::{Effect, Error, ErrorKind, Result, Retry};
pub use filter::Filter;
pub use meter::Meter;
pub use provider::Provider;
