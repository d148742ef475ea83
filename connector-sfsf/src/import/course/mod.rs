//! An import in its course: its stages, from the first request to the summary.

mod pages;
mod people;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use connector_core::object::Uid;
use connector_core::operation::{
    ImportFigures, ImportMode, ImportPhase, ImportRequest, Item, ItemStream, MAX_MISSING, Progress,
    SkipReason, StreamStatus, Summary, SyncToken,
};
use connector_core::{Error, Result};
use futures_util::stream;

use super::columns::Columns;
use super::design::Design;
use super::divide;
use super::figures::Figures;
use super::lane::Lane;
use super::token::{self, Position, Stretch, Subject};
use crate::http::Scope;
use crate::odata::page::Page;
use crate::odata::row::Row;
use crate::session::Session;
use crate::user::Gaps;

/// An import in its course.
pub(super) struct Course {
    session: Arc<Session>,
    scope: Scope,
    request: ImportRequest,
    subject: Subject,
    position: Position,
    /// Where the next run begins.
    next: Position,
    stage: Stage,
    design: Option<Design>,
    /// The stretches whose next page is waited for.
    lanes: VecDeque<Lane>,
    /// The one whose page is being used up.
    lane: Option<Lane>,
    rows: VecDeque<Row>,
    /// Whom the caller misses and this run has not brought.
    missing: BTreeSet<Uid>,
    progress: Progress,
    figures: Figures,
    columns: Columns,
    /// What did not come of what was asked for.
    gaps: Gaps,
    count: u64,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Fresh,
    /// Another page.
    Page,
    /// The rows of this page.
    Rows,
    /// Whoever is missing.
    Missing,
    Ended,
}

impl Course {
    /// An import that has sent nothing yet.
    ///
    /// # Errors
    ///
    /// A token that does not belong here; more missing people than are looked for.
    pub fn new(session: Arc<Session>, scope: Scope, request: ImportRequest) -> Result<Self> {
        let subject = Subject::of(&session.configuration, &request);
        let position = match &request.sync_token {
            Some(token) => token::read(token, &subject)?,
            None => Position::default(),
        };
        if request.missing.len() > MAX_MISSING {
            let message =
                format!("missing has {} uids; at most {MAX_MISSING} are looked for", request.missing.len());
            return Err(Error::invalid_request(message).with_attributes(["missing".into()]));
        }
        let mut next = Position::default();
        if position.started.is_some() {
            next.again.clone_from(&position.again);
        }
        let mut figures = Figures::default();
        figures.counts.mode = if position.since.is_some() { ImportMode::Delta } else { ImportMode::Full };
        figures.counts.resumed = position.started.is_some();
        Ok(Self {
            missing: request.missing.iter().cloned().collect(),
            session,
            scope,
            request,
            subject,
            position,
            next,
            stage: Stage::Fresh,
            design: None,
            lanes: VecDeque::new(),
            lane: None,
            rows: VecDeque::new(),
            progress: Progress::default(),
            figures,
            columns: Columns::default(),
            gaps: Gaps::default(),
            count: 0,
        })
    }

    /// The items of this import, with its summary at the end.
    pub fn into_stream(self) -> ItemStream {
        Box::pin(stream::unfold(self, |mut course| async move {
            let item = course.advance().await?;
            Some((item, course))
        }))
    }

    async fn advance(&mut self) -> Option<Result<Item>> {
        if self.stage == Stage::Ended {
            return None;
        }
        let item = match self.next_item().await {
            Ok(Some(item)) => return Some(Ok(item)),
            Ok(None) => Ok(Item::End(self.summary())),
            Err(error) => Err(error),
        };
        self.stage = Stage::Ended;
        Some(item)
    }

    /// What comes next; nothing at the end.
    async fn next_item(&mut self) -> Result<Option<Item>> {
        loop {
            self.scope.context.check()?;
            let item = match self.stage {
                Stage::Fresh => self.begin().await?,
                Stage::Page => self.turn_page().await?,
                Stage::Rows => match self.rows.pop_front() {
                    Some(row) => self.read(&row)?,
                    None => self.settle()?,
                },
                Stage::Missing => match self.missing.pop_first() {
                    Some(uid) => self.confirm(uid).await?,
                    None => return Ok(None),
                },
                Stage::Ended => return Ok(None),
            };
            if item.is_some() {
                return Ok(item);
            }
        }
    }

