//! An embedded SAP SuccessFactors tenant, to try, test and break connectors against without a network.
//!
//! It speaks real HTTP: `/oauth/token` verifies signed assertions, `/odata/v2` has metadata, queries,
//! paging and upserts, with the tenant's habits, good and bad. The people are made from a seed, trouble
//! comes on demand ([`Fault`]), and every request is remembered ([`RecordedRequest`]). What the public
//! sources leave open is a switch with a stated default ([`Switches`]).
//!
//! Start one with [`Sandbox::start`].

mod auth;
mod clock;
mod control;
mod error;
mod evidence;
mod fault;
mod http;
mod model;
mod oauth;
mod options;
mod paging;
mod people;
mod query;
mod read;
mod render;
mod sandbox;
mod server;
mod session;
mod store;
mod tenant;
mod write;

pub use clock::{Clock, FixedClock, ShiftedClock, SystemClock};
pub use error::StartError;
pub use evidence::RecordedRequest;
pub use fault::{Fault, FaultKind, FaultParseError, Matching};
pub use options::{BaseProfile, OnRequest, Options, Profile, Switches, UriPort};
pub use sandbox::Sandbox;
