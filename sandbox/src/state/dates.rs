//! Effective dating: which slice of a row's history is seen (docs/successfactors.md#effective-dates, KBA 2853045).

use crate::state::store::{Row, Value, stir};
use crate::state::tenant::Tenant;
use crate::state::view::{FIRST, LAST, View};

impl View {
    /// Whether a row of the top level is seen.
    pub(crate) fn shows(&self, tenant: &Tenant, entity: usize, row: Row) -> bool {
        let (first, last) = match (self.range, self.as_of) {
            (Some(range), _) => range,
            (None, as_of) => {
                let day = as_of.unwrap_or(self.today);
                (day, day)
            }
        };
        is_valid(tenant, entity, row, first, last)
    }

    /// Keeps the rows at the end of a navigation that are valid on the day of `asOfDate`, or else on the
    /// first day of the parent's slice, or else today.
    pub(crate) fn retain_children(
        &self,
        tenant: &Tenant,
        (entity, row): (usize, Row),
        target: usize,
        rows: &mut Vec<Row>,
    ) {
        if tenant.entity(target).dated.is_none() {
            return;
        }
        let start = tenant.entity(entity).dated.and_then(|(start, _)| day_of(tenant, entity, row, start));
        let day = self.as_of.or(start).unwrap_or(self.today);
        rows.retain(|row| is_valid(tenant, target, *row, day, day));
    }
}

impl Tenant {
    /// The rows at the end of a navigation that are valid on the day that the rules name.
    pub(crate) fn follow_on(&self, entity: usize, row: Row, navigation: usize, view: &View) -> Vec<Row> {
        let target = self.entity(entity).navigations[navigation].target;
        let mut rows = self.follow(entity, row, navigation);
        view.retain_children(self, (entity, row), target, &mut rows);
        if self.entity(target).traits.unsorted {
            stir(&mut rows);
        }
        rows
    }
}

fn day_of(tenant: &Tenant, entity: usize, row: Row, column: usize) -> Option<i64> {
    if let Value::Time(day) = tenant.table(entity).get(row, column) { Some(day) } else { None }
}

fn is_valid(tenant: &Tenant, entity: usize, row: Row, first: i64, last: i64) -> bool {
    let Some((start, end)) = tenant.entity(entity).dated else { return true };
    let from = day_of(tenant, entity, row, start).unwrap_or(FIRST);
    let to = day_of(tenant, entity, row, end).unwrap_or(LAST);
    from <= last && to >= first && (first != last || from != to || !is_superseded(tenant, entity, row))
}

/// Whether a later sequence of the same day took the row's place. Such rows end on the day they begin.
fn is_superseded(tenant: &Tenant, entity: usize, row: Row) -> bool {
    let Some(sequence) = tenant.entity(entity).property("seqNumber") else { return false };
    let Some((start, _)) = tenant.entity(entity).dated else { return false };
    let table = tenant.table(entity);
    slices(tenant, entity, row).iter().any(|other| {
        table.get(*other, start) == table.get(row, start)
            && table.get(*other, sequence).rank(&table.get(row, sequence)).is_gt()
    })
}

/// All slices of the owner of a row, in order.
pub(crate) fn slices(tenant: &Tenant, entity: usize, row: Row) -> &[Row] {
    let table = tenant.table(entity);
    match tenant.entity(entity).order.first() {
        Some(owner) => table.equal(*owner, &table.get(row, *owner)),
        None => &[],
    }
}
