//! Effective dating: which slice of a row's history is seen (protocol sheet §4.3, KBA 2853045).

use crate::error::ODataError;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::time;

const FIRST: i64 = i64::MIN + 1;
const LAST: i64 = i64::MAX;

/// The days that a request looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct View {
    today: i64,
    /// `asOfDate`: holds on all levels.
    as_of: Option<i64>,
    /// `fromDate` and `toDate`: hold for the top level only.
    range: Option<(i64, i64)>,
}

impl View {
    /// Reads the three options. That they exclude each other was checked before.
    ///
    /// # Errors
    ///
    /// A date that is none.
    pub(crate) fn new(
        now: i64,
        as_of: Option<&str>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Self, ODataError> {
        let as_of = as_of.map(|text| date("asOfDate", text)).transpose()?;
        let first = from.map(|text| date("fromDate", text)).transpose()?;
        let last = to.map(|text| date("toDate", text)).transpose()?;
        let range =
            (first.is_some() || last.is_some()).then(|| (first.unwrap_or(FIRST), last.unwrap_or(LAST)));
        Ok(Self { today: time::day(now), as_of, range })
    }

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

    /// The last day that the top level looks at.
    pub(crate) fn last_day(&self) -> i64 {
        self.range.map_or(self.as_of.unwrap_or(self.today), |(_, last)| last)
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

fn date(name: &str, text: &str) -> Result<i64, ODataError> {
    let text = text.trim_matches('\'');
    let moment = time::read(text).ok_or_else(|| {
        ODataError::bad_request(&format!("{name} must be a date as yyyy-MM-dd, not {text}"))
    })?;
    Ok(time::day(moment.millis))
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
