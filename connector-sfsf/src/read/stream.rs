//! Objects as a pull stream: a page is asked for when the one before is used up, and not sooner.

use chrono::NaiveDate;
use connector_core::object::AttributeName;
use connector_core::operation::{Item, ItemStream, Problem, SearchRequest, SortKey, StreamStatus, Summary};
use connector_core::{Error, Filter, Result};
use futures_util::stream;

use super::companion::Companion;
use super::filter::{Translation, translate};
use super::gaps::Gaps;
use super::order::order;
use super::query_plan::QueryPlan;
use super::records::Records;
use super::row_reader::Record;
use crate::class::call::Call;
use crate::mapping::model::Model;
use crate::odata::page::Page;
use crate::odata::query::{Query, all_of};
use crate::tenant::Pages;

/// What to stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub filter: Option<Filter>,
    pub attributes_to_get: Option<Vec<AttributeName>>,
    /// The order; that of keys if empty, so that pages have a stable order.
    pub sort_keys: Vec<SortKey>,
    /// Only objects after this one, in the order of keys.
    pub after: Option<String>,
    /// Objects to be left out at the start.
    pub skip: u64,
    /// At most so many objects, the last of which is not delivered.
    pub limit: Option<u64>,
    /// The day as of which objects are read.
    pub as_of: Option<NaiveDate>,
}

impl Selection {
    /// All of what a search asks for.
    pub fn of(request: SearchRequest) -> Self {
        Self {
            filter: request.filter,
            attributes_to_get: request.attributes_to_get,
            sort_keys: request.sort_keys,
            as_of: request.as_of,
            ..Self::default()
        }
    }
}

/// A stream under way.
pub(crate) struct Reading {
    call: Call,
    selection: Selection,
    /// What was found out before the first page.
    prepared: Option<Prepared>,
    pages: Pages,
    records: Records,
    /// Objects still to be left out here, because the tenant cannot count them.
    skip: u64,
    pub count: u64,
    problems: u64,
    /// What did not come of what was asked for.
    gaps: Gaps,
    ended: bool,
}

/// How objects are read.
struct Prepared {
    plan: QueryPlan,
    translation: Translation,
    companion: Option<Box<dyn Companion>>,
}

