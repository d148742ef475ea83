//! Entitlements as a pull stream: a page is asked for when the one before is used up, and the members of
//! groups as far as the caller goes.

use std::collections::VecDeque;
use std::sync::Arc;

use connector_core::object::{ConnectorObject, Uid};
use connector_core::operation::{
    ImportRequest, Item, ItemStream, Page, Problem, Progress, SearchRequest, StreamStatus, Summary,
};
use connector_core::{Error, Result};
use futures_util::stream;

use super::explained;
use super::kind::{Kind, MEMBERS};
use super::list::query_after;
use super::wanted::{Wanted, complete, objects};
use crate::http::Scope;
use crate::odata::page::{self, Trail};
use crate::session::Session;

/// Streams the entitlements that satisfy a filter.
pub(crate) fn search(session: Arc<Session>, scope: Scope, kind: Kind, request: SearchRequest) -> ItemStream {
    match Reading::new(session, scope, kind, request, false) {
        Ok(reading) => reading.into_stream(),
        Err(error) => Box::pin(stream::iter([Err(error)])),
    }
}

/// Streams all entitlements of a class, with progress.
pub(crate) fn import(session: Arc<Session>, scope: Scope, kind: Kind, request: ImportRequest) -> ItemStream {
    let ImportRequest { object_class, filter, attributes_to_get, .. } = request;
    let request = SearchRequest { filter, attributes_to_get, ..SearchRequest::new(object_class) };
    match Reading::new(session, scope, kind, request, true) {
        Ok(reading) => reading.into_stream(),
        Err(error) => Box::pin(stream::iter([Err(error)])),
    }
}

/// A stream of entitlements in its course.
struct Reading {
    session: Arc<Session>,
    scope: Scope,
    wanted: Wanted,
    page: Option<Page>,
    with_progress: bool,
    started: bool,
    ended: bool,
    next: Option<String>,
    followed: Trail,
    fetched: u64,
    progress_due: bool,
    /// Objects that were read, and those of them that are complete.
    read: VecDeque<ConnectorObject>,
    ready: VecDeque<ConnectorObject>,
    /// Records that could not be read, and how many of them there were.
    problems: VecDeque<Error>,
    problem_count: u64,
    skip: u64,
    count: u64,
    last: Option<Uid>,
}

impl Reading {
    /// # Errors
    ///
    /// Attributes that the class does not have; an order; a page that is none.
    fn new(
        session: Arc<Session>,
        scope: Scope,
        kind: Kind,
        request: SearchRequest,
        with_progress: bool,
    ) -> Result<Self> {
        if !request.sort_keys.is_empty() {
            return Err(Error::unsupported(format!("{} comes in the order of ids", kind.entity())));
        }
        let wanted = Wanted::new(kind, request.attributes_to_get, request.filter)?;
        let page = request.page.as_ref();
        if page.is_some_and(|page| page.size == 0) {
            return Err(Error::invalid_request("a page has one object or more"));
        }
        let offset = page.filter(|page| page.start.cookie.is_none()).and_then(|page| page.start.offset);
        let skip = offset.and_then(|offset| u64::try_from(offset - 1).ok()).unwrap_or(0);
        Ok(Self {
            session,
            scope,
            wanted,
            page: request.page,
            with_progress,
            started: false,
            ended: false,
            next: None,
            followed: Trail::default(),
            fetched: 0,
            progress_due: false,
            read: VecDeque::new(),
            ready: VecDeque::new(),
            problems: VecDeque::new(),
            problem_count: 0,
            skip,
            count: 0,
            last: None,
        })
    }

    /// The items of this reading, with its summary at the end.
    fn into_stream(self) -> ItemStream {
        Box::pin(stream::unfold(self, |mut reading| async move {
            if reading.ended {
                return None;
            }
            let item = reading.next().await;
            reading.ended = matches!(item, Ok(Item::End(_)) | Err(_));
            Some((item, reading))
        }))
    }

