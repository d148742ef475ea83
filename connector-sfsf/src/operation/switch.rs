//! `suspend` and `resume`: the status, and nothing else.

use connector_core::object::{AttributeDelta, ObjectClass, special};
use connector_core::operation::{ObjectId, SaveOutcome};
use connector_core::{Error, Result};

use crate::http::Scope;
use crate::session::Session;
use crate::user::write::{Difference, Writer};
use crate::user::{Changes, USER};

/// Makes a person inactive. May be repeated: nothing is written if they are so already.
pub(crate) async fn suspend(session: &Session, scope: &Scope, id: &ObjectId) -> Result<SaveOutcome> {
    switch(session, scope, id, false).await
}

/// Makes a person active. May be repeated: nothing is written if they are so already.
pub(crate) async fn resume(session: &Session, scope: &Scope, id: &ObjectId) -> Result<SaveOutcome> {
    switch(session, scope, id, true).await
}

async fn switch(session: &Session, scope: &Scope, id: &ObjectId, active: bool) -> Result<SaveOutcome> {
    let model = session.model(scope).await?;
    let changes = Changes::read(&[AttributeDelta::set(special::ENABLE, active)], &id.uid, &model)?;
    let writer = Writer { session, scope, model: &model, uid: &id.uid };
    let person = writer.find(&[]).await?;
    if !person.presence.exists() {
        return Err(Error::not_found(&ObjectClass::from(USER), &id.uid));
    }
    let difference = Difference::to(&person, &changes)?;
    if difference.is_empty() {
        return Ok(SaveOutcome::unchanged(id.uid.clone(), person.presence, vec![special::ENABLE.into()]));
    }
    writer.write(&person, difference).await
}
