//! A range of keys that is walked from page to page, with the next page on its way.

use std::sync::Arc;

use super::cursor::{Cursor, Step};
use super::key_range::KeyRange;
use super::prefetch::{Prefetch, Request};
use crate::config::Paging;
use crate::http::Scope;
use crate::odata::page::Trail;
use crate::tenant::Session;

/// A range of keys that is walked.
pub(super) struct Partition {
    pub range: KeyRange,
    pub cursor: Cursor,
    /// The pages that links led to.
    pub trail: Trail,
    /// What to do now, until it is done.
    pub step: Option<Step>,
    /// The request that is on its way.
    pub ahead: Option<Prefetch>,
}

impl Partition {
    pub fn new(paging: Paging, range: KeyRange) -> Self {
        let cursor = Cursor::new(paging, range.after.clone());
        Self { cursor, trail: Trail::default(), range, step: None, ahead: None }
    }

    /// Sends a request, unless it is on its way.
    pub fn send(&mut self, session: &Arc<Session>, scope: &Scope, request: Request) {
        if self.ahead.as_ref().is_none_or(|ahead| ahead.request != request) {
            self.ahead = Some(Prefetch::new(Arc::clone(session), scope.clone(), request));
        }
    }

    /// What this partition has still to deliver.
    pub fn rest(&self) -> KeyRange {
        KeyRange { after: self.cursor.anchor().map(ToOwned::to_owned), ..self.range.clone() }
    }
}
