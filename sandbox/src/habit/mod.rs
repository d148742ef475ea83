//! The habits of SuccessFactors: all code that is about one entity or another.

pub(crate) mod effects;
pub(crate) mod function;
pub(crate) mod groups;
pub(crate) mod hris_sync;
pub(crate) mod members;
pub(crate) mod purge;
pub(crate) mod rules;
pub(crate) mod status;
pub(crate) mod user;
