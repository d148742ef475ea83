//! `import`: everybody, with progress.

use std::sync::Arc;

use connector_core::operation::{ImportRequest, ItemStream};

use super::stream::{Reading, Selection};
use crate::http::Scope;
use crate::session::Session;

/// Streams all people, in memory for one page.
pub(crate) fn import(session: Arc<Session>, scope: Scope, request: ImportRequest) -> ItemStream {
    let selection = Selection {
        filter: request.filter,
        attributes_to_get: request.attributes_to_get,
        with_progress: true,
        ..Selection::default()
    };
    Reading::new(session, scope, selection).into_stream()
}
