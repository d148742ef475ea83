//! A range of keys that is walked from page to page, with the next page on its way.

use std::sync::Arc;

use connector_core::{Error, Result};
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use super::token::Stretch;
use super::walk::{Paging, Step, Walk};
use crate::http::Scope;
use crate::odata::page::{Page, Trail};
use crate::odata::query::Query;
use crate::session::Session;

/// A range of keys in its walk.
pub(super) struct Lane {
    pub stretch: Stretch,
    pub walk: Walk,
    /// The pages that links led to.
    pub trail: Trail,
    /// What to do now, until it is done.
    pub step: Option<Step>,
    /// The request that is on its way.
    pub ahead: Option<Ahead>,
}

impl Lane {
    pub fn new(paging: Paging, stretch: Stretch) -> Self {
        let walk = Walk::new(paging, stretch.after.clone());
        Self { walk, trail: Trail::default(), stretch, step: None, ahead: None }
    }

    /// Sends a request, unless it is on its way.
    pub fn send(&mut self, session: &Arc<Session>, scope: &Scope, request: Request) {
        if self.ahead.as_ref().is_none_or(|ahead| ahead.request != request) {
            self.ahead = Some(Ahead::new(Arc::clone(session), scope.clone(), request));
        }
    }

    /// What this lane has still to deliver.
    pub fn rest(&self) -> Stretch {
        Stretch { after: self.walk.anchor().map(ToOwned::to_owned), ..self.stretch.clone() }
    }
}

/// What a page is asked for with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Request {
    Query(Query),
    Link(String),
}

/// A page on its way. It is not waited for any longer when this is dropped.
pub(super) struct Ahead {
    request: Request,
    task: JoinHandle<Result<Page>>,
}

impl Ahead {
    fn new(session: Arc<Session>, scope: Scope, request: Request) -> Self {
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

impl Drop for Ahead {
    fn drop(&mut self) {
        self.task.abort();
    }
}
