//! People as a pull stream: a page is asked for when the one before is used up, and not sooner.

use std::collections::VecDeque;
use std::sync::Arc;

use connector_core::object::AttributeName;
use connector_core::operation::{Item, ItemStream, Problem, SortKey, StreamStatus, Summary};
use connector_core::{Error, ErrorKind, Filter, Result};
use futures_util::stream;

use crate::entitlement::Assignments;
use crate::http::Scope;
use crate::odata::page::{Page, Trail};
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::odata::{classify, literal};
use crate::session::Session;
use crate::user::filter::{Translation, translate};
use crate::user::{Gaps, Plan, Source, USER, UserModel};

/// What to stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub filter: Option<Filter>,
    pub attributes_to_get: Option<Vec<AttributeName>>,
    /// The order; by user id if empty, so that pages have a stable order.
    pub sort_keys: Vec<SortKey>,
    /// Only people after this one, in the order of user ids.
    pub after: Option<String>,
    /// Objects to be left out at the start.
    pub skip: u64,
    /// At most so many objects.
    pub limit: Option<u64>,
}

/// A stream in its course.
pub(crate) struct Reading {
    session: Arc<Session>,
    pub scope: Scope,
    selection: Selection,
    state: State,
    plan: Option<Plan>,
    translation: Option<Translation>,
    /// What the people of this page are entitled to, if that is wanted.
    entitlements: Option<Assignments>,
    rows: VecDeque<Row>,
    next: Option<String>,
    followed: Trail,
    /// Objects still to be left out here, because the tenant cannot count them.
    skip: u64,
    pub count: u64,
    problems: u64,
    /// What did not come of what was asked for.
    gaps: Gaps,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Fresh,
    Reading,
    Drained,
    Ended,
}

impl Reading {
    pub fn new(session: Arc<Session>, scope: Scope, selection: Selection) -> Self {
        Self {
            session,
            scope,
            selection,
            state: State::Fresh,
            plan: None,
            translation: None,
            entitlements: None,
            rows: VecDeque::new(),
            next: None,
            followed: Trail::default(),
            skip: 0,
            count: 0,
            problems: 0,
            gaps: Gaps::default(),
        }
    }

    /// The items of this reading, with its summary at the end.
    pub fn into_stream(self) -> ItemStream {
        Box::pin(stream::unfold(self, |mut reading| async move {
            let item = reading.advance().await?;
            Some((item, reading))
        }))
    }

    async fn advance(&mut self) -> Option<Result<Item>> {
        if self.state == State::Ended {
            return None;
        }
        let item = match self.next_item().await {
            Ok(Some(item)) => return Some(Ok(item)),
            Ok(None) => Ok(Item::End(self.summary())),
            Err(error) => Err(error),
        };
        self.state = State::Ended;
        Some(item)
    }

    /// The next object or problem; nothing at the end.
    pub async fn next_item(&mut self) -> Result<Option<Item>> {
        loop {
            self.scope.context.check()?;
            if self.selection.limit.is_some_and(|limit| self.count >= limit) {
                return Ok(None);
            }
            if let Some(row) = self.rows.pop_front() {
                if let Some(item) = self.read(&row) {
                    return Ok(Some(item));
                }
                continue;
            }
            if self.state == State::Drained {
                return Ok(None);
            }
            self.turn_page().await?;
        }
    }

    fn read(&mut self, row: &Row) -> Option<Item> {
        let filter = self.translation.as_ref().and_then(|translation| translation.filter.as_ref());
        match self.plan.as_ref()?.read(row, filter, self.entitlements.as_ref()) {
            Ok(Some(_)) if self.skip > 0 => {
                self.skip -= 1;
                None
            }
            Ok(Some(object)) => {
                self.count += 1;
                Some(Item::Object(object))
            }
            Ok(None) => None,
            Err(error) => {
                self.problems += 1;
                Some(Item::Problem(Problem::unreadable(error)))
            }
        }
    }

    async fn turn_page(&mut self) -> Result<()> {
        let page = match self.state {
            State::Fresh => self.first_page().await?,
            _ => match self.next.take() {
                Some(link) => self.session.follow(&self.scope, &link).await?,
                None => Page::default(),
            },
        };
        self.followed.remember(&page)?;
        self.state = if page.next.is_some() { State::Reading } else { State::Drained };
        self.next = page.next;
        self.rows = page.rows.into();
        self.entitle().await
    }

