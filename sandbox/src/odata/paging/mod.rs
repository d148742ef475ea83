//! Pages: offsets in disguise, cursors, and snapshots (docs/successfactors.md#pages).

pub(crate) mod guard;
mod scan;
pub(crate) mod snapshot;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};

use crate::error::ODataError;
use crate::odata::query::options::QueryOptions;
use crate::odata::query::order::OrderBy;
use crate::state::condition::Filter;
use crate::state::model::Hiding;
use crate::state::store::Row;
use crate::state::tenant::Tenant;
use crate::state::view::View;

pub(crate) use scan::Scans;
pub(crate) use snapshot::Snapshots;

/// The largest page (KBA 2489065).
const MAX_PAGE: usize = 1000;
/// A query, bound and ready to run.
pub(crate) struct Query<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) entity: usize,
    pub(crate) filter: Option<Filter>,
    /// Only active rows are wanted (KBA 2736579).
    pub(crate) active_only: bool,
    pub(crate) order: Option<OrderBy>,
    pub(crate) view: View,
    /// What else is left out.
    pub(crate) hiding: Vec<Hiding>,
    /// The rows to choose from, instead of all.
    pub(crate) among: Option<Vec<Row>>,
    /// Rows come in an order that means nothing, unless one is asked for.
    pub(crate) stirred: bool,
    /// A text that only queries with the same rows have; `None` if they cannot be remembered.
    pub(crate) fingerprint: Option<String>,
}

/// What the pages of all requests share.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) snapshots: Snapshots,
    pub(crate) scans: Scans,
}

impl Query<'_> {
    fn passes(&self, row: Row) -> bool {
        self.tenant.rights.sees_row(self.tenant, self.entity, row)
            && (!self.active_only || self.tenant.is_active(self.entity, row))
            && !self.hiding.iter().any(|hiding| self.is_hidden(hiding, row))
            && self.view.shows(self.tenant, self.entity, row)
            && self.filter.as_ref().is_none_or(|filter| filter.passes(self.tenant, row))
    }

    fn is_hidden(&self, hiding: &Hiding, row: Row) -> bool {
        let cell = self.tenant.table(self.entity).get(row, hiding.column);
        (hiding.hides)(&cell, self.view.last_day())
    }

    fn source(&self) -> &[Row] {
        let table = self.tenant.table(self.entity);
        match &self.among {
            Some(rows) => rows,
            None if self.stirred => table.stirred(),
            None => table.order(),
        }
    }

    /// All rows of the answer, in order.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.source().iter().copied().filter(|row| self.passes(*row)).collect();
        if let Some(order) = &self.order {
            order.sort(self.tenant, &mut rows);
        }
        rows
    }

    pub(crate) fn count(&self, scans: &Scans) -> usize {
        if self.fingerprint.is_some() {
            return scans.rows(self).len();
        }
        self.source().iter().filter(|row| self.passes(**row)).count()
    }

    /// Up to `limit` rows after the first `skip`. The first page stops as soon as it has them; those after
    /// it, and sorted ones, come from a scan that is remembered.
    fn window(&self, scans: &Scans, skip: usize, limit: usize) -> Vec<Row> {
        if self.order.is_some() || skip > 0 {
            return scans.rows(self).iter().copied().skip(skip).take(limit).collect();
        }
        self.source().iter().copied().filter(|row| self.passes(*row)).take(limit).collect()
    }
}

/// What a page has, and how to get the next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) rows: Vec<Row>,
    /// The `$skiptoken` of the next page.
    pub(crate) next: Option<String>,
    /// The value of `X-SF-Paging`; its values are unconfirmed.
    pub(crate) mode: &'static str,
}

/// The page that the options ask for.
///
/// # Errors
///
/// A page size out of bounds, a token that is none, a snapshot that is lost.
pub(crate) fn page(
    query: &Query<'_>,
    options: &QueryOptions,
    pages: &Pages,
    page_size: usize,
    now: DateTime<Utc>,
    unknown_is_error: bool,
) -> Result<Window, ODataError> {
    let size = match options.custom_page_size {
        Some(size) if (1..=MAX_PAGE).contains(&size) => size.min(page_size),
        Some(size) => return Err(ODataError::bad_request(&format!("customPageSize cannot be {size}"))),
        None => page_size,
    };
    let simple_among = query.among.is_none();
    // Cursors are for simple queries (KBA 2990434); anything else silently pages by offset.
    let simple = query.filter.is_none()
        && query.order.is_none()
        && options.top.is_none()
        && options.skip == 0
        && simple_among;
    match options.paging.as_deref() {
        Some("snapshot") => pages.snapshots.page(query, options, size, now),
        Some("cursor") if simple => cursor(query, options, size),
        Some("cursor") | None => offset(query, options, &pages.scans, size),
        Some(other) if unknown_is_error => {
            Err(ODataError::bad_request(&format!("paging {other} is not supported")))
        }
        Some(_) => offset(query, options, &pages.scans, size),
    }
}

/// The default: a token of `{"startRow":1000,"endRow":2000}` (KBA 2489065).
fn offset(
    query: &Query<'_>,
    options: &QueryOptions,
    scans: &Scans,
    size: usize,
) -> Result<Window, ODataError> {
    let start = match &options.skiptoken {
        None => 0,
        Some(token) => start_row(token).ok_or_else(|| bad_token(token))?,
    };
    let limit = options.top.unwrap_or(usize::MAX).saturating_sub(start);
    let wanted = size.min(limit);
    let more = usize::from(limit > size);
    let mut rows = query.window(scans, options.skip.saturating_add(start), wanted.saturating_add(more));
    let next = (rows.len() > wanted).then(|| {
        let text = format!("{{\"startRow\":{},\"endRow\":{}}}", start + size, start + size + size);
        STANDARD.encode(text)
    });
    rows.truncate(wanted);
    Ok(Window { rows, next, mode: "client" })
}

fn start_row(token: &str) -> Option<usize> {
    let text = STANDARD.decode(token).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&text).ok()?;
    usize::try_from(value.get("startRow")?.as_u64()?).ok()
}

fn bad_token(token: &str) -> ODataError {
    ODataError::bad_request(&format!("The $skiptoken {token} is not valid"))
}

/// A token that names the last key of the page before.
fn cursor(query: &Query<'_>, options: &QueryOptions, size: usize) -> Result<Window, ODataError> {
    let table = query.tenant.table(query.entity);
    let after = match &options.skiptoken {
        None => None,
        Some(token) => Some(last_key(token).ok_or_else(|| bad_token(token))?),
    };
    // A cursor walks along the keys.
    let order = table.order();
    let from = after.map_or(0, |key| table.place_after(&key)).min(order.len());
    let mut rows: Vec<Row> =
        order[from..].iter().copied().filter(|row| query.passes(*row)).take(size + 1).collect();
    let more = rows.len() > size;
    rows.truncate(size);
    let last = rows.last().filter(|_| more).map(|row| table.key_of(*row));
    Ok(Window { next: last.map(|key| STANDARD.encode(format!("CUR:{key}"))), rows, mode: "cursor" })
}

fn last_key(token: &str) -> Option<String> {
    let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
    text.strip_prefix("CUR:").map(str::to_owned)
}
