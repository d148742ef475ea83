//! An import in its course.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use connector_core::object::{ConnectorObject, ObjectClass, Uid};
use connector_core::operation::{
    Gone, GoneReason, ImportFigures, ImportMode, ImportPhase, ImportRequest, Item, ItemStream, MAX_MISSING,
    Progress, SkipReason, StreamStatus, Summary, SyncToken,
};
use connector_core::{Error, Result};
use futures_util::future::select_all;
use futures_util::stream;

use super::columns::Columns;
use super::confirm::confirm;
use super::design::{Design, counted};
use super::divide;
use super::figures::Figures;
use super::lane::{Lane, Request};
use super::token::{self, Position, Stretch, Subject};
use super::walk::{Paging, Step};
use crate::http::Scope;
use crate::odata::classify;
use crate::odata::page::{self, Page};
use crate::odata::row::Row;
use crate::session::Session;
use crate::user::{USER, status};

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
            self.design = Some(Design::new(&model, settings, wanted.as_deref(), filter, &self.position)?);
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

    /// Takes the page that comes first, if any is still to come.
    async fn turn_page(&mut self) -> Result<Option<Item>> {
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
        // A link that leads elsewhere is an error even where links are not followed: somebody put it there.
        if let Some(link) = &page.next {
            page::follow(link, &self.session.configuration.url)?;
        }
        if let Some(Step::Follow(_)) = lane.step.take() {
            lane.walk.followed();
        }
        lane.walk.turn(page.next)?;
        self.progress.fetched += page.rows.len() as u64;
        self.progress.total = self.progress.total.or(page.count);
        let last = || self.design.as_ref()?.plan.read_whole(page.rows.last()?).ok();
        let outlook = lane.walk.outlook(|| last().map(|(person, _)| person.uid.as_str().to_owned()));
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
    fn begins_earlier(&mut self, date: Option<DateTime<Utc>>) -> bool {
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

    /// Reads what the people of this page are entitled to, all of them together. Whoever the filter leaves out
    /// in any case is not asked about.
    async fn entitle(&mut self, more: bool) -> Result<()> {
        let Some(Design { plan, translation, entitlements: Some(entitlements), .. }) = &mut self.design
        else {
            return Ok(());
        };
        let started = Instant::now();
        let filter = translation.filter.as_ref().filter(|filter| !plan.looks_at_entitlements(filter));
        // A row that cannot be read becomes a problem later.
        let read = self.rows.iter().filter_map(|row| plan.read(row, filter, None).ok().flatten());
        let people: Vec<_> = read.map(|person| person.uid).collect();
        let loaded = entitlements.load(&self.session, &self.scope, &people, more).await;
        self.figures.spent(ImportPhase::Entitlements, started);
        loaded
    }

    /// Makes an item of a row, if it is wanted.
    fn read(&mut self, row: &Row) -> Result<Option<Item>> {
        let started = Instant::now();
        let Some(design) = &self.design else { return Err(Error::internal("a row came before its plan")) };
        let read = design.plan.read_whole(row);
        self.figures.counts.seen += 1;
        let item = match read {
            Ok((person, letter)) => self.judge(person, letter),
            Err(error) => Some(self.unreadable(error)),
        };
        self.figures.spent(ImportPhase::Map, started);
        Ok(item)
    }

    fn judge(&mut self, mut person: ConnectorObject, letter: Option<char>) -> Option<Item> {
        let design = self.design.as_ref()?;
        let counts = &mut self.figures.counts;
        let was_missing = self.missing.remove(&person.uid);
        let walk = &mut self.lane.as_mut()?.walk;
        if !walk.pass(person.uid.as_str()) {
            match walk.is_anchor(person.uid.as_str()) {
                true => counts.seen -= 1,
                false => counts.skip(SkipReason::Duplicate),
            }
            return None;
        }
        if design.window.as_ref().is_some_and(|window| !window.holds(&person)) {
            counts.skip(SkipReason::Unchanged);
            return None;
        }
        if let Some(entitlements) = &design.entitlements {
            entitlements.attach(&mut person);
        }
        let in_scope = letter.is_none_or(|letter| self.session.configuration.statuses.contains(&letter));
        let filter = design.translation.filter.as_ref();
        if !in_scope || filter.is_some_and(|filter| !filter.matches(&person)) {
            return self.left(person.uid, was_missing);
        }
        design.plan.reduce(&mut person);
        counts.inactive += u64::from(!letter.is_some_and(|letter| status::presence(letter).is_active()));
        self.count += 1;
        Some(Item::Object(person))
    }

    /// Somebody who does not satisfy the filter. In a delta they may have done so before, and if the caller misses
    /// them they did.
    fn left(&mut self, uid: Uid, was_missing: bool) -> Option<Item> {
        if self.figures.counts.mode == ImportMode::Full && !was_missing {
            self.figures.counts.skip(SkipReason::Filtered);
            return None;
        }
        self.figures.counts.gone += 1;
        let object_class = ObjectClass::from(USER);
        Some(Item::Gone(Gone { object_class, uid, reason: GoneReason::LeftFilter, evidence: Vec::new() }))
    }

    /// A record that cannot be read. Its person is not missing, and is asked for again by the next run.
    fn unreadable(&mut self, error: Error) -> Item {
        self.figures.counts.skip(SkipReason::Unreadable);
        if let Some(uid) = error.context().uid.clone() {
            self.missing.remove(&uid);
            if let Some(lane) = &mut self.lane {
                lane.walk.pass(uid.as_str());
            }
            self.next.ask_again(uid.as_str());
        }
        Item::Problem(error)
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

    async fn confirm(&mut self, uid: Uid) -> Result<Option<Item>> {
        let started = Instant::now();
        let gone = confirm(&self.session, &self.scope, uid, self.request.filter.as_ref()).await;
        self.figures.spent(ImportPhase::Confirm, started);
        let gone = gone?;
        self.figures.counts.gone += u64::from(gone.is_some());
        Ok(gone.map(Item::Gone))
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
