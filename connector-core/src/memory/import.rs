//! `import`: everything, or what has changed since, in the order of the uids.

use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::get::check_wanted;
use super::model::Class;
use super::search::check_filter;
use super::store::Record;
use super::{PAGE_SIZE, Target};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::meter::Meter;
use crate::object::{ObjectClass, Uid};
use crate::operation::{
    Gone, GoneCause, GoneReason, ImportFigures, ImportMode, ImportRequest, Item, ItemStream, Operation,
    Progress, SkipReason, StreamStatus, Summary, SyncToken,
};

/// How far imports have come. The table counts its changes, so a time is a number.
#[derive(Clone, Serialize, Deserialize)]
struct Position {
    version: u32,
    object_class: ObjectClass,
    filter: Option<Filter>,
    /// Changes after this one are wanted; everything if it is 0.
    since: u64,
    /// The last change when the run began that is under way.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    started: Option<u64>,
    /// Everything up to this uid has been delivered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    after: Option<Uid>,
}

/// An import in its course.
pub(super) struct Import {
    target: Arc<Target>,
    context: Context,
    request: ImportRequest,
    position: Position,
    ahead: VecDeque<(Uid, Option<Record>)>,
    missing: VecDeque<Uid>,
    exhausted: bool,
    /// What is to be said before anything else.
    due: VecDeque<Item>,
    fetched: u64,
    meter: Meter,
    delivered: u64,
    figures: ImportFigures,
}

impl Import {
    /// Checks the request. Nothing is read yet.
    pub fn begin(target: Arc<Target>, context: Context, request: ImportRequest) -> Result<Self> {
        context.check()?;
        let class = target.model.class(&request.object_class, Operation::Import)?;
        class.manifest.admit_day("as_of", request.as_of)?;
        check_wanted(class, request.attributes_to_get.as_deref())?;
        check_filter(class, request.filter.as_ref())?;
        let position = Position::of(class, &request)?;
        let mode = match position.since {
            _ if request.token_only => ImportMode::TokenOnly,
            0 => ImportMode::Full,
            _ => ImportMode::Delta,
        };
        let figures = ImportFigures { mode, resumed: position.started.is_some(), ..ImportFigures::default() };
        Ok(Self {
            missing: request.missing.iter().cloned().collect(),
            target,
            meter: context.meter().part(),
            context,
            request,
            position,
            ahead: VecDeque::new(),
            exhausted: false,
            due: VecDeque::new(),
            fetched: 0,
            delivered: 0,
            figures,
        })
    }

    pub fn into_stream(self) -> ItemStream {
        stream::unfold(Some(self), |import| async move {
            let mut import = import?;
            let item = import.next_item();
            let goes_on = !matches!(item, Ok(Item::End(_)) | Err(_));
            Some((item, goes_on.then_some(import)))
        })
        .boxed()
    }

    fn next_item(&mut self) -> Result<Item> {
        loop {
            self.context.check()?;
            if let Some(item) = self.due.pop_front() {
                return Ok(item);
            }
            if let Some((uid, record)) = self.ahead.pop_front() {
                let item = self.judge(&uid, record.as_ref())?;
                self.position.after = Some(uid);
                if self.ahead.is_empty() {
                    self.due.push_back(Item::Checkpoint(self.position.write()));
                }
                if let Some(item) = item {
                    return Ok(item);
                }
            } else if !self.exhausted {
                self.read_page()?;
            } else if let Some(uid) = self.missing.pop_front() {
                self.look_for(uid)?;
            } else {
                return Ok(self.end());
            }
        }
    }

    fn read_page(&mut self) -> Result<()> {
        let Position { since, after, .. } = &self.position;
        let class = self.target.model.class(&self.request.object_class, Operation::Import)?;
        // No change comes after the last one.
        let since = if self.request.token_only { u64::MAX } else { *since };
        let (page, now) = self.target.store.changes_after(class, since, after.as_ref());
        self.position.started.get_or_insert(now);
        self.exhausted = page.len() < PAGE_SIZE;
        self.fetched += page.len() as u64;
        self.meter.request(false);
        self.due.push_back(Item::Progress(Progress { fetched: self.fetched, total: None }));
        self.ahead.extend(page);
        Ok(())
    }

    fn judge(&mut self, uid: &Uid, record: Option<&Record>) -> Result<Option<Item>> {
        let class = self.target.model.class(&self.request.object_class, Operation::Import)?;
        self.figures.seen += u64::from(record.is_some());
        let Some(record) = record else { return Ok(self.gone(uid, GoneReason::Removed)) };
        self.missing.retain(|missing| missing != uid);
        let holds = |filter: &Filter| filter.matches_with(|name| record.values_of(class, uid, name));
        if !self.request.filter.as_ref().is_none_or(holds) {
            return Ok(self.gone(uid, GoneReason::LeftFilter));
        }
        self.delivered += 1;
        self.figures.inactive += u64::from(class.has_status() && !record.presence().is_active());
        Ok(Some(Item::Object(record.object(class, uid, self.request.attributes_to_get.as_deref()))))
    }

    /// Whoever begins with everything has nothing to let go of.
    fn gone(&mut self, uid: &Uid, reason: GoneReason) -> Option<Item> {
        if self.figures.mode == ImportMode::Full {
            if reason == GoneReason::LeftFilter {
                self.figures.skip(SkipReason::Filtered);
            }
            return None;
        }
        self.figures.gone += 1;
        let (object_class, uid) = (self.position.object_class.clone(), uid.clone());
        Some(Item::Gone(match reason {
            // The table deletes for good, and nothing else takes an object out of it.
            GoneReason::Removed => Gone::removed(object_class, uid, GoneCause::Purged),
            GoneReason::LeftFilter => Gone::left_filter(object_class, uid),
        }))
    }

    fn look_for(&mut self, uid: Uid) -> Result<()> {
        let class = self.target.model.class(&self.request.object_class, Operation::Import)?;
        self.meter.request(false);
        if !self.target.store.with_table(class, |table| table.get(&uid).is_some()) {
            self.figures.gone += 1;
            // Whether it was ever there, only the caller knows.
            self.due.push_back(Item::Gone(Gone::removed(class.name().clone(), uid, GoneCause::Unknown)));
        }
        Ok(())
    }

    fn end(&self) -> Item {
        let position = Position {
            since: self.position.started.unwrap_or_default(),
            started: None,
            after: None,
            ..self.position.clone()
        };
        Item::End(Summary {
            count: self.delivered,
            cost: self.meter.cost(),
            sync_token: Some(position.write()),
            import: Some(Box::new(self.figures.clone())),
            ..Summary::new(StreamStatus::Complete)
        })
    }
}

impl Position {
    fn of(class: Class<'_>, request: &ImportRequest) -> Result<Self> {
        let begin = Self {
            version: 1,
            object_class: class.name().clone(),
            filter: request.filter.clone(),
            since: 0,
            started: None,
            after: None,
        };
        let Some(token) = &request.sync_token else { return Ok(begin) };
        let refused = |what: &str| {
            Error::invalid_request(format!("the sync token {what}")).with_attributes(["sync_token".into()])
        };
        let read: Self =
            serde_json::from_str(token.as_str()).map_err(|_| refused("is not one of this table"))?;
        if read.version != 1 {
            return Err(refused("is of another version"));
        }
        if read.object_class != begin.object_class {
            return Err(refused("belongs to another object class"));
        }
        if read.filter != begin.filter {
            return Err(refused("belongs to an import with another filter"));
        }
        Ok(read)
    }

    fn write(&self) -> SyncToken {
        SyncToken::new(serde_json::to_string(self).unwrap_or_default())
    }
}
