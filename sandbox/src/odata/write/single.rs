//! Writing one entity at its own address: `POST User`, and `PUT` and `MERGE` of `User('x')`, which may be
//! tunneled through a POST with `X-HTTP-Method` (KBA 2627985, docs/successfactors.md#verbs).

use axum::http::{Method, StatusCode};

use crate::error::ODataError;
use crate::http::call::Call;
use crate::http::uri;
use crate::odata::address::Address;
use crate::odata::write::check::check;
use crate::odata::write::parameters::{Parameters, Purge};
use crate::odata::write::payload::{Incoming, Record};
use crate::odata::write::undo::Undo;
use crate::odata::write::upsert::records;
use crate::odata::write::writing::{Habits, Writing};
use crate::options::switches::Switches;
use crate::state::store::Row;
use crate::state::tenant::Tenant;

/// What is done to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Insert,
    Merge,
    /// What is left out is cleared: the standard's meaning, unconfirmed for `User`.
    Replace,
    Delete,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// A new row, which is shown with 201.
    Created(usize, Row),
    /// A row that was there: 200 and no body, as reported for MERGE.
    Changed,
}

/// Writes the entity that a path addresses, and says how to take it back.
///
/// # Errors
///
/// Whatever refuses the record: there are no row results here, so business errors are COE0019 and 500.
pub(crate) fn write(
    call: &Call,
    segment: &str,
    tenant: &mut Tenant,
    switches: &Switches,
    now: i64,
    habits: &'static dyn Habits,
) -> Result<(Written, Vec<Undo>), ODataError> {
    let verb = verb(call, switches)?;
    let decoded = uri::decode(segment, false);
    let address = Address::parse(&decoded).ok_or_else(|| ODataError::entity_not_found(&decoded))?;
    if verb == Verb::Delete {
        return delete(Writing::new(tenant, switches, habits, Parameters::plain(), now), &address);
    }
    let mut list = records(call)?;
    let (Some(mut record), None) = (list.pop(), list.pop()) else {
        return Err(ODataError::bad_request_exception("The request body must be one entity"));
    };
    address_of(&mut record, address, verb)?;
    let checked = check(tenant, &record)?;
    allowed(tenant, checked.entity, verb)?;
    let row = tenant.table(checked.entity).find(&checked.key);
    let name = &tenant.entity(checked.entity).name;
    match (verb, row) {
        (Verb::Insert, Some(_)) => {
            let text = format!("{name} with key '{}' already exists", checked.key);
            return Err(ODataError::server_failure(&text));
        }
        (Verb::Merge | Verb::Replace, None) => return Err(ODataError::not_found(name, &checked.key)),
        _ => {}
    }
    let purge = if verb == Verb::Replace { Purge::Record } else { Purge::Incremental };
    let parameters = Parameters { purge, ..Parameters::new(call, switches)? };
    let mut writing = Writing::new(tenant, switches, habits, parameters, now);
    if let Err(error) = writing.record(&checked) {
        writing.roll_back(0);
        return Err(ODataError::server_failure(&format!("{} with the index 0", error.text)));
    }
    let undo = writing.undo;
    let row = tenant.table(checked.entity).find(&checked.key).filter(|_| verb == Verb::Insert);
    Ok((row.map_or(Written::Changed, |row| Written::Created(checked.entity, row)), undo))
}

/// Whether the entity set takes the verb (docs/successfactors.md#verbs): HRIS entities are for upsert only.
fn allowed(tenant: &Tenant, entity: usize, verb: Verb) -> Result<(), ODataError> {
    let entity = tenant.entity(entity);
    let flags = entity.flags;
    let (name, may) = match verb {
        Verb::Insert => ("insert", flags.creatable),
        Verb::Merge | Verb::Replace => ("update", flags.updatable),
        Verb::Delete => ("delete", flags.deletable),
    };
    if may {
        return Ok(());
    }
    // What DELETE of a user answers is unconfirmed (register, 16).
    let text = format!("The operation {name} is not supported by {}", entity.name);
    Err(ODataError::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowedException", text))
}

fn delete(mut writing: Writing<'_>, address: &Address) -> Result<(Written, Vec<Undo>), ODataError> {
    let tenant = &*writing.tenant;
    let index =
        tenant.model.entity(&address.entity).ok_or_else(|| ODataError::entity_not_found(&address.entity))?;
    allowed(tenant, index, Verb::Delete)?;
    let entity = tenant.entity(index);
    let key = address
        .key_text(entity)
        .ok_or_else(|| ODataError::bad_request(&format!("The key of {} is not valid", entity.name)))?;
    let row = tenant.table(index).find(&key).ok_or_else(|| ODataError::not_found(&entity.name, &key))?;
    writing.delete(index, row);
    Ok((Written::Changed, writing.undo))
}

/// What a request means to do. Partial updates are what SuccessFactors takes as `POST` with `X-HTTP-Method: MERGE`
/// alone: it does not take `PATCH`, nor `MERGE` inside of a batch (SAP/cloud-sdk-js issue 1323, a single report).
fn verb(call: &Call, switches: &Switches) -> Result<Verb, ODataError> {
    let tunneled = call.header("x-http-method");
    let name =
        if call.method == Method::POST && !tunneled.is_empty() { tunneled } else { call.method.as_str() };
    match name.to_ascii_uppercase().as_str() {
        "POST" => Ok(Verb::Insert),
        "MERGE" if switches.merge_in_batch || !call.part => Ok(Verb::Merge),
        "PATCH" if switches.patch_is_merge && (switches.merge_in_batch || !call.part) => Ok(Verb::Merge),
        "PUT" => Ok(Verb::Replace),
        "DELETE" => Ok(Verb::Delete),
        other => {
            let text = format!("The method {other} is not supported here");
            Err(ODataError::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowedException", text))
        }
    }
}

/// The path names the entity; an insert has its key in the body.
fn address_of(record: &mut Record, address: Address, verb: Verb) -> Result<(), ODataError> {
    if (verb == Verb::Insert) == address.key.is_some() {
        return Err(ODataError::bad_request("The address does not fit the method"));
    }
    let inline = record.fields.iter().any(|(_, field)| matches!(field, Incoming::Inline(_)));
    if inline && verb != Verb::Insert {
        // KBA 2481544.
        return Err(ODataError::bad_request("Inline entities are not supported in MERGE and PUT"));
    }
    let own = record.address.take().filter(|own| own.entity == address.entity && own.key.is_some());
    record.address = Some(own.filter(|_| verb == Verb::Insert).unwrap_or(address));
    Ok(())
}
