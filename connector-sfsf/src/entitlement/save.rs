//! `save` of a group: who is in it, if it is a static one. What else a group is, and roles and permissions, are
//! made in Admin Center.

use std::collections::HashSet;

use connector_core::object::{AttributeDelta, AttributeName, Change, Presence, Uid, Value};
use connector_core::operation::{SaveAction, SaveMode, SaveOutcome, SaveRequest};
use connector_core::{Error, ErrorKind, Result};

use super::kind::{Kind, MEMBERS};
use super::members::{self, about};
use super::membership::{self, Membership};
use crate::http::{Scope, partly};
use crate::session::Session;

/// Changes the members of a static group. May be repeated: who is a member already is not added again.
///
/// # Errors
///
/// A group that is not there or is dynamic; attributes other than `members`; what the tenant refuses.
pub(crate) async fn save(
    session: &Session,
    scope: &Scope,
    kind: Kind,
    request: &SaveRequest,
) -> Result<SaveOutcome> {
    if kind != Kind::Group {
        let message = format!("{} is made in Admin Center, and not here", kind.entity());
        return Err(Error::unsupported(message));
    }
    let Some(uid) = &request.uid else {
        return Err(Error::invalid_attribute("groupID", "say which group, by its uid"));
    };
    if request.mode == SaveMode::Create {
        return Err(Error::unsupported("groups are made in Admin Center, and not here"));
    }
    let delta = members_delta(&request.attributes)?;
    let group = membership::check(session, scope, uid).await.map_err(about(uid))?;
    let before =
        members::of_groups(session, scope, std::slice::from_ref(uid)).await?.pop().unwrap_or_default();
    let (add, remove) = difference(&before, delta);
    let name = AttributeName::from(MEMBERS);
    if add.is_empty() && remove.is_empty() {
        return Ok(SaveOutcome::unchanged(uid.clone(), Presence::Active, vec![name]));
    }
    let mut parts = Vec::new();
    for (people, add) in [(add, true), (remove, false)] {
        if people.is_empty() {
            continue;
        }
        let wanted = Membership { group: uid.clone(), add, people };
        let part = membership::change(session, scope, &group, &wanted).await;
        parts.push(part.map_err(|error| match parts.is_empty() {
            true => error,
            false => about(uid)(partly(&error, &parts)).with_attributes([name.clone()]),
        })?);
    }
    let unchanged = SaveOutcome::unchanged(uid.clone(), Presence::Active, Vec::new());
    Ok(SaveOutcome { action: SaveAction::Updated, changed: vec![name], parts, ..unchanged })
}

/// The change of the members, which is the only one that there may be.
fn members_delta(deltas: &[AttributeDelta]) -> Result<&AttributeDelta> {
    if let Some(other) = deltas.iter().find(|delta| !delta.name.is(MEMBERS)) {
        let message = format!("'{}' of a group is read-only here", other.name);
        return Err(Error::invalid_attribute(other.name.clone(), message)
            .with_advice("only the members of static groups can be changed"));
    }
    match deltas {
        [delta] => Ok(delta),
        _ => Err(Error::new(ErrorKind::InvalidRequest, "say once how 'members' shall change")),
    }
}

/// Who comes and who goes.
fn difference(before: &[Uid], delta: &AttributeDelta) -> (Vec<Uid>, Vec<Uid>) {
    let uid = |value: &Value| match value {
        Value::Reference(reference) => reference.uid.clone(),
        other => Uid::new(other.to_string()),
    };
    let values: Vec<Value> = before.iter().map(|uid| Value::from(uid.as_str())).collect();
    let plain = |values: &[Value]| values.iter().map(|v| Value::from(uid(v).as_str())).collect::<Vec<_>>();
    let change = match &delta.change {
        Change::Replace(values) => Change::Replace(plain(values)),
        Change::Modify { add, remove } => Change::Modify { add: plain(add), remove: plain(remove) },
    };
    let after: Vec<Uid> = change.apply(&values).iter().map(uid).collect();
    // A group may have a hundred thousand members.
    let (there, stays): (HashSet<_>, HashSet<_>) = (before.iter().collect(), after.iter().collect());
    let mut add: Vec<Uid> = after.iter().filter(|uid| !there.contains(uid)).cloned().collect();
    add.sort();
    add.dedup();
    (add, before.iter().filter(|uid| !stays.contains(uid)).cloned().collect())
}
