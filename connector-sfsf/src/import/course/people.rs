//! People: what becomes of each row of a page, and of whoever is missing.

use std::time::Instant;

use connector_core::object::{ObjectClass, Uid};
use connector_core::operation::{Gone, ImportMode, ImportPhase, Item, Problem, SkipReason};
use connector_core::{Error, Result};

use super::super::confirm::confirm;
use super::super::design::Design;
use super::Course;
use crate::odata::row::Row;
use crate::user::filter::is_undecided;
use crate::user::{Record, USER, status};

impl Course {
    /// Reads what the people of this page are entitled to, all of them together. Whoever the filter leaves out
    /// in any case is not asked about.
    pub(super) async fn entitle(&mut self, more: bool) -> Result<()> {
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
    pub(super) fn read(&mut self, row: &Row) -> Result<Option<Item>> {
        let started = Instant::now();
        let Some(design) = &self.design else { return Err(Error::internal("a row came before its plan")) };
        let read = design.plan.read_whole(row);
        self.figures.counts.seen += 1;
        let item = match read {
            Ok(record) => self.judge(record),
            Err(error) => Some(self.unreadable(error)),
        };
        self.figures.spent(ImportPhase::Map, started);
        Ok(item)
    }

    fn judge(&mut self, mut record: Record) -> Option<Item> {
        let design = self.design.as_ref()?;
        let counts = &mut self.figures.counts;
        let (person, letter) = (&mut record.object, record.letter);
        let was_missing = self.missing.remove(&person.uid);
        let walk = &mut self.lane.as_mut()?.walk;
        if !walk.pass(person.uid.as_str()) {
            match walk.is_anchor(person.uid.as_str()) {
                true => counts.seen -= 1,
                false => counts.skip(SkipReason::Duplicate),
            }
            return None;
        }
        if design.window.as_ref().is_some_and(|window| !window.holds(person)) {
            counts.skip(SkipReason::Unchanged);
            return None;
        }
        if let Some(entitlements) = &design.entitlements {
            entitlements.attach(person);
        }
        // Whose status is not known may be one of them.
        let in_scope = letter.is_none_or(|letter| self.session.configuration.statuses.contains(&letter));
        let filter = design.translation.filter.as_ref();
        let fails = filter.filter(|filter| !filter.matches(person));
        if fails.is_some_and(|filter| is_undecided(filter, letter)) {
            counts.skip(SkipReason::Filtered);
            return None;
        }
        if !in_scope || fails.is_some() {
            return self.left(record.object.uid, was_missing);
        }
        counts.inactive += u64::from(letter.is_some_and(|letter| status::presence(letter).is_inactive()));
        self.count += 1;
        Some(Item::Object(record.into_object()))
    }

    /// Somebody who does not satisfy the filter. In a delta they may have done so before, and if the caller misses
    /// them they did.
    fn left(&mut self, uid: Uid, was_missing: bool) -> Option<Item> {
        if self.figures.counts.mode == ImportMode::Full && !was_missing {
            self.figures.counts.skip(SkipReason::Filtered);
            return None;
        }
        self.figures.counts.gone += 1;
        Some(Item::Gone(Gone::left_filter(ObjectClass::from(USER), uid)))
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
        Item::Problem(Problem::unreadable(error))
    }

    pub(super) async fn confirm(&mut self, uid: Uid) -> Result<Option<Item>> {
        let started = Instant::now();
        let gone = confirm(&self.session, &self.scope, uid, self.request.filter.as_ref()).await;
        self.figures.spent(ImportPhase::Confirm, started);
        let gone = gone?;
        self.figures.counts.gone += u64::from(gone.is_some());
        Ok(gone.map(Item::Gone))
    }
}
