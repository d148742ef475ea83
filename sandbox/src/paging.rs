//! Pages: offsets in disguise, cursors, and snapshots (protocol sheet §3).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};

use crate::error::ODataError;
use crate::query::filter::Filter;
use crate::query::options::QueryOptions;
use crate::query::order::OrderBy;
use crate::query::user;
use crate::store::Row;
use crate::tenant::Tenant;

/// The largest page (KBA 2489065).
const MAX_PAGE: usize = 1000;
/// How long a snapshot waits for its next page (KBA 2990434).
const IDLE: TimeDelta = TimeDelta::minutes(15);
/// The snapshots that are kept; the cache may drop one at any time (KBA 2990434).
const MAX_SNAPSHOTS: usize = 100;
const LOST: &str =
    "[SNP]Snapshot lost for current pagination query, pls relaunch query and start from 1st page.";

/// A query, bound and ready to run.
pub(crate) struct Query<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) entity: usize,
    pub(crate) filter: Option<Filter>,
    /// The column of the status if only active rows are wanted (KBA 2736579).
    pub(crate) active_only: Option<usize>,
    pub(crate) order: Option<OrderBy>,
    /// The rows to choose from, instead of all.
    pub(crate) among: Option<Vec<Row>>,
}

impl Query<'_> {
    fn passes(&self, row: Row) -> bool {
        self.active_only.is_none_or(|status| user::is_active(self.tenant, self.entity, status, row))
            && self.filter.as_ref().is_none_or(|filter| filter.passes(self.tenant, row))
    }

    fn source(&self) -> &[Row] {
        self.among.as_deref().unwrap_or_else(|| self.tenant.table(self.entity).order())
    }

    /// All rows of the answer, in order.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.source().iter().copied().filter(|row| self.passes(*row)).collect();
        if let Some(order) = &self.order {
            order.sort(self.tenant, &mut rows);
        }
        rows
    }

    pub(crate) fn count(&self) -> usize {
        self.source().iter().filter(|row| self.passes(**row)).count()
    }

    /// Up to `limit` rows after the first `skip`; without an order it stops as soon as it has them.
    fn window(&self, skip: usize, limit: usize) -> Vec<Row> {
        if self.order.is_some() {
            return self.rows().into_iter().skip(skip).take(limit).collect();
        }
        self.source().iter().copied().filter(|row| self.passes(*row)).skip(skip).take(limit).collect()
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

/// The frozen results that are waiting for somebody to read on.
#[derive(Debug, Default)]
pub(crate) struct Snapshots {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    serial: u64,
    open: HashMap<String, Snapshot>,
}

#[derive(Debug)]
struct Snapshot {
    rows: Vec<Row>,
    at: usize,
    used: DateTime<Utc>,
}

/// The page that the options ask for.
///
/// # Errors
///
/// A page size out of bounds, a token that is none, a snapshot that is lost.
pub(crate) fn page(
    query: &Query<'_>,
    options: &QueryOptions,
    snapshots: &Snapshots,
    page_size: usize,
    now: DateTime<Utc>,
    unknown_is_error: bool,
) -> Result<Window, ODataError> {
    let size = match options.custom_page_size {
        Some(size) if (1..=MAX_PAGE).contains(&size) => size.min(page_size),
        Some(size) => return Err(ODataError::bad_request(&format!("customPageSize cannot be {size}"))),
        None => page_size,
    };
    // Cursors are for simple queries (KBA 2990434); anything else silently pages by offset.
    let simple =
        query.filter.is_none() && query.order.is_none() && options.top.is_none() && options.skip == 0;
    match options.paging.as_deref() {
        Some("snapshot") => snapshots.page(query, options, size, now),
        Some("cursor") if simple => cursor(query, options, size),
        Some("cursor") | None => offset(query, options, size),
        Some(other) if unknown_is_error => {
            Err(ODataError::bad_request(&format!("paging {other} is not supported")))
        }
        Some(_) => offset(query, options, size),
    }
}

/// The default: a token of `{"startRow":1000,"endRow":2000}` (KBA 2489065).
fn offset(query: &Query<'_>, options: &QueryOptions, size: usize) -> Result<Window, ODataError> {
    let start = match &options.skiptoken {
        None => 0,
        Some(token) => start_row(token).ok_or_else(|| bad_token(token))?,
    };
    let limit = options.top.unwrap_or(usize::MAX).saturating_sub(start);
    let wanted = size.min(limit);
    let more = usize::from(limit > size);
    let mut rows = query.window(options.skip.saturating_add(start), wanted.saturating_add(more));
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
    let order = query.source();
    let from = after.map_or(0, |key| order.partition_point(|row| table.key_of(*row) <= key.as_str()));
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

impl Snapshots {
    fn page(
        &self,
        query: &Query<'_>,
        options: &QueryOptions,
        size: usize,
        now: DateTime<Utc>,
    ) -> Result<Window, ODataError> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.open.retain(|_, snapshot| now - snapshot.used < IDLE);
        let token = match &options.skiptoken {
            Some(token) => token.clone(),
            None => inner.freeze(query, options, now),
        };
        let Some(snapshot) = inner.open.get_mut(&token) else { return Err(lost()) };
        let end = snapshot.at.saturating_add(size).min(snapshot.rows.len());
        let rows = snapshot.rows[snapshot.at..end].to_vec();
        snapshot.at = end;
        snapshot.used = now;
        let finished = end == snapshot.rows.len();
        // The snapshot is gone with its last page, and each page has its own token, so none can be read twice.
        let Some(rest) = inner.open.remove(&token) else { return Err(lost()) };
        let next = (!finished).then(|| inner.keep(rest));
        Ok(Window { rows, next, mode: "snapshot" })
    }
}

impl Inner {
    fn freeze(&mut self, query: &Query<'_>, options: &QueryOptions, now: DateTime<Utc>) -> String {
        let rows =
            query.rows().into_iter().skip(options.skip).take(options.top.unwrap_or(usize::MAX)).collect();
        self.keep(Snapshot { rows, at: 0, used: now })
    }

    fn keep(&mut self, snapshot: Snapshot) -> String {
        if self.open.len() >= MAX_SNAPSHOTS {
            let oldest =
                self.open.iter().min_by_key(|(_, snapshot)| snapshot.used).map(|(token, _)| token.clone());
            oldest.and_then(|token| self.open.remove(&token));
        }
        self.serial += 1;
        let token = STANDARD.encode(format!("SNP:{:016x}", self.serial.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        self.open.insert(token.clone(), snapshot);
        token
    }
}

fn lost() -> ODataError {
    let mut error = ODataError::server_failure(LOST);
    error.status = StatusCode::INTERNAL_SERVER_ERROR;
    error
}
