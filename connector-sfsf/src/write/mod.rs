//! Writing: from the changes that a host asks for, by way of what differs, to records that are sent one after the other.

mod changes;
mod difference;
mod expected;
pub(crate) mod part;
pub(crate) mod partial;
mod upsert_part;
pub(crate) mod writer;
