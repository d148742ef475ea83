//! `reset_password`: the password, and nothing else.

use connector_core::Result;
use connector_core::object::{AttributeDelta, Value, special};
use connector_core::operation::{ResetPasswordRequest, SaveOutcome};

use crate::class::call::Call;
use crate::write::writer::WritePlan;

/// Sets a password. The sample payload of SAP carries an active status and so revives inactive people
/// (KBA 2888224); this one carries no status. The person is looked up first, because an upsert to
/// nobody would create somebody.
///
/// # Errors
///
/// A person who is not there; a password that the tenant does not accept.
pub(crate) async fn reset_password(call: &Call, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
    let password = Value::Secret(request.new_password.clone());
    let delta = AttributeDelta::set(special::PASSWORD, password);
    WritePlan::of_change(call, delta, &request.uid).await?.write().await
}
