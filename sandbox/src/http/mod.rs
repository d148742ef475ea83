//! The tenant's side of HTTP: connections that can be cut, requests, answers.

pub(crate) mod call;
pub(crate) mod garble;
pub(crate) mod listener;
pub(crate) mod peer;
pub(crate) mod reply;
pub(crate) mod uri;