impl Reading {
    pub fn new(call: Call, selection: Selection) -> Self {
        Self {
            call,
            selection,
            prepared: None,
            pages: Pages::none(),
            records: Records::default(),
            skip: 0,
            count: 0,
            problems: 0,
            gaps: Gaps::default(),
            ended: false,
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
        if self.ended {
            return None;
        }
        let item = match self.next_item().await {
            Ok(Some(item)) => return Some(Ok(item)),
            Ok(None) => Ok(Item::End(self.summary())),
            Err(error) => Err(error),
        };
        self.ended = true;
        Some(item)
    }

    /// The next object or problem; nothing at the end.
    pub async fn next_item(&mut self) -> Result<Option<Item>> {
        loop {
            self.call.scope.context.check()?;
            if self.selection.limit.is_some_and(|limit| self.count >= limit) {
                return Ok(None);
            }
            match self.next_record().await? {
                Some(record) => {
                    if let Some(item) = self.item(record) {
                        return Ok(Some(item));
                    }
                }
                None => {
                    let Some(page) = self.next_page().await? else { return Ok(None) };
                    self.records = Records::new(page.rows, self.pages.has_next());
                }
            }
        }
    }

    /// The next record of this page. Whatever the filter leaves out in any case needs no companions.
    async fn next_record(&mut self) -> Result<Option<Result<Record>>> {
        let Some(Prepared { plan, translation, companion }) = &mut self.prepared else { return Ok(None) };
        let filter = translation.filter.as_ref().filter(|filter| !plan.is_about_companions(filter));
        let wanted = |record: &Record| filter.is_none_or(|filter| filter.matches(&record.object));
        let (session, scope) = (&self.call.session, &self.call.scope);
        self.records.next(plan, companion.as_mut(), (session, scope), wanted).await
    }

    fn item(&mut self, record: Result<Record>) -> Option<Item> {
        let filter = self.prepared.as_ref().and_then(|prepared| prepared.translation.filter.as_ref());
        match record {
            Ok(record) if filter.is_some_and(|filter| !filter.matches(&record.object)) => None,
            Ok(_) if self.skip > 0 => {
                self.skip -= 1;
                None
            }
            Ok(record) => {
                self.count += 1;
                // The last one of a page is only there to show that there is another page.
                let is_ahead = self.selection.limit == Some(self.count);
                let object = if is_ahead { record.into_object_ahead() } else { record.into_object() };
                Some(Item::Object(object))
            }
            Err(error) => {
                self.problems += 1;
                Some(Item::Problem(Problem::unreadable(error)))
            }
        }
    }

    async fn next_page(&mut self) -> Result<Option<Page>> {
        let (session, scope) = (&self.call.session, &self.call.scope);
        match self.prepared {
            Some(_) => self.pages.next(session, scope).await,
            None => self.first_page().await,
        }
    }

    /// The first page, after finding out what the tenant has.
    async fn first_page(&mut self) -> Result<Option<Page>> {
        let mut model = self.call.model().await?;
        loop {
            let query = self.prepare(&model)?;
            let mut pages = query.map_or_else(Pages::none, Pages::new);
            match pages.next(&self.call.session, &self.call.scope).await {
                Err(error) => model = self.call.without(&model, self.call.explained(error)).await?,
                page => {
                    self.pages = pages;
                    return page;
                }
            }
        }
    }

    fn prepare(&mut self, model: &Model) -> Result<Option<Query>> {
        let selection = &self.selection;
        let filter = selection.filter.as_ref();
        let plan =
            QueryPlan::new(model, selection.attributes_to_get.as_deref(), filter, &[])?.noting(&self.gaps);
        let translation = translate(filter, model, &self.call.population())?;
        self.skip = if translation.residual { selection.skip } else { 0 };
        let query = translation.pushed.as_ref().map(|pushed| self.query(pushed, &plan, model)).transpose()?;
        let companion = self.call.class.companion(&plan.companions());
        self.prepared = Some(Prepared { plan, translation, companion });
        Ok(query)
    }

    fn query(&self, pushed: &str, plan: &QueryPlan, model: &Model) -> Result<Query> {
        let (selection, profile) = (&self.selection, self.call.profile());
        let after = selection.after.as_deref().map(|uid| profile.key.compare("gt", uid).ok_or_else(strange));
        let filter = all_of([pushed.to_owned()].into_iter().chain(after.transpose()?));
        let page_size = u64::from(self.call.session.configuration.page_size);
        let page_size = selection.limit.map_or(page_size, |limit| page_size.min(limit.max(1)));
        let skip = selection.skip - self.skip;
        Ok(plan
            .ask(Query::set(profile.entity))
            .option("$filter", filter)
            .option("$orderby", order(&selection.sort_keys, model)?)
            .option("$skip", if skip > 0 { skip.to_string() } else { String::new() })
            .option("customPageSize", page_size.to_string())
            .on_day(selection.as_of))
    }

    /// What would be asked first, and who evaluates what. Nothing is sent.
    pub fn preview(mut self, model: &Model) -> Result<(Option<Query>, Translation)> {
        let query = self.prepare(model)?;
        let prepared = self.prepared.take();
        let translation = prepared.map(|prepared| prepared.translation);
        Ok((query, translation.ok_or_else(|| Error::internal("nothing was prepared"))?))
    }

    /// How the stream ends.
    pub fn summary(&self) -> Summary {
        Summary {
            count: self.count,
            problems: self.problems,
            residual: self.prepared.as_ref().is_some_and(|prepared| prepared.translation.residual),
            cost: self.call.scope.meter.cost(),
            withheld: self.gaps.counted(),
            notices: self.gaps.notices(),
            ..Summary::new(StreamStatus::Complete)
        }
    }
}

fn strange() -> Error {
    Error::invalid_request("the cookie is not one of this connector")
}
