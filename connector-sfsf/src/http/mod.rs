//! HTTP: one exchange at a time, repeated where that is safe, within a budget.

mod answer;
mod backoff;
mod budget;
mod client;
mod failure;
mod scope;
mod spare;
mod transport;

pub(crate) use answer::Answer;
pub(crate) use budget::Budget;
pub(crate) use client::build as build_client;
pub(crate) use scope::Scope;
pub(crate) use spare::Spare;
pub(crate) use transport::{Body, Outgoing, Transport, fits_header};
