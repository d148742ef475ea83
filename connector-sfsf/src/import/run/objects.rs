//! Objects: what becomes of each record of a page, and of what is missing.

use std::time::Instant;

use connector_core::object::Uid;
use connector_core::operation::{Gone, ImportMode, ImportPhase, Item, Problem, SkipReason};
use connector_core::{Error, Result};

use super::super::missing::confirm;
use super::super::plan::ImportPlan;
use super::Run;
use crate::read::row_reader::Record;

impl Run {
    /// The next record of this page. What the filter leaves out in any case needs no companions.
    pub(super) async fn next_record(&mut self) -> Result<Option<Result<Record>>> {
        let Some(ImportPlan { plan, translation, companion, .. }) = &mut self.plan else {
            return Err(Error::internal("a record came before its plan"));
        };
        let (started, reads_companions) = (Instant::now(), companion.is_some());
        let filter = translation.filter.as_ref().filter(|filter| !plan.is_about_companions(filter));
        let wanted = |record: &Record| filter.is_none_or(|filter| filter.matches(&record.object));
        let (session, scope) = (&self.call.session, &self.call.scope);
        let record = self.records.next(plan, companion.as_mut(), (session, scope), wanted).await;
        let phase = if reads_companions { ImportPhase::Entitlements } else { ImportPhase::Map };
        self.counts.spent(phase, started);
        record
    }

    /// Makes an item of a record, if it is wanted.
    pub(super) fn item(&mut self, record: Result<Record>) -> Option<Item> {
        self.counts.counts.seen += 1;
        match record {
            Ok(record) => self.judge(record),
            Err(error) => Some(self.unreadable(error)),
        }
    }

    fn judge(&mut self, record: Record) -> Option<Item> {
        let plan = self.plan.as_ref()?;
        let counts = &mut self.counts.counts;
        let uid = &record.object.uid;
        let was_missing = self.missing.remove(uid);
        let cursor = &mut self.partition.as_mut()?.cursor;
        if !cursor.pass(uid.as_str()) {
            match cursor.is_anchor(uid.as_str()) {
                true => counts.seen -= 1,
                false => counts.skip(SkipReason::Duplicate),
            }
            return None;
        }
        if plan.delta.as_ref().is_some_and(|delta| !delta.holds(&record)) {
            counts.skip(SkipReason::Unchanged);
            return None;
        }
        let filter = plan.translation.filter.as_ref();
        let fails = filter.filter(|filter| !filter.matches(&record.object));
        if fails.is_some_and(|filter| record.is_undecided(filter)) {
            counts.skip(SkipReason::Filtered);
            return None;
        }
        // One whose state is not known may be among them.
        if !record.state.is_among(&plan.states) || fails.is_some() {
            return self.left(record.object.uid, was_missing);
        }
        counts.inactive += u64::from(record.state.presence().is_inactive());
        self.count += 1;
        Some(Item::Object(record.into_object()))
    }

    /// An object that does not satisfy the filter. In a delta it may have done so before, and if the caller misses it,
    /// it did.
    fn left(&mut self, uid: Uid, was_missing: bool) -> Option<Item> {
        if self.counts.counts.mode == ImportMode::Full && !was_missing {
            self.counts.counts.skip(SkipReason::Filtered);
            return None;
        }
        self.counts.counts.gone += 1;
        Some(Item::Gone(Gone::left_filter(self.call.object_class(), uid)))
    }

    /// A record that cannot be read. Its object is not missing, and is asked for again by the next run.
    fn unreadable(&mut self, error: Error) -> Item {
        self.counts.counts.skip(SkipReason::Unreadable);
        if let Some(uid) = error.context().uid.clone() {
            self.missing.remove(&uid);
            if let Some(partition) = &mut self.partition {
                partition.cursor.pass(uid.as_str());
            }
            self.next.ask_again(uid.as_str());
        }
        Item::Problem(Problem::unreadable(error))
    }

    pub(super) async fn confirm(&mut self, uid: Uid) -> Result<Option<Item>> {
        let started = Instant::now();
        let gone = confirm(&self.call, uid, self.request.filter.as_ref()).await;
        self.counts.spent(ImportPhase::Confirm, started);
        let gone = gone?;
        self.counts.counts.gone += u64::from(gone.is_some());
        Ok(gone.map(Item::Gone))
    }
}
