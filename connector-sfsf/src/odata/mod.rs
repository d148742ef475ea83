//! OData V2 as SuccessFactors speaks it: literals, queries, pages, metadata, upserts, errors.

pub(crate) mod batch;
pub(crate) mod classify;
pub(crate) mod date;
pub(crate) mod edm;
pub(crate) mod error_body;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod literal;
pub(crate) mod metadata;
pub(crate) mod nested;
pub(crate) mod page;
#[cfg(any(test, fuzzing))]
pub(crate) mod page_judge;
#[cfg(test)]
mod page_laws;
pub(crate) mod query;
pub(crate) mod row;
pub(crate) mod upsert;
pub(crate) mod zone;
