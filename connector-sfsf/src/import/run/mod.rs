//! An import in its run: its stages, from the first request to the summary.

mod objects;
mod pages;

use std::collections::{BTreeSet, VecDeque};
use std::time::Instant;

use connector_core::object::Uid;
use connector_core::operation::{
    ImportFigures, ImportMode, ImportPhase, ImportRequest, Item, ItemStream, MAX_MISSING, Progress,
    SkipReason, StreamStatus, Summary, SyncToken,
};
use connector_core::{Error, Result};
use futures_util::stream;

use super::counts::Counts;
use super::key_range::KeyRange;
use super::missing_attributes::MissingAttributes;
use super::partition::Partition;
use super::partitions;
use super::plan::ImportPlan;
use super::token::{self, Position, TokenSubject};
use crate::class::call::Call;
use crate::config::Paging;
use crate::odata::page::Page;
use crate::read::gaps::Gaps;
use crate::read::records::Records;

/// An import in its run.
pub(super) struct Run {
    call: Call,
    request: ImportRequest,
    subject: TokenSubject,
    position: Position,
    /// Where the next run begins.
    next: Position,
    stage: Stage,
    plan: Option<ImportPlan>,
    /// The partitions whose next page is waited for.
    partitions: VecDeque<Partition>,
    /// The one whose page is being used up.
    partition: Option<Partition>,
    records: Records,
    /// Whom the caller misses and this run has not brought.
    missing: BTreeSet<Uid>,
    progress: Progress,
    counts: Counts,
    missing_attributes: MissingAttributes,
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

impl Run {
    /// An import that has sent nothing yet.
    ///
    /// # Errors
    ///
    /// A token that does not belong here; more missing people than are looked for.
    pub fn new(call: Call, request: ImportRequest) -> Result<Self> {
        let subject = TokenSubject::of(&call, &request);
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
        let mut counts = Counts::default();
        counts.counts.mode = if position.since.is_some() { ImportMode::Delta } else { ImportMode::Full };
        counts.counts.resumed = position.started.is_some();
        Ok(Self {
            missing: request.missing.iter().cloned().collect(),
            call,
            request,
            subject,
            position,
            next,
            stage: Stage::Fresh,
            plan: None,
            partitions: VecDeque::new(),
            partition: None,
            records: Records::default(),
            progress: Progress::default(),
            counts,
            missing_attributes: MissingAttributes::default(),
            gaps: Gaps::default(),
            count: 0,
        })
    }

    /// The items of this import, with its summary at the end.
    pub fn into_stream(self) -> ItemStream {
        Box::pin(stream::unfold(self, |mut run| async move {
            let item = run.advance().await?;
            Some((item, run))
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
            self.call.scope.context.check()?;
            let item = match self.stage {
                Stage::Fresh => self.begin().await?,
                Stage::Page => self.turn_page().await?,
                Stage::Rows => match self.next_record().await? {
                    Some(record) => self.item(record),
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
        let ranges = match std::mem::take(&mut self.position.ranges) {
            none if none.is_empty() => self.divide().await?,
            left => left,
        };
        let paging = match self.call.profile().is_short {
            true => Paging::Key,
            false => self.call.session.configuration.paging,
        };
        self.partitions = ranges.into_iter().map(|range| Partition::new(paging, range)).collect();
        self.stage = Stage::Page;
        Ok(None)
    }

    /// Knows what to ask for, with whatever the tenant's metadata say now.
    async fn prepare(&mut self) -> Result<()> {
        if self.plan.is_none() {
            let started = Instant::now();
            let model = self.call.model().await;
            self.counts.spent(ImportPhase::Prepare, started);
            let model = model?;
            let wanted = self.missing_attributes.available(&model, self.request.attributes_to_get.as_deref());
            let plan = ImportPlan::new(&self.call, &model, wanted.as_deref(), &self.request, &self.position)?;
            self.plan = Some(plan.noting(&self.gaps));
        }
        Ok(())
    }

    /// As many ranges as may be read at the same time, if there are objects enough. A tenant that cannot be asked
    /// where to cut is read in one.
    async fn divide(&mut self) -> Result<Vec<KeyRange>> {
        let settings = &self.call.session.configuration;
        let parts = settings.parallel.min(settings.http.requests_in_flight) as u64;
        let whole = Ok(vec![KeyRange::default()]);
        let Some(plan) = self.plan.as_ref().filter(|_| parts > 1) else { return whole };
        let started = Instant::now();
        let survey = partitions::survey(&self.call, plan).await;
        self.counts.spent(ImportPhase::Prepare, started);
        let Ok(Some(Page { count: Some(objects), date, .. })) = survey else { return whole };
        self.progress.total = Some(objects);
        if self.begins_earlier(date) {
            self.plan = None;
            self.prepare().await?;
        }
        let parts = parts.min(objects / u64::from(self.call.session.configuration.page_size));
        let Some(plan) = self.plan.as_ref().filter(|_| parts > 1) else { return whole };
        let ranges = partitions::divide(&self.call, plan, objects, parts).await;
        self.counts.spent(ImportPhase::Prepare, started);
        ranges.or(whole)
    }

    /// The page is used up: a checkpoint.
    fn settle(&mut self) -> Result<Option<Item>> {
        self.stage = Stage::Page;
        let Some(mut partition) = self.partition.take() else { return Ok(None) };
        let is_settled = partition.cursor.settle()?.is_some();
        self.partitions.push_back(partition);
        if !is_settled {
            return Ok(None);
        }
        let position = Position {
            ranges: self.partitions.iter().map(Partition::rest).collect(),
            again: self.next.again.clone(),
            ..self.position.clone()
        };
        let position = self.position.again.iter().fold(position, |position, uid| position.asking_again(uid));
        Ok(Some(Item::Checkpoint(token::write(&self.subject, &position))))
    }

    /// How the stream ends.
    fn summary(&self) -> Summary {
        let skipped = &self.counts.counts.skipped;
        Summary {
            count: self.count,
            problems: skipped.get(&SkipReason::Unreadable).copied().unwrap_or_default(),
            residual: self.plan.as_ref().is_some_and(|plan| plan.translation.residual),
            cost: self.call.scope.meter.cost(),
            sync_token: self.next_token(),
            withheld: self.gaps.counted(),
            notices: self.gaps.notices(),
            import: Some(Box::new(ImportFigures {
                missing_attributes: self.missing_attributes.names().to_vec(),
                ..self.counts.tell()
            })),
            ..Summary::new(StreamStatus::Complete)
        }
    }

    /// The next run begins where this one did: whoever was changed meanwhile is then.
    fn next_token(&self) -> Option<SyncToken> {
        self.plan.as_ref().filter(|plan| plan.has_delta)?;
        let position = Position { since: Some(self.position.started?), ..self.next.clone() };
        Some(token::write(&self.subject, &position))
    }
}
