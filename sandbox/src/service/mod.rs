//! The service: from the bytes of a request to those of its answer.

pub(crate) mod batch;
pub(crate) mod browser;
pub(crate) mod control;
pub(crate) mod direct;
pub(crate) mod function;
pub(crate) mod gate;
pub(crate) mod oauth;
pub(crate) mod sandbox;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod transaction;
