//! `search`: a walk through the table, page by page, as far as the caller goes.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::{StreamExt, stream};

use super::get::check_wanted;
use super::model::Class;
use super::store::Record;
use super::{PAGE_SIZE, Target};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::filter::{Filter, compare};
use crate::meter::Meter;
use crate::object::{ObjectClass, Uid, ValueType, special};
use crate::operation::{Item, ItemStream, Operation, Page, SearchRequest, SortKey, StreamStatus, Summary};

/// A walk through the table.
pub(super) struct Scan {
    target: Arc<Target>,
    context: Context,
    request: SearchRequest,
    window: Window,
    /// Records that were read and not looked at yet.
    ahead: VecDeque<(Uid, Record)>,
    /// The last record that was read; `None` before the first.
    last_read: Option<Uid>,
    exhausted: bool,
    meter: Meter,
    delivered: u64,
}

/// Which of the objects that match are wanted.
struct Window {
    /// Matches before the first wanted one.
    skip: u64,
    size: Option<u64>,
    /// Whether the caller goes on by cookie.
    by_cookie: bool,
}

/// Refuses a filter on what cannot be looked at, or with what no such value compares with.
pub(super) fn check_filter(class: Class<'_>, filter: Option<&Filter>) -> Result<()> {
    let Some(filter) = filter else { return Ok(()) };
    filter.attributes().into_iter().try_for_each(|name| class.check_readable(name))?;
    filter.literals().into_iter().try_for_each(|(name, literal)| {
        let value_type =
            if name.is(special::UID) { ValueType::String } else { class.attribute(name)?.value_type };
        let refused = |error: Error| error.with_object(class.name(), None);
        literal.check(name, value_type, value_type.expected()).map_err(refused)
    })
}

impl Scan {
    /// Checks the request. Nothing is read yet.
    pub fn begin(target: Arc<Target>, context: Context, request: SearchRequest) -> Result<Self> {
        context.check()?;
        let class = target.model.class(&request.object_class, Operation::Search)?;
        class.manifest.admit_day("as_of", request.as_of)?;
        check_wanted(class, request.attributes_to_get.as_deref())?;
        check_filter(class, request.filter.as_ref())?;
        for key in &request.sort_keys {
            class.check_readable(&key.attribute)?;
        }
        let window = Window::of(request.page.as_ref())?;
        Ok(Self {
            target,
            meter: context.meter().part(),
            context,
            request,
            window,
            ahead: VecDeque::new(),
            last_read: None,
            exhausted: false,
            delivered: 0,
        })
    }

    pub fn into_stream(self) -> ItemStream {
        stream::unfold(Some(self), |scan| async move {
            let mut scan = scan?;
            let item = scan.next_item();
            let goes_on = matches!(item, Ok(Item::Object(_)));
            Some((item, goes_on.then_some(scan)))
        })
        .boxed()
    }

    fn next_item(&mut self) -> Result<Item> {
        self.context.check()?;
        if self.window.size.is_some_and(|size| self.delivered == size) {
            return self.end_of_page();
        }
        let Some((uid, record)) = self.next_match()? else { return Ok(self.end(None)) };
        self.delivered += 1;
        let wanted = self.request.attributes_to_get.as_deref();
        Ok(Item::Object(record.object(self.class()?, &uid, wanted)))
    }

    /// The next match inside the window.
    fn next_match(&mut self) -> Result<Option<(Uid, Record)>> {
        while let Some((uid, record)) = self.next_record()? {
            if !self.is_match(&uid, &record)? {
                continue;
            }
            if self.window.skip == 0 {
                return Ok(Some((uid, record)));
            }
            self.window.skip -= 1;
        }
        Ok(None)
    }

    fn is_match(&self, uid: &Uid, record: &Record) -> Result<bool> {
        let class = self.class()?;
        let holds = |filter: &Filter| filter.matches_with(|name| record.values_of(class, uid, name));
        Ok(self.request.filter.as_ref().is_none_or(holds))
    }

    fn next_record(&mut self) -> Result<Option<(Uid, Record)>> {
        if self.ahead.is_empty() && !self.exhausted {
            if self.request.sort_keys.is_empty() { self.read_page()? } else { self.read_sorted()? }
        }
        Ok(self.ahead.pop_front())
    }

    fn read_page(&mut self) -> Result<()> {
        let page = self.target.store.page_after(self.class()?, self.last_read.as_ref());
        self.exhausted = page.len() < PAGE_SIZE;
        self.last_read = page.last().map(|(uid, _)| uid.clone()).or(self.last_read.take());
        self.meter.request(false);
        self.ahead.extend(page);
        Ok(())
    }

    /// An order can only be known once everything has been read.
    fn read_sorted(&mut self) -> Result<()> {
        while !self.exhausted {
            self.context.check()?;
            self.read_page()?;
        }
        let target = Arc::clone(&self.target);
        let class = target.model.class(&self.request.object_class, Operation::Search)?;
        let keys = &self.request.sort_keys;
        self.ahead.make_contiguous().sort_by(|a, b| order(class, keys, a, b));
        Ok(())
    }

    /// The page is full; whether there is another one, only looking tells.
    fn end_of_page(&mut self) -> Result<Item> {
        let next = self.window_end();
        let is_more = self.window.by_cookie && self.next_match()?.is_some();
        Ok(self.end(is_more.then(|| next.to_string())))
    }

    /// Matches up to the end of this page.
    fn window_end(&self) -> u64 {
        let begin =
            self.request.page.as_ref().and_then(|page| page.start.cookie.as_deref()?.parse::<u64>().ok());
        begin.unwrap_or(0) + self.delivered
    }

    fn end(&self, cookie: Option<String>) -> Item {
        Item::End(Summary {
            count: self.delivered,
            cookie,
            cost: self.meter.cost(),
            ..Summary::new(StreamStatus::Complete)
        })
    }

    fn class(&self) -> Result<Class<'_>> {
        self.target.model.class(self.object_class(), Operation::Search)
    }

    fn object_class(&self) -> &ObjectClass {
        &self.request.object_class
    }
}

impl Window {
    /// A cookie wins; then an offset from 1; anything else means pages by cookie from the start.
    fn of(page: Option<&Page>) -> Result<Self> {
        let Some(page) = page else {
            return Ok(Self { skip: 0, size: None, by_cookie: false });
        };
        if page.size == 0 {
            return Err(Error::invalid_request("a page has at least one object"));
        }
        let size = Some(page.size.into());
        if let Some(cookie) = &page.start.cookie {
            let skip =
                cookie.parse().map_err(|_| Error::invalid_request("this cookie came from somebody else"))?;
            return Ok(Self { skip, size, by_cookie: true });
        }
        let offset = page.start.offset.and_then(|offset| u64::try_from(offset).ok()).unwrap_or(0);
        Ok(Self { skip: offset.saturating_sub(1), size, by_cookie: offset == 0 })
    }
}

/// What has no value comes last in ascending order; equals keep the order of their uids.
fn order(class: Class<'_>, keys: &[SortKey], a: &(Uid, Record), b: &(Uid, Record)) -> Ordering {
    let by_key = |key: &SortKey| {
        let first = a.1.values_of(class, &a.0, &key.attribute);
        let second = b.1.values_of(class, &b.0, &key.attribute);
        let ordering = match (first.first(), second.first()) {
            (Some(first), Some(second)) => compare(first, second).unwrap_or(Ordering::Equal),
            (first, second) => second.is_some().cmp(&first.is_some()),
        };
        if key.ascending { ordering } else { ordering.reverse() }
    };
    keys.iter().map(by_key).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}