    /// Reads what the people of this page are entitled to, all of them together. Whoever the filter leaves out
    /// in any case is not asked about.
    async fn entitle(&mut self) -> Result<()> {
        let (Some(plan), Some(entitlements)) = (&self.plan, &mut self.entitlements) else { return Ok(()) };
        let filter = self.translation.as_ref().and_then(|translation| translation.filter.as_ref());
        let filter = filter.filter(|filter| !plan.looks_at_entitlements(filter));
        // A row that cannot be read becomes a problem later.
        let read = self.rows.iter().filter_map(|row| plan.read(row, filter, None).ok().flatten());
        let people: Vec<_> = read.map(|person| person.uid).collect();
        entitlements.load(&self.session, &self.scope, &people, self.next.is_some()).await
    }

    /// The first page, after finding out what the tenant has. If it lacks a property that its metadata
    /// list, that property is left out (reference §4.5).
    async fn first_page(&mut self) -> Result<Page> {
        let mut model = self.session.model(&self.scope).await?;
        loop {
            let Some(query) = self.prepare(&model)? else { return Ok(Page::default()) };
            match self.session.read(&self.scope, &query).await {
                Err(error) if classify::is_unknown_property(&error) => {
                    model = self.session.hide(&model, &error).await.ok_or(error)?;
                }
                result => return result,
            }
        }
    }

    fn prepare(&mut self, model: &UserModel) -> Result<Option<Query>> {
        let selection = &self.selection;
        let plan = Plan::new(model, selection.attributes_to_get.as_deref(), selection.filter.as_ref())?
            .noting(&self.gaps);
        let configuration = &self.session.configuration;
        let translation = translate(selection.filter.as_ref(), model, &configuration.statuses)?;
        self.skip = if translation.residual { selection.skip } else { 0 };
        let query = translation.pushed.as_ref().map(|pushed| self.query(pushed, &plan, model)).transpose()?;
        let kinds = plan.entitlements();
        self.entitlements = (!kinds.is_empty()).then(|| Assignments::new(kinds));
        self.plan = Some(plan);
        self.translation = Some(translation);
        Ok(query)
    }

    fn query(&self, pushed: &str, plan: &Plan, model: &UserModel) -> Result<Query> {
        let selection = &self.selection;
        let filter = match &selection.after {
            Some(uid) => format!("{pushed} and userId gt {}", literal::string(uid)),
            None => pushed.to_owned(),
        };
        let page_size = u64::from(self.session.configuration.page_size);
        let page_size = selection.limit.map_or(page_size, |limit| page_size.min(limit.max(1)));
        let skip = selection.skip - self.skip;
        Ok(Query::set(USER)
            .json()
            .option("$filter", filter)
            .option("$select", plan.select())
            .option("$expand", plan.expand())
            .option("$orderby", order(&selection.sort_keys, model)?)
            .option("$skip", if skip > 0 { skip.to_string() } else { String::new() })
            .option("customPageSize", page_size.to_string()))
    }

    /// What would be asked first, and who evaluates what. Nothing is sent.
    pub fn preview(mut self, model: &UserModel) -> Result<(Option<Query>, Translation)> {
        let query = self.prepare(model)?;
        let translation = self.translation.take();
        Ok((query, translation.ok_or_else(|| Error::internal("nothing was prepared"))?))
    }

    /// Whether a part of the filter is evaluated here.
    pub fn is_residual(&self) -> bool {
        self.translation.as_ref().is_some_and(|translation| translation.residual)
    }

    /// How the stream ends.
    pub fn summary(&self) -> Summary {
        Summary {
            count: self.count,
            problems: self.problems,
            residual: self.is_residual(),
            cost: self.scope.meter.cost(),
            withheld: self.gaps.counted(),
            notices: self.gaps.notices(),
            ..Summary::new(StreamStatus::Complete)
        }
    }
}

/// The value of `$orderby`. The key comes last, so that equal rows have an order too.
fn order(keys: &[SortKey], model: &UserModel) -> Result<String> {
    let mut parts = Vec::new();
    for key in keys {
        let mapped = model.find(&key.attribute)?;
        let Source::Property { name, .. } = &mapped.source else { return Err(unsortable(key)) };
        if !mapped.info.sortable {
            return Err(unsortable(key));
        }
        parts.push(format!("{name} {}", if key.ascending { "asc" } else { "desc" }));
    }
    if !parts.iter().any(|part| part.starts_with("userId ")) {
        parts.push("userId".to_owned());
    }
    Ok(parts.join(","))
}

fn unsortable(key: &SortKey) -> Error {
    let name = &key.attribute;
    Error::new(ErrorKind::InvalidRequest, format!("the tenant cannot sort by '{name}'"))
        .with_attributes([name.clone()])
        .with_advice("`schema` says which attributes are sortable")
}
