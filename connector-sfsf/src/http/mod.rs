//! HTTP: one exchange at a time, repeated where that is safe, within a budget.

mod answer;
mod backoff;
mod budget;
mod client;
mod failure;
mod room;
mod scope;
mod spare;
mod transport;
mod written;

pub(crate) use answer::{Answer, Bounds};
pub(crate) use budget::Budget;
pub(crate) use client::build as build_client;
pub(crate) use failure::place;
pub(crate) use room::Place;
pub(crate) use scope::{Scope, within};
pub(crate) use spare::Spare;
pub(crate) use transport::{Body, Outgoing, Transport, fits_header};
