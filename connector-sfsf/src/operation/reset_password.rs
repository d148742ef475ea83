//! `reset_password`: the password, and nothing else.

use connector_core::object::{AttributeDelta, ObjectClass, Value, special};
use connector_core::operation::{ResetPasswordRequest, SaveOutcome};
use connector_core::{Error, Result};

use crate::http::Scope;
use crate::session::Session;
use crate::user::write::{Difference, Writer};
use crate::user::{Changes, USER};

/// Sets a password. The sample payload of SAP carries `status: t` and so revives inactive people
/// (KBA 2888224); this one carries no status. The person is looked up first, because an upsert to
/// nobody would create somebody.
pub(crate) async fn reset_password(
    session: &Session,
    scope: &Scope,
    request: &ResetPasswordRequest,
) -> Result<SaveOutcome> {
    let model = session.model(scope).await?;
    let delta = AttributeDelta::set(special::PASSWORD, Value::Secret(request.new_password.clone()));
    let changes = Changes::read(&[delta], &request.uid, &model)?;
    let writer = Writer { session, scope, model: &model, uid: &request.uid };
    let person = writer.find(&[]).await?;
    if !person.presence.exists() {
        return Err(Error::not_found(&ObjectClass::from(USER), &request.uid));
    }
    writer.write(&person, Difference::to(&person, &changes)?).await
}
