//! `import`: everybody, or who has changed since, in memory for one page.
//!
//! People come in the order of their user ids, page by page ([`walk`]), and after each page a checkpoint says how far
//! the run is. What the next run has to know is in a [token], and nothing of it is kept here.

mod columns;
mod confirm;
mod course;
mod figures;
mod token;
mod walk;
mod window;

use std::sync::Arc;

use connector_core::operation::{ImportRequest, ItemStream};
use futures_util::stream;

use crate::http::Scope;
use crate::session::Session;
use course::Course;
pub(crate) use walk::Paging;

/// Streams people. May be repeated.
pub(crate) fn import(session: Arc<Session>, scope: Scope, request: ImportRequest) -> ItemStream {
    match Course::new(session, scope, request) {
        Ok(course) => course.into_stream(),
        Err(error) => Box::pin(stream::iter([Err(error)])),
    }
}