    async fn next(&mut self) -> Result<Item> {
        self.scope.context.check()?;
        if !std::mem::replace(&mut self.started, true) {
            self.start().await?;
        }
        loop {
            if let Some(item) = self.notice() {
                return Ok(item);
            }
            let full = self.page.as_ref().is_some_and(|page| self.count >= u64::from(page.size));
            if let Some(object) = self.next_match().await? {
                return Ok(if full { self.end(true) } else { self.deliver(object) });
            }
            match self.next.take() {
                Some(link) => {
                    let page = self.session.follow(&self.scope, &link).await?;
                    self.take(page)?;
                }
                None => return Ok(self.end(false)),
            }
        }
    }

    /// What is to be said besides objects.
    fn notice(&mut self) -> Option<Item> {
        if std::mem::take(&mut self.progress_due) {
            return Some(Item::Progress(Progress { fetched: self.fetched, total: None }));
        }
        let problem = self.problems.pop_front()?;
        self.problem_count += 1;
        Some(Item::Problem(Problem::unreadable(problem)))
    }

    fn deliver(&mut self, mut object: ConnectorObject) -> Item {
        self.count += 1;
        self.last = Some(object.uid.clone());
        self.wanted.reduce(&mut object);
        Item::Object(object)
    }

    /// The first page, after the object that a cookie names. Ids are in the order of numbers there and here.
    async fn start(&mut self) -> Result<()> {
        let (kind, session) = (self.wanted.kind, Arc::clone(&self.session));
        let cookie = self.page.as_ref().and_then(|page| page.start.cookie.as_deref());
        let after: Option<u64> = cookie
            .map(|cookie| cookie.parse())
            .transpose()
            .map_err(|_| Error::invalid_request("the cookie is not one of this connector"))?;
        let query = query_after(kind, &session, after)
            .option("$expand", self.wanted.expand())
            .option("$orderby", kind.key())
            .option("customPageSize", session.configuration.page_size.to_string());
        let page = session.read(&self.scope, &query).await.map_err(explained)?;
        self.take(page)
    }

    fn take(&mut self, page: page::Page) -> Result<()> {
        self.followed.remember(&page)?;
        self.fetched += page.rows.len() as u64;
        self.progress_due = self.with_progress;
        self.next = page.next;
        let (objects, problems) = objects(&self.wanted, &page.rows);
        (self.read, self.problems) = (objects.into(), problems.into());
        // What needs no members is decided before they are read.
        if !self.wanted.filters(MEMBERS) {
            self.read.retain(|object| self.wanted.matches(object));
        }
        Ok(())
    }

    async fn next_match(&mut self) -> Result<Option<ConnectorObject>> {
        loop {
            while let Some(object) = self.ready.pop_front() {
                if !self.wanted.matches(&object) {
                    continue;
                }
                if self.skip == 0 {
                    return Ok(Some(object));
                }
                self.skip -= 1;
            }
            if self.read.is_empty() {
                return Ok(None);
            }
            let size = self.session.configuration.batch_size.min(self.read.len());
            let mut objects: Vec<_> = self.read.drain(..size).collect();
            complete(&self.session, &self.scope, &self.wanted, &mut objects).await?;
            self.ready = objects.into();
        }
    }

    fn end(&self, more: bool) -> Item {
        let by_cookie = self.page.as_ref().is_some_and(|page| page.start.offset.is_none_or(|o| o < 1));
        let last = self.last.as_ref().filter(|_| more && by_cookie);
        Item::End(Summary {
            count: self.count,
            problems: self.problem_count,
            cookie: last.map(ToString::to_string),
            remaining: (!more).then_some(0),
            residual: self.wanted.filter.is_some(),
            cost: self.scope.meter.cost(),
            withheld: self.wanted.gaps.counted(),
            notices: self.wanted.gaps.notices(),
            ..Summary::new(StreamStatus::Complete)
        })
    }
}
