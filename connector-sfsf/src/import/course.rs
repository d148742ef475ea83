//! An import in its course.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use connector_core::object::{ConnectorObject, ObjectClass, Uid};
use connector_core::operation::{
    Gone, GoneReason, ImportFigures, ImportMode, ImportPhase, ImportRequest, Item, ItemStream, MAX_MISSING,
    Progress, SkipReason, StreamStatus, Summary, SyncToken,
};
use connector_core::{Error, ErrorKind, Result};
use futures_util::stream;

use super::columns::Columns;
use super::confirm::confirm;
use super::figures::Figures;
use super::token::{self, Position, Subject};
use super::walk::{Paging, Step, Walk};
use super::window::{self, MODIFIED, Window};
use crate::entitlement::Assignments;
use crate::http::Scope;
use crate::odata::page::{self, Page};
use crate::odata::query::Query;
use crate::odata::{classify, literal};
use crate::session::Session;
use crate::user::filter::{Translation, translate};
use crate::user::{Plan, USER, UserModel, status};

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
    walk: Walk,
    rows: VecDeque<Bytes>,
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
    /// Another page.
    Page,
    /// The rows of this page.
    Rows,
    /// Whoever is missing.
    Missing,
    Ended,
}

/// How people are read, as the tenant's metadata allow.
struct Design {
    plan: Plan,
    translation: Translation,
    window: Option<Window>,
    /// What the people of this page are entitled to, if that is wanted.
    entitlements: Option<Assignments>,
    /// Whether the next run can be a delta.
    has_delta: bool,
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
            walk: Walk::new(session.configuration.paging, position.after.clone()),
            missing: request.missing.iter().cloned().collect(),
            session,
            scope,
            request,
            subject,
            position,
            next,
            stage: Stage::Page,
            design: None,
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

    /// Reads the next page, if there is one.
    async fn turn_page(&mut self) -> Result<Option<Item>> {
        let page = match self.walk.step() {
            Step::Done => {
                self.stage = Stage::Missing;
                return Ok(None);
            }
            Step::Ask(from) => self.ask(from.as_deref()).await?,
            Step::Follow(link) => self.follow(&link).await?,
        };
        // A link that leads elsewhere is an error even where links are not followed: somebody put it there.
        if let Some(link) = &page.next {
            page::follow(link, &self.session.configuration.url)?;
        }
        self.walk.turn(page.next)?;
        self.progress.fetched += page.rows.len() as u64;
        self.progress.total = self.progress.total.or(page.count);
        self.rows = page.rows.into();
        self.stage = Stage::Rows;
        self.entitle().await?;
        Ok(Some(Item::Progress(self.progress)))
    }

    async fn follow(&mut self, link: &str) -> Result<Page> {
        let started = Instant::now();
        let page = self.session.follow(&self.scope, link).await;
        self.figures.spent(ImportPhase::Read, started);
        match page {
            Err(error) if self.walk.recovers(&error) => {
                tracing::debug!(%error, "a link did not hold; the import goes on by key");
                let anchor = self.walk.anchor();
                self.ask(anchor.as_deref()).await
            }
            page => {
                self.walk.followed();
                page
            }
        }
    }

    /// The people from a key on. If the tenant lacks a property that its metadata list, that property is left out
    /// (reference §4.5); if it blocks snapshots, there is a way without (KBA 2749091).
    async fn ask(&mut self, from: Option<&str>) -> Result<Page> {
        let mut model = self.model().await?;
        loop {
            let Some(query) = self.prepare(&model, from)? else { return Ok(Page::default()) };
            let started = Instant::now();
            let page = self.session.read(&self.scope, &query).await;
            self.figures.spent(ImportPhase::Read, started);
            match page {
                Err(error) if classify::is_unknown_property(&error) => {
                    self.columns.refused(&error, self.request.attributes_to_get.as_deref());
                    model = self.session.hide(&model, &error).await.ok_or(error)?;
                    self.design = None;
                }
                Err(error)
                    if classify::is_snapshot_blocked(&error) && self.walk.paging == Paging::Snapshot =>
                {
                    self.walk.paging = Paging::Key;
                }
                Err(error) => return Err(error),
                Ok(page) if self.begins_earlier(page.date) => self.design = None,
                Ok(page) => return Ok(page),
            }
        }
    }

