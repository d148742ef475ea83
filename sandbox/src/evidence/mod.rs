//! What was asked of the tenant, and what it cost. Secrets are never remembered.

mod log;
mod record;
mod redacted;

pub(crate) use log::Log;
pub use record::{RecordedPart, RecordedRequest};