    /// Finds out what to read: what is left of an earlier run, or everything.
    async fn begin(&mut self) -> Result<Option<Item>> {
        self.prepare().await?;
        let stretches = match std::mem::take(&mut self.position.stretches) {
            none if none.is_empty() => self.divide().await?,
            left => left,
        };
        let paging = self.session.configuration.paging;
        self.lanes = stretches.into_iter().map(|stretch| Lane::new(paging, stretch)).collect();
        self.stage = Stage::Page;
        Ok(None)
    }

    /// Knows what to ask for, with whatever the tenant's metadata say now.
    async fn prepare(&mut self) -> Result<()> {
        if self.design.is_none() {
            let started = Instant::now();
            let model = self.session.model(&self.scope).await;
            self.figures.spent(ImportPhase::Prepare, started);
            let (model, settings) = (model?, &self.session.configuration);
            let wanted = self.columns.available(&model, self.request.attributes_to_get.as_deref());
            let filter = self.request.filter.as_ref();
            let design = Design::new(&model, settings, wanted.as_deref(), filter, &self.position)?;
            self.design = Some(design.noting(&self.gaps));
        }
        Ok(())
    }

    /// As many stretches as may be read at the same time, if there are people enough. A tenant that cannot be asked
    /// where to cut is read in one.
    async fn divide(&mut self) -> Result<Vec<Stretch>> {
        let settings = &self.session.configuration;
        let parts = settings.parallel.min(settings.http.requests_in_flight) as u64;
        let whole = Ok(vec![Stretch::default()]);
        let Some(design) = self.design.as_ref().filter(|_| parts > 1) else { return whole };
        let started = Instant::now();
        let survey = divide::survey(&self.session, &self.scope, design).await;
        self.figures.spent(ImportPhase::Prepare, started);
        let Ok(Some(Page { count: Some(people), date, .. })) = survey else { return whole };
        self.progress.total = Some(people);
        if self.begins_earlier(date) {
            self.design = None;
            self.prepare().await?;
        }
        let parts = parts.min(people / u64::from(self.session.configuration.page_size));
        let Some(design) = self.design.as_ref().filter(|_| parts > 1) else { return whole };
        let stretches = divide::divide(&self.session, &self.scope, design, people, parts).await;
        self.figures.spent(ImportPhase::Prepare, started);
        stretches.or(whole)
    }

    /// The page is used up: a checkpoint.
    fn settle(&mut self) -> Result<Option<Item>> {
        self.stage = Stage::Page;
        let Some(mut lane) = self.lane.take() else { return Ok(None) };
        let is_settled = lane.walk.settle()?.is_some();
        self.lanes.push_back(lane);
        if !is_settled {
            return Ok(None);
        }
        let position = Position {
            stretches: self.lanes.iter().map(Lane::rest).collect(),
            again: self.next.again.clone(),
            ..self.position.clone()
        };
        let position = self.position.again.iter().fold(position, |position, uid| position.asking_again(uid));
        Ok(Some(Item::Checkpoint(token::write(&self.subject, &position))))
    }

    /// How the stream ends.
    fn summary(&self) -> Summary {
        let skipped = &self.figures.counts.skipped;
        Summary {
            count: self.count,
            problems: skipped.get(&SkipReason::Unreadable).copied().unwrap_or_default(),
            residual: self.design.as_ref().is_some_and(|design| design.translation.residual),
            cost: self.scope.meter.cost(),
            sync_token: self.next_token(),
            withheld: self.gaps.counted(),
            notices: self.gaps.notices(),
            import: Some(Box::new(ImportFigures {
                missing_attributes: self.columns.missing().to_vec(),
                ..self.figures.tell()
            })),
            ..Summary::new(StreamStatus::Complete)
        }
    }

    /// The next run begins where this one did: whoever was changed meanwhile is then.
    fn next_token(&self) -> Option<SyncToken> {
        self.design.as_ref().filter(|design| design.has_delta)?;
        let position = Position { since: Some(self.position.started?), ..self.next.clone() };
        Some(token::write(&self.subject, &position))
    }
}
