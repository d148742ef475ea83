//! The service: from the bytes of a request to those of its answer.

pub(crate) mod batch;
pub(crate) mod browser;
pub(crate) mod control;
pub(crate) mod direct;
pub(crate) mod gate;
mod hints;
mod jobs;
pub(crate) mod oauth;
mod odata;
mod router;
pub(crate) mod sandbox;
pub(crate) mod transaction;
mod trouble;
