//! Function imports about the ids of people and assignments.

use std::sync::atomic::Ordering;

use serde_json::json;

use crate::error::ODataError;
use crate::habit;
use crate::odata::write::parameters::Parameters;
use crate::server::Server;
use crate::server::function::answer::Answer;
use crate::server::function::{Context, Outcome};
use crate::state::tenant::Tenant;

/// The next number that no person has. Each call takes one, used or not (KBA 2355576).
pub(super) fn next_id(context: &Context<'_>, tenant: &Tenant) -> Outcome {
    let id = next(context.server, last_id(tenant));
    Ok(Answer::Value(json!({"personID": id.to_string()})))
}

/// A number above `last` that no other caller gets.
fn next(server: &Server, last: i64) -> i64 {
    let above = |given: i64| given.max(last).saturating_add(1);
    let given = server.person.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |given| Some(above(given)));
    above(given.unwrap_or_else(|given| given))
}

fn last_id(tenant: &Tenant) -> i64 {
    let Some(users) = tenant.model.entity("User") else { return 0 };
    let rows = tenant.table(users).order().iter();
    let ids = rows.flat_map(|row| ["userId", "~person"].map(|name| tenant.text(users, *row, name)));
    ids.filter(|id| id.len() < 18).filter_map(|id| id.parse().ok()).max().unwrap_or(0)
}

/// Renames the assignment of an employment: a GET that writes. The text that comes back is unconfirmed: the new id.
pub(super) fn convert_assignment(context: &Context<'_>) -> Outcome {
    let old = context.arguments.required("oldAssignmentIdExternal")?;
    let new = context.arguments.required("newAssignmentIdExternal")?;
    let mut tenant = context.server.tenant_mut();
    let switches = context.switches();
    let mut writing = habit::writing(&mut tenant, switches, Parameters::plain(), context.server.millis());
    writing.convert_assignment(&old, &new).map_err(|text| ODataError::bad_request(&text))?;
    Ok(Answer::Value(new.into()))
}
