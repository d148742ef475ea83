//! Pages: what each stretch asks for, what comes first, and other ways if it does not come.

use std::time::Instant;

use chrono::{DateTime, Utc};
use connector_core::operation::{ImportPhase, Item};
use connector_core::{Error, Result};
use futures_util::future::select_all;

use super::super::design::counted;
use super::super::lane::{Lane, Request};
use super::super::walk::{Paging, Step};
use super::{Course, Stage};
use crate::odata::classify;
use crate::odata::page::{self, Page};

impl Course {
    /// Takes the page that comes first, if any is still to come.
    pub(super) async fn turn_page(&mut self) -> Result<Option<Item>> {
        loop {
            self.prepare().await?;
            self.send();
            let started = Instant::now();
            let arrived = self.wait().await;
            self.figures.spent(ImportPhase::Read, started);
            let Some((lane, request, page)) = arrived else {
                self.stage = Stage::Missing;
                return Ok(None);
            };
            match page {
                Ok(page) if self.begins_earlier(page.date) => {
                    self.design = None;
                    self.lanes.push_front(lane);
                }
                Ok(page) => return self.open(lane, page).await.map(Some),
                Err(error) => self.mend(lane, &request, error).await?,
            }
        }
    }

    /// Sends what each stretch needs next.
    fn send(&mut self) {
        for mut lane in std::mem::take(&mut self.lanes) {
            let step = match lane.step.take() {
                Some(step) => step,
                None => lane.walk.step(),
            };
            if let Some(request) = self.request(&lane, &step) {
                lane.send(&self.session, &self.scope, request);
                lane.step = Some(step);
                self.lanes.push_back(lane);
            }
        }
    }

    /// What a step asks the tenant for; nothing if there is nobody to ask for.
    fn request(&self, lane: &Lane, step: &Step) -> Option<Request> {
        match step {
            Step::Done => None,
            Step::Follow(link) => Some(Request::Link(link.clone())),
            Step::Ask(from) => {
                let design = self.design.as_ref()?;
                let query = design.page(&lane.stretch, from.as_deref(), lane.walk.paging)?;
                let is_asked = self.progress.total.is_none() && lane.stretch.is_unbounded();
                Some(Request::Query(if is_asked { counted(query) } else { query }))
            }
        }
    }

    /// The page that comes first, and whose it is.
    async fn wait(&mut self) -> Option<(Lane, Request, Result<Page>)> {
        let pages = self.lanes.iter_mut().filter_map(|lane| Some(Box::pin(lane.ahead.as_mut()?.page())));
        let pages: Vec<_> = pages.collect();
        if pages.is_empty() {
            return None;
        }
        let (page, place, _) = select_all(pages).await;
        let mut lane = self.lanes.remove(place)?;
        let request = lane.ahead.take()?.into_request();
        Some((lane, request, page))
    }

    /// Begins with a page, while the next one is on its way.
    async fn open(&mut self, mut lane: Lane, page: Page) -> Result<Item> {
        // By key no link is needed, wherever it leads. Else one that leads elsewhere is found before its turn.
        if let Some(link) = page.next.as_ref().filter(|_| lane.walk.paging != Paging::Key) {
            page::follow(link, &self.session.configuration.url)?;
        }
        match lane.step.take() {
            Some(Step::Follow(_)) => lane.walk.followed(),
            _ => lane.trail.restart(),
        }
        lane.walk.turn(page.next.clone())?;
        lane.trail.pass(&page)?;
        self.progress.fetched += page.rows.len() as u64;
        self.progress.total = self.progress.total.or(page.count);
        let last = || self.design.as_ref()?.plan.read_whole(page.rows.last()?).ok();
        let outlook = lane.walk.outlook(|| last().map(|record| record.object.uid.as_str().to_owned()));
        if let Some(request) = outlook.and_then(|step| self.request(&lane, &step)) {
            lane.send(&self.session, &self.scope, request);
        }
        self.rows = page.rows.into();
        self.stage = Stage::Rows;
        self.entitle(lane.walk.has_next() || !self.lanes.is_empty()).await?;
        self.lane = Some(lane);
        Ok(Item::Progress(self.progress))
    }

    /// Finds another way to a page. If a link does not hold, the walk goes on by key; if the tenant lacks a property
    /// that its metadata list, that property is left out (reference §4.5); if it blocks snapshots, there is a way
    /// without (KBA 2749091).
    async fn mend(&mut self, mut lane: Lane, request: &Request, error: Error) -> Result<()> {
        if let Request::Link(_) = request {
            if !lane.walk.recovers(&error) {
                return Err(error);
            }
            tracing::debug!(%error, "a link did not hold; the import goes on by key");
            lane.step = Some(Step::Ask(lane.walk.anchor().map(ToOwned::to_owned)));
        } else if classify::is_unknown_property(&error) {
            self.columns.refused(&error, self.request.attributes_to_get.as_deref());
            let model = self.session.model(&self.scope).await?;
            self.session.hide(&model, &error).await;
            self.design = None;
            self.prepare().await?;
            let again = lane.step.as_ref().and_then(|step| self.request(&lane, step));
            if again.as_ref() == Some(request) {
                return Err(error);
            }
        } else if classify::is_snapshot_blocked(&error) && lane.walk.paging == Paging::Snapshot {
            for lane in self.lanes.iter_mut().chain([&mut lane]) {
                lane.walk.paging = Paging::Key;
            }
        } else {
            return Err(error);
        }
        self.lanes.push_front(lane);
        Ok(())
    }

    /// Takes note of when this run began, by the tenant's clock. True if that clock was set back since the last run:
    /// then the window has to begin sooner.
    pub(super) fn begins_earlier(&mut self, date: Option<DateTime<Utc>>) -> bool {
        if self.position.started.is_some() {
            return false;
        }
        let now = date.unwrap_or_else(|| self.session.now());
        self.position.started = Some(now);
        let Some(since) = self.position.since.filter(|since| now < *since) else { return false };
        tracing::warn!(%since, %now, "the tenant's clock was set back since the last import");
        self.position.since = Some(now);
        true
    }
}
