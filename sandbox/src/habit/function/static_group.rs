//! `updateStaticGroup`: a GET that writes. Its words and its number are unconfirmed
//! (docs/successfactors.md#static-groups).

use crate::error::ODataError;
use crate::habit;
use crate::habit::function::groups::found;
use crate::habit::groups::{Groups, SEPARATOR};
use crate::odata::write::parameters::Parameters;
use crate::server::function::answer::Answer;
use crate::server::function::{Context, Outcome};
use crate::state::store::Row;
use crate::state::tenant::Tenant;

/// What happens to the users that are named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Add,
    Remove,
}

/// What a call changes.
struct Change {
    entity: usize,
    group: Row,
    members: Vec<String>,
    /// How many came or went.
    changed: usize,
}

/// Adds members or takes them away.
pub(super) fn update(context: &Context<'_>) -> Outcome {
    let id = context.id("groupId")?;
    let action = action(context)?;
    let ids = context.arguments.required("userIds")?;
    let ids: Vec<&str> = ids.split(SEPARATOR).map(str::trim).filter(|id| !id.is_empty()).collect();
    let switches = context.switches();
    let mut tenant = context.server.tenant_mut();
    let change = change(context, &tenant, id, action, &ids)?;
    if change.changed > 0 {
        let mut writing = habit::writing(&mut tenant, switches, Parameters::plain(), context.server.millis());
        writing.members(change.entity, change.group, &change.members, switches.static_group_update_is_dated);
    }
    let counts_all = switches.static_group_returns_total;
    let number = if counts_all { change.members.len() } else { change.changed };
    Ok(Answer::Value(number.into()))
}

fn action(context: &Context<'_>) -> Result<Action, ODataError> {
    let text = context.arguments.required("action")?;
    let [add, remove] = &context.switches().static_group_actions;
    match text {
        text if text == *add => Ok(Action::Add),
        text if text == *remove => Ok(Action::Remove),
        text => Err(ODataError::bad_request(&format!("The action {text} is not supported"))),
    }
}

fn change(
    context: &Context<'_>,
    tenant: &Tenant,
    id: i64,
    action: Action,
    ids: &[&str],
) -> Result<Change, ODataError> {
    let groups = Groups::permitted(tenant, context.switches())?;
    let group = found(&groups, id)?;
    tenant.rights.check_group_write(tenant, groups.entity)?;
    if !groups.is_static(group) {
        return Err(ODataError::bad_request(&format!("The group {id} is not a static group")));
    }
    let unknown = ids.iter().find(|id| groups.user(id).is_none());
    if let Some(unknown) = unknown.filter(|_| context.switches().static_group_unknown_user_is_error) {
        return Err(ODataError::bad_request(&format!("The user {unknown} does not exist")));
    }
    let mut members = groups.stored(group);
    let before = members.len();
    match action {
        Action::Remove => members.retain(|member| !ids.contains(member)),
        Action::Add => {
            for id in ids.iter().filter(|id| groups.user(id).is_some()) {
                if !members.contains(id) {
                    members.push(id);
                }
            }
        }
    }
    let changed = members.len().abs_diff(before);
    Ok(Change {
        entity: groups.entity,
        group,
        members: members.into_iter().map(str::to_owned).collect(),
        changed,
    })
}
