//! `$orderby`.

use std::cmp::Ordering;

use crate::error::ODataError;
use crate::odata::query::path;
use crate::state::condition::Path;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::state::view::View;

/// The bound keys of a sort, with `true` for descending.
#[derive(Debug, Clone)]
pub(crate) struct OrderBy {
    keys: Vec<(Path, bool)>,
    view: View,
}

impl OrderBy {
    /// Parses `a, b desc, manager/c asc`.
    ///
    /// # Errors
    ///
    /// COE0021 for unknown names; 400 for what is not sortable (docs/successfactors.md#order).
    pub(crate) fn new(text: &str, tenant: &Tenant, entity: usize, view: View) -> Result<Self, ODataError> {
        let keys = text.split(',').map(|part| key(part, tenant, entity)).collect::<Result<_, _>>()?;
        Ok(Self { keys, view })
    }

    /// Sorts rows that come in key order; the sort is stable, so ties stay in it.
    pub(crate) fn sort(&self, tenant: &Tenant, rows: &mut [Row]) {
        rows.sort_by(|left, right| self.compare(tenant, *left, *right));
    }

    fn compare(&self, tenant: &Tenant, left: Row, right: Row) -> Ordering {
        self.keys
            .iter()
            .map(|(path, descending)| {
                let order = order(&self.value(tenant, path, left), &self.value(tenant, path, right));
                if *descending { order.reverse() } else { order }
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    fn value<'a>(&self, tenant: &'a Tenant, path: &Path, row: Row) -> Value<'a> {
        let mut row = row;
        for (entity, navigation) in &path.steps {
            match tenant.follow_on(*entity, row, *navigation, &self.view).first() {
                Some(next) => row = *next,
                None => return Value::Null,
            }
        }
        tenant.table(path.entity).get(row, path.property)
    }
}

fn key(part: &str, tenant: &Tenant, entity: usize) -> Result<(Path, bool), ODataError> {
    let mut words = part.split_whitespace();
    let name = words.next().ok_or_else(|| ODataError::bad_request("$orderby has an empty part"))?;
    let descending = match (words.next(), words.next()) {
        (None | Some("asc"), None) => false,
        (Some("desc"), None) => true,
        _ => return Err(ODataError::bad_request(&format!("$orderby cannot read {part}"))),
    };
    let path = path::property(tenant, entity, name)?;
    let sortable = tenant.entity(path.entity).properties[path.property].flags.sortable
        && path.steps.iter().all(|(entity, step)| tenant.entity(*entity).navigations[*step].flags.sortable);
    if !sortable {
        return Err(ODataError::property_expression(&format!("{name} is not sortable")));
    }
    Ok((path, descending))
}

/// Nulls come last, as in the database of the real one (unconfirmed).
fn order(left: &Value<'_>, right: &Value<'_>) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        _ => left.order(right).unwrap_or(Ordering::Equal),
    }
}
