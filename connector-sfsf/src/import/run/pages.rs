//! Pages: what each partition asks for, what comes first, and other ways if it does not come.

use std::time::Instant;

use chrono::{DateTime, Utc};
use connector_core::operation::{ImportPhase, Item};
use connector_core::{Error, Result};
use futures_util::future::select_all;

use super::super::cursor::Step;
use super::super::partition::Partition;
use super::super::plan::counted;
use super::super::prefetch::Request;
use super::{Run, Stage};
use crate::config::Paging;
use crate::odata::classify;
use crate::odata::page::{self, Page};
use crate::read::records::Records;

impl Run {
    /// Takes the page that comes first, if any is still to come.
    pub(super) async fn turn_page(&mut self) -> Result<Option<Item>> {
        loop {
            self.prepare().await?;
            self.send();
            let started = Instant::now();
            let arrived = self.wait().await;
            self.counts.spent(ImportPhase::Read, started);
            let Some((partition, request, page)) = arrived else {
                self.stage = Stage::Missing;
                return Ok(None);
            };
            match page {
                Ok(page) if self.begins_earlier(page.date) => {
                    self.plan = None;
                    self.partitions.push_front(partition);
                }
                Ok(page) => return self.open(partition, page).map(Some),
                Err(error) => {
                    let error = self.call.explained(error);
                    self.mend(partition, &request, error).await?;
                }
            }
        }
    }

    /// Sends what each partition needs next.
    fn send(&mut self) {
        for mut partition in std::mem::take(&mut self.partitions) {
            let step = match partition.step.take() {
                Some(step) => step,
                None => partition.cursor.step(),
            };
            if let Some(request) = self.request(&partition, &step) {
                partition.send(&self.call.session, &self.call.scope, request);
                partition.step = Some(step);
                self.partitions.push_back(partition);
            }
        }
    }

    /// What a step asks the tenant for; nothing if there is nobody to ask for.
    fn request(&self, partition: &Partition, step: &Step) -> Option<Request> {
        match step {
            Step::Done => None,
            Step::Follow(link) => Some(Request::Link(link.clone())),
            Step::Ask(from) => {
                let plan = self.plan.as_ref()?;
                let query = plan.page(&partition.range, from.as_deref(), partition.cursor.paging)?;
                let is_asked = self.progress.total.is_none() && partition.range.is_unbounded();
                Some(Request::Query(if is_asked { counted(query) } else { query }))
            }
        }
    }

    /// The page that comes first, and whose it is.
    async fn wait(&mut self) -> Option<(Partition, Request, Result<Page>)> {
        let pages = self
            .partitions
            .iter_mut()
            .filter_map(|partition| Some(Box::pin(partition.ahead.as_mut()?.page())));
        let pages: Vec<_> = pages.collect();
        if pages.is_empty() {
            return None;
        }
        let (page, place, _) = select_all(pages).await;
        let mut partition = self.partitions.remove(place)?;
        let request = partition.ahead.take()?.into_request();
        Some((partition, request, page))
    }

    /// Begins with a page, while the next one is on its way.
    fn open(&mut self, mut partition: Partition, page: Page) -> Result<Item> {
        // By key no link is needed, wherever it leads. Else one that leads elsewhere is found before its turn.
        if let Some(link) = page.next.as_ref().filter(|_| partition.cursor.paging != Paging::Key) {
            page::follow(link, &self.call.session.configuration.url)?;
        }
        match partition.step.take() {
            Some(Step::Follow(_)) => partition.cursor.followed(),
            _ => partition.trail.restart(),
        }
        // By key each page has a link of its own, which nobody follows.
        match partition.cursor.paging {
            Paging::Key => partition.trail.pass(&page)?,
            _ => partition.trail.remember(&page)?,
        }
        partition.cursor.turn(page.next.clone());
        self.progress.fetched += page.rows.len() as u64;
        self.progress.total = self.progress.total.or(page.count);
        let key = self.call.profile().key.property;
        let outlook = partition.cursor.outlook(|| page.rows.last()?.text_of(key));
        if let Some(request) = outlook.and_then(|step| self.request(&partition, &step)) {
            partition.send(&self.call.session, &self.call.scope, request);
        }
        let more = partition.cursor.has_next() || !self.partitions.is_empty();
        self.records = Records::new(page.rows, more);
        self.stage = Stage::Rows;
        self.partition = Some(partition);
        Ok(Item::Progress(self.progress))
    }

    /// Finds another way to a page. If a link does not hold, the walk goes on by key; if the tenant lacks a property
    /// that its metadata list, that property is left out (docs/successfactors.md#missing-properties); if it blocks
    /// snapshots, there is a way without (KBA 2749091).
    async fn mend(&mut self, mut partition: Partition, request: &Request, error: Error) -> Result<()> {
        if let Request::Link(_) = request {
            if !partition.cursor.recovers(&error) {
                return Err(error);
            }
            tracing::debug!(%error, "a link did not hold; the import goes on by key");
            partition.step = Some(Step::Ask(partition.cursor.anchor().map(ToOwned::to_owned)));
        } else if classify::is_unknown_property(&error) {
            let wanted = self.request.attributes_to_get.as_deref();
            self.missing_attributes.refused(&error, wanted);
            let model = self.call.model().await?;
            // Another call may have left it out already.
            self.call.without(&model, error.clone()).await.ok();
            self.plan = None;
            self.prepare().await?;
            let again = partition.step.as_ref().and_then(|step| self.request(&partition, step));
            if again.as_ref() == Some(request) {
                return Err(error);
            }
        } else if classify::is_snapshot_blocked(&error) && partition.cursor.paging == Paging::Snapshot {
            for partition in self.partitions.iter_mut().chain([&mut partition]) {
                partition.cursor.paging = Paging::Key;
            }
        } else {
            return Err(error);
        }
        self.partitions.push_front(partition);
        Ok(())
    }

    /// Takes note of when this run began, by the tenant's clock. True if that clock was set back since the last run:
    /// then the window has to begin sooner.
    pub(super) fn begins_earlier(&mut self, date: Option<DateTime<Utc>>) -> bool {
        if self.position.started.is_some() {
            return false;
        }
        let now = date.unwrap_or_else(|| self.call.session.now());
        self.position.started = Some(now);
        let Some(since) = self.position.since.filter(|since| now < *since) else { return false };
        tracing::warn!(%since, %now, "the tenant's clock was set back since the last import");
        self.position.since = Some(now);
        true
    }
}
