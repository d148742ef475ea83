//! `import`: everybody, or who has changed since, in memory for two pages of each stretch.
//!
//! People come in the order of their user ids, page by page ([`walk`]), in as many stretches at the same time as the
//! configuration allows ([`lane`]). A page is used up while the next one is on its way, and then a checkpoint says how
//! far the run is. What the next run has to know is in a [token], and nothing of it is kept here.

mod columns;
mod confirm;
mod course;
mod design;
mod divide;
mod figures;
mod lane;
mod now;
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

/// Streams people, or a token alone. May be repeated.
pub(crate) fn import(session: Arc<Session>, scope: Scope, request: ImportRequest) -> ItemStream {
    if request.token_only {
        return Box::pin(stream::once(now::token_only(session, scope, request)));
    }
    match Course::new(session, scope, request) {
        Ok(course) => course.into_stream(),
        Err(error) => Box::pin(stream::iter([Err(error)])),
    }
}
