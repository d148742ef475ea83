//! A page that is asked for before its turn.

use std::sync::Arc;

use connector_core::{Error, Result};
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use crate::http::Scope;
use crate::odata::page::Page;
use crate::odata::query::Query;
use crate::tenant::Session;

/// What a page is asked for with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Request {
    Query(Query),
    Link(String),
}

/// A page on its way. It is not waited for any longer when this is dropped.
pub(super) struct Prefetch {
    pub request: Request,
    task: JoinHandle<Result<Page>>,
}

impl Prefetch {
    /// Sends a request.
    pub fn new(session: Arc<Session>, scope: Scope, request: Request) -> Self {
        let wanted = request.clone();
        let fetch = async move {
            match wanted {
                Request::Query(query) => session.read(&scope, &query).await,
                Request::Link(link) => session.follow(&scope, &link).await,
            }
        };
        Self { request, task: tokio::spawn(fetch.in_current_span()) }
    }

    /// What the page was asked for with. It is not waited for any longer.
    pub fn into_request(self) -> Request {
        self.request.clone()
    }

    /// Waits until the page is here, or will never be. May be given up and taken up again.
    pub async fn page(&mut self) -> Result<Page> {
        let ended = |_| Err(Error::internal("a page was given up while it was waited for"));
        (&mut self.task).await.unwrap_or_else(ended)
    }
}

impl Drop for Prefetch {
    fn drop(&mut self) {
        self.task.abort();
    }
}
