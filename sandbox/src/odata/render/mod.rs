//! Answers: JSON, Atom, metadata.

pub(crate) mod atom;
mod functions;
pub(crate) mod json;
pub(crate) mod key;
pub(crate) mod metadata;
pub(crate) mod service;

use std::collections::HashMap;

use crate::error::ODataError;
use crate::odata::query::shape::NavigationShape;

use crate::state::store::Row;
use crate::state::tenant::Tenant;
use crate::state::view::View;

/// All expanded rows of an answer together (KBA 2819037).
const MAX_EXPANDED: usize = 300_000;

/// What an answer with entities is made of.
pub(crate) struct Page<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) rows: &'a [Row],
    pub(crate) view: View,
    /// The number of all rows, where it was asked for.
    pub(crate) count: Option<usize>,
    /// The address of the next page.
    pub(crate) next: Option<String>,
}

/// Finds the rows at the ends of expanded navigations, within the tenant's limit.
pub(crate) struct Expander<'a> {
    tenant: &'a Tenant,
    /// Users that are not active are left out (KBA 3436023).
    active_only: bool,
    view: View,
    inverses: HashMap<(usize, usize), HashMap<Row, Vec<Row>>>,
    expanded: usize,
}

impl<'a> Expander<'a> {
    pub(crate) fn new(tenant: &'a Tenant, active_only: bool, view: View) -> Self {
        Self { tenant, active_only, view, inverses: HashMap::new(), expanded: 0 }
    }

    /// How many rows were found so far.
    pub(crate) fn expanded(&self) -> usize {
        self.expanded
    }

    /// The rows that a navigation leads to.
    ///
    /// # Errors
    ///
    /// COE0052 when the answer grows too large.
    pub(crate) fn rows(
        &mut self,
        entity: usize,
        row: Row,
        shape: &NavigationShape,
    ) -> Result<Vec<Row>, ODataError> {
        let navigation = &self.tenant.entity(entity).navigations[shape.navigation];
        let mut rows = match navigation.inverse_of {
            None => self.tenant.follow_on(entity, row, shape.navigation, &self.view),
            Some(forward) => self
                .inverses
                .entry((entity, forward))
                .or_insert_with(|| self.tenant.table(entity).links[forward].inverse())
                .get(&row)
                .cloned()
                .unwrap_or_default(),
        };
        if self.active_only {
            rows.retain(|row| self.tenant.is_active(navigation.target, *row));
        }
        rows.retain(|row| self.tenant.rights.sees_row(self.tenant, navigation.target, *row));
        self.expanded += if navigation.many { rows.len() } else { rows.len().min(1) };
        if self.expanded > MAX_EXPANDED {
            let text = format!("[COE0052]Expand limit of {MAX_EXPANDED} records was exceeded");
            return Err(ODataError::new(
                axum::http::StatusCode::BAD_REQUEST,
                "COE_EXPAND_LIMIT_EXCEEDED",
                text,
            ));
        }
        Ok(rows)
    }
}
