//! Time slices: a write on a new day makes a slice that takes over from the one before
//! (docs/successfactors.md#time-slices).

use crate::odata::write::check::Checked;
use crate::odata::write::parameters::Purge;
use crate::odata::write::writing::Writing;
use crate::state::dates;
use crate::state::store::{Row, Value};

const DAY: i64 = 86_400_000;
const OPEN: i64 = 253_402_214_400_000;

impl Writing<'_> {
    fn day(&self, entity: usize, row: Row, column: usize) -> i64 {
        match self.tenant.table(entity).get(row, column) {
            Value::Time(day) => day,
            _ => OPEN,
        }
    }

    /// The slices of the same history: equal in all keys but the date and the sequence.
    fn siblings(&self, entity: usize, row: Row) -> Vec<Row> {
        let model = self.tenant.entity(entity);
        let Some((start, _)) = model.dated else { return Vec::new() };
        let sequence = model.property("seqNumber");
        let same: Vec<usize> =
            model.keys.iter().copied().filter(|key| *key != start && Some(*key) != sequence).collect();
        let table = self.tenant.table(entity);
        let rows = dates::slices(self.tenant, entity, row).iter().copied();
        rows.filter(|other| {
            *other != row && same.iter().all(|key| table.get(*other, *key) == table.get(row, *key))
        })
        .collect()
    }

    /// Inserts a row. A slice ends where the next begins, ends the one before, and has its values.
    pub(crate) fn new_slice(&mut self, checked: &Checked) -> Row {
        let entity = checked.entity;
        let row = self.insert(entity, &checked.key);
        let Some((start, end)) = self.tenant.entity(entity).dated else { return row };
        let first = self.day(entity, row, start);
        let siblings = self.siblings(entity, row);
        let before = siblings.iter().copied().rfind(|other| self.day(entity, *other, start) <= first);
        let after = siblings.iter().copied().find(|other| self.day(entity, *other, start) > first);
        let last = after.map_or(OPEN, |after| self.day(entity, after, start) - DAY);
        self.set(entity, row, end, Value::Time(last));
        if let Some(before) = before {
            let ended = (first - DAY).max(self.day(entity, before, start));
            self.set(entity, before, end, Value::Time(ended));
            if self.switches.slices_inherit {
                self.inherit(entity, before, row);
            }
        }
        row
    }

    fn inherit(&mut self, entity: usize, from: Row, to: Row) {
        let model = self.tenant.entity(entity);
        let kept: Vec<usize> = model.keys.iter().copied().chain(model.dated.map(|(_, end)| end)).collect();
        for column in (0..model.properties.len()).filter(|column| !kept.contains(column)) {
            let value = self.tenant.table(entity).get(from, column).into_owned();
            self.set(entity, to, column, value);
        }
    }

    /// Deletes a row; the slice before it goes on in its place.
    pub(crate) fn delete(&mut self, entity: usize, row: Row) {
        if let Some((start, end)) = self.tenant.entity(entity).dated {
            let (first, last) = (self.day(entity, row, start), self.day(entity, row, end));
            let siblings = self.siblings(entity, row);
            if let Some(before) = siblings.into_iter().rfind(|other| self.day(entity, *other, start) <= first)
            {
                self.set(entity, before, end, Value::Time(last));
            }
        }
        self.remove(entity, row);
    }

    /// Ends a row on the day that was sent, or today. For rows without dates this deletes.
    pub(crate) fn delimit(&mut self, checked: &Checked, row: Row) {
        let end = self.tenant.entity(checked.entity).dated.map(|(_, end)| end);
        let Some(end) = end.or_else(|| self.column(checked.entity, "endDate")) else {
            return self.delete(checked.entity, row);
        };
        let sent = checked.cells.iter().find(|(column, _)| *column == end).map(|(_, value)| value.clone());
        let today = Value::Time(crate::time::day(self.now));
        self.set(checked.entity, row, end, sent.filter(|value| *value != Value::Null).unwrap_or(today));
    }

    /// `purgeType=full` replaces everything that the owner has of this entity
    /// (docs/successfactors.md#upsert-parameters): the first record of an owner takes the other rows away.
    pub(crate) fn purge_others(&mut self, checked: &Checked) {
        let entity = self.tenant.entity(checked.entity);
        let Some(owner) = entity.order.first().copied() else { return };
        if self.parameters.purge != Purge::Full || entity.order.len() < 2 {
            return;
        }
        let place = entity.keys.iter().position(|key| *key == owner).unwrap_or_default();
        let name = checked.key.split('\u{1f}').nth(place).unwrap_or_default().to_owned();
        if !self.purged.insert((checked.entity, name.clone())) {
            return;
        }
        let table = self.tenant.table(checked.entity);
        let kept = table.find(&checked.key);
        let rows: Vec<Row> = table.equal(owner, &Value::Text(name.into())).to_vec();
        for row in rows.into_iter().filter(|row| Some(*row) != kept) {
            self.remove(checked.entity, row);
        }
        if let (Some(row), Some((_, end))) = (kept, self.tenant.entity(checked.entity).dated) {
            self.set(checked.entity, row, end, Value::Time(OPEN));
        }
    }
}