    async fn model(&mut self) -> Result<Arc<UserModel>> {
        let started = Instant::now();
        let model = self.session.model(&self.scope).await;
        self.figures.spent(ImportPhase::Prepare, started);
        model
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

    fn prepare(&mut self, model: &UserModel, from: Option<&str>) -> Result<Option<Query>> {
        if self.design.is_none() {
            self.design = Some(self.design(model)?);
        }
        let Some(design) = &self.design else { return Ok(None) };
        Ok(self.query(design, from))
    }

    fn design(&mut self, model: &UserModel) -> Result<Design> {
        let wanted = self.columns.available(model, self.request.attributes_to_get.as_deref());
        let (wanted, filter) = (wanted.as_deref(), self.request.filter.as_ref());
        let settings = &self.session.configuration;
        let window =
            self.position.since.map(|since| Window::new(model, &settings.sync, since, &self.position.again));
        let window = window.transpose()?;
        let mut translation = translate(filter, model, &settings.statuses)?;
        let mut plan = Plan::new(model, wanted, filter)?;
        if window.is_some() {
            plan = Plan::with(model, wanted, filter, &[MODIFIED])?;
            if filter.is_some_and(|filter| plan.looks_at_entitlements(filter)) {
                return Err(no_delta_of_entitlements());
            }
            // Whoever no longer satisfies the filter has to be told of, so the tenant must not leave them out.
            translation.pushed = Some(status::listed(&status::LETTERS));
            translation.residual = filter.is_some();
        }
        let kinds = plan.entitlements();
        let entitlements = (!kinds.is_empty()).then(|| Assignments::new(kinds));
        Ok(Design { plan, translation, window, entitlements, has_delta: window::is_possible(model) })
    }

    /// Nothing if nobody can satisfy the filter.
    fn query(&self, design: &Design, from: Option<&str>) -> Option<Query> {
        let mut filter = design.translation.pushed.clone()?;
        if let Some(window) = &design.window {
            filter = format!("{filter} and {}", window.condition());
        }
        if let Some(key) = from {
            // Not "gt": to a tenant that compares without case, abc and ABC are equal, and both have to come.
            filter = format!("{filter} and userId ge {}", literal::string(key));
        }
        // Pages by key begin with the last one of the page before, and bring at least one other.
        let size = self.session.configuration.page_size.max(2);
        let count = if self.progress.total.is_none() { "allpages" } else { "" };
        Some(
            Query::set(USER)
                .json()
                .option("$filter", filter)
                .option("$select", design.plan.select())
                .option("$expand", design.plan.expand())
                .option("$orderby", "userId")
                .option("customPageSize", size.to_string())
                .option("$inlinecount", count)
                .option("paging", if self.walk.paging == Paging::Snapshot { "snapshot" } else { "" }),
        )
    }

    /// Reads what the people of this page are entitled to, all of them together. Whoever the filter leaves out
    /// in any case is not asked about.
    async fn entitle(&mut self) -> Result<()> {
        let Some(Design { plan, translation, entitlements: Some(entitlements), .. }) = &mut self.design
        else {
            return Ok(());
        };
        let started = Instant::now();
        let filter = translation.filter.as_ref().filter(|filter| !plan.looks_at_entitlements(filter));
        // A row that cannot be read becomes a problem later.
        let read = self.rows.iter().filter_map(|row| plan.read(row, filter, None).ok().flatten());
        let people: Vec<_> = read.map(|person| person.uid).collect();
        let more = self.walk.has_next();
        let loaded = entitlements.load(&self.session, &self.scope, &people, more).await;
        self.figures.spent(ImportPhase::Entitlements, started);
        loaded
    }

    /// Makes an item of a row, if it is wanted.
    fn read(&mut self, row: &[u8]) -> Result<Option<Item>> {
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
        if !self.walk.pass(person.uid.as_str()) {
            match self.walk.is_anchor(person.uid.as_str()) {
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
            self.walk.pass(uid.as_str());
            self.next.ask_again(uid.as_str());
        }
        Item::Problem(error)
    }

    /// The page is used up: a checkpoint.
    fn settle(&mut self) -> Result<Option<Item>> {
        self.stage = Stage::Page;
        let Some(after) = self.walk.settle()? else { return Ok(None) };
        let position = Position {
            after: Some(after.to_owned()),
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

fn no_delta_of_entitlements() -> Error {
    Error::new(
        ErrorKind::Unsupported,
        "a delta cannot tell who has gained or lost groups, roles or permissions: that does not change the person",
    )
    .with_advice("import without a sync token, or with a filter that does not look at them")
}
