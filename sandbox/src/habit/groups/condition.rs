//! The pools of a dynamic group: a member is in one of those to include and in none of those to exclude. Within a
//! pool all filters hold; within a filter one of the wanted values, and none of the unwanted, as the categories
//! of the group's page in the user interface do (an inference; no public text says it of OData). Of operators the public
//! texts show `eq` alone (KBA 3341990); `in`, `ne` and `like` are ours, and what is none of them finds nobody.

use crate::habit::groups::Groups;
use crate::odata::query::like::like;
use crate::state::store::Row;

/// The pools of a group.
pub(crate) struct Pools {
    include: Vec<Pool>,
    exclude: Vec<Pool>,
}

/// The filters of a pool.
struct Pool(Vec<Filter>);

/// A filter on one field of the users. One without a field that the tenant has is true for nobody.
struct Filter {
    column: Option<usize>,
    tests: Vec<(Operator, Vec<String>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Like,
    Unknown,
}

impl Pools {
    pub(super) fn new(groups: &Groups<'_>, group: Row) -> Self {
        let pools = |navigation: &str| {
            let pools = ends(groups, (groups.entity, group), navigation);
            pools.into_iter().map(|pool| Pool::new(groups, pool)).collect()
        };
        Self { include: pools("dgIncludePools"), exclude: pools("dgExcludePools") }
    }

    pub(super) fn have(&self, groups: &Groups<'_>, user: Row) -> bool {
        let any = |pools: &[Pool]| pools.iter().any(|pool| pool.has(groups, user));
        any(&self.include) && !any(&self.exclude)
    }
}

impl Pool {
    fn new(groups: &Groups<'_>, pool: End) -> Self {
        Self(ends(groups, pool, "filters").into_iter().map(|filter| Filter::new(groups, filter)).collect())
    }

    /// A pool without filters has nobody.
    fn has(&self, groups: &Groups<'_>, user: Row) -> bool {
        !self.0.is_empty() && self.0.iter().all(|filter| filter.passes(groups, user))
    }
}

impl Filter {
    fn new(groups: &Groups<'_>, filter: End) -> Self {
        let expressions = ends(groups, filter, "expressions").into_iter();
        let tests = expressions.map(|expression| {
            let operator =
                ends(groups, expression, "operator").first().map(|end| text(groups, *end, "token"));
            let values = ends(groups, expression, "values").into_iter();
            let values = values.map(|value| text(groups, value, "fieldValue").to_owned());
            (Operator::parse(operator.unwrap_or_default()), values.collect())
        });
        Self { column: column(groups, field(groups, filter)), tests: tests.collect() }
    }

    fn passes(&self, groups: &Groups<'_>, user: Row) -> bool {
        let Some(column) = self.column else { return false };
        let text = groups.tenant.table(groups.users).text(user, column).map_or("", |(text, _)| text);
        let holds = |(operator, values): &(Operator, Vec<String>)| match operator {
            Operator::Equal => values.iter().any(|value| value == text),
            Operator::Like => values.iter().any(|value| like(text, value)),
            Operator::NotEqual => values.iter().all(|value| value != text),
            Operator::Unknown => false,
        };
        let (unwanted, wanted): (Vec<_>, Vec<_>) =
            self.tests.iter().partition(|(operator, _)| *operator == Operator::NotEqual);
        let found = wanted.is_empty() && !unwanted.is_empty() || wanted.into_iter().any(holds);
        found && unwanted.into_iter().all(holds)
    }
}

impl Operator {
    fn parse(token: &str) -> Self {
        match token.to_ascii_lowercase().as_str() {
            "eq" | "in" | "=" => Self::Equal,
            "ne" | "<>" => Self::NotEqual,
            "like" => Self::Like,
            _ => Self::Unknown,
        }
    }
}

/// A row with its entity.
type End = (usize, Row);

fn ends(groups: &Groups<'_>, (entity, row): End, navigation: &str) -> Vec<End> {
    let model = groups.tenant.entity(entity);
    let Some(index) = model.navigation(navigation) else { return Vec::new() };
    let target = model.navigations[index].target;
    groups.tenant.follow(entity, row, index).into_iter().map(|row| (target, row)).collect()
}

fn text<'a>(groups: &Groups<'a>, (entity, row): End, name: &str) -> &'a str {
    groups.tenant.text(entity, row, name)
}

/// The name of a filter's field. Tenants without the navigation to it have it in a column of ours.
fn field<'a>(groups: &Groups<'a>, filter: End) -> &'a str {
    match ends(groups, filter, "field").first() {
        Some(field) => text(groups, *field, "name"),
        None => text(groups, filter, "~field"),
    }
}

/// The column of `User` that a field like `std_department` means.
fn column(groups: &Groups<'_>, field: &str) -> Option<usize> {
    let name = field.strip_prefix("std_").unwrap_or(field);
    let name = if name == "username" && groups.switches.group_username_is_user_id { "userId" } else { name };
    let properties = &groups.tenant.entity(groups.users).properties;
    properties.iter().position(|property| !property.is_internal() && property.name.eq_ignore_ascii_case(name))
}
