//! `POST /odata/v2/upsert`.

use axum::http::{StatusCode, header};

use crate::error::ODataError;
use crate::fault::FaultKind;
use crate::http::call::Call;
use crate::odata::write::check::{Checked, check_upsert};
use crate::odata::write::parameters::{Parameters, Purge};
use crate::odata::write::payload::{Record, from_atom, from_json};
use crate::odata::write::result::{RowError, RowOk, RowResult};
use crate::odata::write::undo::Undo;
use crate::odata::write::writing::{Habits, Writing};
use crate::options::Options;
use crate::state::tenant::Tenant;

/// The largest number of records in a request (KBA 3145174).
const MAX_RECORDS: usize = 1000;

/// What an upsert did.
pub(crate) struct Applied {
    pub(crate) rows: Vec<RowResult>,
    /// How to take it back.
    pub(crate) undo: Vec<Undo>,
}

/// Does an upsert.
///
/// # Errors
///
/// Whatever refuses the whole request: the form of the body, and of its records unless they are isolated.
pub(crate) fn upsert(
    call: &Call,
    tenant: &mut Tenant,
    options: &Options,
    now: i64,
    faults: &[FaultKind],
    habits: &'static dyn Habits,
) -> Result<Applied, ODataError> {
    let switches = &options.switches;
    let parameters = Parameters::new(call, switches)?;
    let records = records(call)?;
    if records.len() > MAX_RECORDS {
        return Err(ODataError::bad_request_exception(&format!(
            "Upsert content exceeds the limitation, the maximum size is {MAX_RECORDS}"
        )));
    }
    habits.check_request(switches, &records)?;
    let checked: Vec<Result<Checked, ODataError>> =
        records.iter().map(|record| check_upsert(tenant, record)).collect();
    if !parameters.isolate
        && let Some(Err(error)) = checked.iter().find(|one| one.is_err())
    {
        return Err(error.clone());
    }
    let mut writing = Writing::new(tenant, switches, habits, parameters, now);
    let mut rows = in_turn(&mut writing, checked, faults);
    let all_or_nothing = (parameters.purge == Purge::Full || switches.array_is_atomic) && !parameters.isolate;
    if all_or_nothing && rows.iter().any(Result::is_err) {
        writing.roll_back(0);
        rows.iter_mut().for_each(accepted_only);
    }
    Ok(Applied { rows, undo: writing.undo })
}

/// Writes the records and gives their results in the order of the records, whichever of them have to go first.
fn in_turn(
    writing: &mut Writing<'_>,
    checked: Vec<Result<Checked, ODataError>>,
    faults: &[FaultKind],
) -> Vec<RowResult> {
    let mut turns: Vec<_> = checked.into_iter().enumerate().collect();
    turns.sort_by_key(|(_, one)| !one.as_ref().is_ok_and(|one| writing.habits.goes_first(writing, one)));
    let mut rows: Vec<(usize, RowResult)> =
        turns.into_iter().map(|(index, one)| (index, row(writing, one, faults, index))).collect();
    rows.sort_by_key(|(index, _)| *index);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The records of a body, by its content type.
///
/// # Errors
///
/// A body that is none, or of a type that is not spoken here.
pub(crate) fn records(call: &Call) -> Result<Vec<Record>, ODataError> {
    let kind = call.header(header::CONTENT_TYPE).to_ascii_lowercase();
    let looks_like_xml = call.body.trim_ascii_start().starts_with(b"<");
    if kind.contains("xml") || (kind.is_empty() && looks_like_xml) {
        from_atom(&call.body)
    } else if kind.contains("json") || kind.is_empty() {
        from_json(&call.body)
    } else {
        let text = format!("Content type {kind} is not supported");
        Err(ODataError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeException", text))
    }
}

fn row(
    writing: &mut Writing<'_>,
    checked: Result<Checked, ODataError>,
    faults: &[FaultKind],
    index: usize,
) -> RowResult {
    let checked = checked.map_err(RowError::from)?;
    if let Some(fault) = faults.first().filter(|_| index == 0) {
        return Err(made_on_purpose(fault));
    }
    let mark = writing.undo.len();
    let result = writing.record(&checked);
    if result.is_err() {
        // An entity that came along may have been written before its owner failed.
        writing.roll_back(mark);
    }
    result
}

fn made_on_purpose(fault: &FaultKind) -> RowError {
    if *fault == FaultKind::Conflict {
        let text = "The record was changed by another user in the meantime.";
        return RowError { http_code: 412, text: text.to_owned(), key: None };
    }
    RowError::business(
        "UserEJBException: DAOException caught: SQLException thrown ORA-00060: deadlock detected while waiting \
         for resource",
    )
}

/// Good records of a failed request say that they were accepted, and are not written (KBA 2545933).
fn accepted_only(row: &mut RowResult) {
    if let Ok(RowOk { edit_status, http_code, message, .. }) = row {
        *edit_status = "ACCEPTED";
        *http_code = 202;
        *message = None;
    }
}
