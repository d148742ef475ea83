//! `PersonEmpTerminationInfo`, which the tenant computes: it is as of now, whoever asks.

use std::collections::BTreeMap;

use crate::people::derived::fill::Fill;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// The employments that count, and the last day of the one that ended last. Neither follows from the other: who came
/// back from a global assignment has both.
pub(crate) type Info = (i64, Option<i64>);

pub(super) fn infos(fill: &mut Fill<'_>) {
    for (person, (active, latest)) in all(fill.tenant, fill.tenant.today) {
        fill.row();
        fill.own("personIdExternal", &person);
        fill.int("activeEmploymentsCount", active);
        if let Some(latest) = latest {
            fill.time("latestTerminationDate", latest);
        }
    }
}

/// The info of one person; `None` for somebody without any employment.
pub(crate) fn employed(tenant: &Tenant, person: &str) -> Option<Info> {
    let employments = tenant.model.entity("EmpEmployment")?;
    let column = tenant.entity(employments).property("personIdExternal")?;
    let rows = tenant.table(employments).equal(column, &Value::borrowed(person));
    (!rows.is_empty()).then(|| {
        let there = rows.iter().filter(|row| !is_obsolete(tenant, employments, **row));
        let ends = there.map(|row| end(tenant, employments, *row));
        ends.fold((0, None), |info, end| counted(info, end, tenant.today))
    })
}

/// The cells that hold it.
pub(crate) fn cells((active, latest): Info) -> [(&'static str, Value<'static>); 2] {
    [
        ("activeEmploymentsCount", Value::Int(active)),
        ("latestTerminationDate", latest.map_or(Value::Null, Value::Time)),
    ]
}

/// The infos of everybody who has an employment.
pub(crate) fn all(tenant: &Tenant, today: i64) -> BTreeMap<String, Info> {
    let mut people: BTreeMap<String, Info> = BTreeMap::new();
    let Some(employments) = tenant.model.entity("EmpEmployment") else { return people };
    for row in tenant.table(employments).order() {
        let person = tenant.text(employments, *row, "personIdExternal");
        let info = people.entry(person.to_owned()).or_default();
        if !is_obsolete(tenant, employments, *row) {
            *info = counted(*info, end(tenant, employments, *row), today);
        }
    }
    people
}

fn end(tenant: &Tenant, employments: usize, row: Row) -> Option<i64> {
    if let Value::Time(end) = tenant.value(employments, row, "endDate") { Some(end) } else { None }
}

/// A global assignment that ended on the day on which it began was called off, and counts for nothing.
fn is_obsolete(tenant: &Tenant, employments: usize, row: Row) -> bool {
    tenant.text(employments, row, "assignmentClass") == "GA"
        && tenant.value(employments, row, "startDate") == tenant.value(employments, row, "endDate")
}

/// An employment that ends today or later still counts (KBA 3678614).
fn counted((active, latest): Info, end: Option<i64>, today: i64) -> Info {
    match end.filter(|end| *end < today) {
        Some(end) => (active, latest.max(Some(end))),
        None => (active + 1, latest),
    }
}
