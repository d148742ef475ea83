//! `delete`, `suspend`, `resume` and `reset_password`.

use super::Target;
use super::changes::check_password;
use super::model::Class;
use super::plan::written;
use super::store::Table;
use crate::error::{Error, Result};
use crate::object::{Presence, Uid, Value, special};
use crate::operation::{ObjectId, Operation, ResetPasswordRequest, SaveAction, SaveOutcome};

pub(super) fn delete(target: &Target, id: &ObjectId) -> Result<SaveOutcome> {
    let class = target.model.class(&id.object_class, Operation::Delete)?;
    target.store.with_table(class, |table| {
        let record = table.remove(class, &id.uid).ok_or_else(|| Error::not_found(class.name(), &id.uid))?;
        Ok(SaveOutcome {
            action: SaveAction::Deleted,
            presence_before: record.presence(),
            presence: Presence::NotFound,
            ..written(class, &id.uid, record.presence(), Vec::new(), Vec::new())
        })
    })
}

pub(super) fn set_enabled(
    target: &Target,
    id: &ObjectId,
    operation: Operation,
    on: bool,
) -> Result<SaveOutcome> {
    let class = target.model.class(&id.object_class, operation)?;
    let action = if on { SaveAction::Revived } else { SaveAction::Suspended };
    target.store.with_table(class, |table| {
        let before = presence(class, table, &id.uid)?;
        if before.is_active() == on {
            return Ok(SaveOutcome::unchanged(id.uid.clone(), before, vec![special::ENABLE.into()]));
        }
        set(class, table, &id.uid, special::ENABLE, on.into(), action)
    })
}

pub(super) fn reset_password(target: &Target, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
    let class = target.model.class(&request.object_class, Operation::ResetPassword)?;
    let password = Value::Secret(request.new_password.clone());
    target.store.with_table(class, |table| {
        presence(class, table, &request.uid)?;
        check_password(&password).map_err(|error| error.with_object(class.name(), Some(&request.uid)))?;
        set(class, table, &request.uid, special::PASSWORD, password, SaveAction::Updated)
    })
}

fn presence(class: Class<'_>, table: &Table, uid: &Uid) -> Result<Presence> {
    let record = table.get(uid).ok_or_else(|| Error::not_found(class.name(), uid))?;
    Ok(record.presence())
}

fn set(
    class: Class<'_>,
    table: &mut Table,
    uid: &Uid,
    name: &str,
    value: Value,
    action: SaveAction,
) -> Result<SaveOutcome> {
    let mut record = table.get(uid).cloned().ok_or_else(|| Error::not_found(class.name(), uid))?;
    let presence_before = record.presence();
    record.set(name.into(), vec![value]);
    let outcome = written(class, uid, record.presence(), vec![name.into()], Vec::new());
    table.put(class, uid.clone(), record);
    Ok(SaveOutcome { action, presence_before, ..outcome })
}
