//! Function imports about roles and what they permit (docs/successfactors.md#roles). Those that return a text have a
//! document in it, whose form is unconfirmed: JSON or XML (docs/successfactors.md#function-imports).

use serde_json::{Map, Value, json};

use crate::error::ODataError;
use crate::habit::function::groups::long;
use crate::habit::groups::Roles;
use crate::server::function::answer::{Answer, inner};
use crate::server::function::{Context, Outcome};
use crate::state::store::Row;

/// The roles of a user.
pub(super) fn of_user(context: &Context<'_>) -> Outcome {
    let user_id = context.arguments.required("userId")?;
    let tenant = context.server.tenant();
    let roles = Roles::permitted(&tenant, context.switches())?;
    let rows = roles.of(user(&roles, &user_id)?);
    Ok(Answer::Entities { entity: roles.entity, rows })
}

/// The roles of users with the groups that they come from.
pub(super) fn report(context: &Context<'_>) -> Outcome {
    per_user(context, |roles, user| {
        let granted = roles.of(user).into_iter().map(|role| {
            let rules = roles.grants(role, user).into_iter();
            let groups = rules
                .flat_map(|rule| roles.access_groups(rule))
                .filter(|group| roles.groups.definition(*group).has(&roles.groups, user));
            let names = groups.map(|group| Value::from(roles.groups.text(group, "groupName")));
            let mut entry = role_entry(roles, role);
            entry.insert("groups".to_owned(), names.collect());
            Value::Object(entry)
        });
        ("roles", granted.collect())
    })
}

/// The permissions of users, from all their roles.
pub(super) fn of_users(context: &Context<'_>) -> Outcome {
    per_user(context, |roles, user| {
        let mut rows: Vec<Row> =
            roles.of(user).into_iter().flat_map(|role| roles.permissions(role)).collect();
        rows.sort_unstable();
        rows.dedup();
        ("permissions", rows.into_iter().map(|row| permission(roles, row)).collect())
    })
}

/// The permissions of roles.
pub(super) fn of_roles(context: &Context<'_>) -> Outcome {
    let ids = context.arguments.required("roleIds")?;
    let tenant = context.server.tenant();
    let roles = Roles::permitted(&tenant, context.switches())?;
    let mut list = Vec::new();
    for id in split(&ids) {
        let id = id.trim_end_matches(['L', 'l']);
        let role = tenant.table(roles.entity).find(id).ok_or_else(|| ODataError::not_found("RBPRole", id))?;
        let mut entry = role_entry(&roles, role);
        let permissions = roles.permissions(role).into_iter().map(|row| permission(&roles, row));
        entry.insert("permissions".to_owned(), permissions.collect());
        list.push(Value::Object(entry));
    }
    Ok(document(context, &json!({ "roles": list })))
}

/// All permissions that roles may have.
pub(super) fn metadata(context: &Context<'_>) -> Outcome {
    let tenant = context.server.tenant();
    let roles = Roles::permitted(&tenant, context.switches())?;
    let rows = tenant.model.entity("RBPBasicPermission").map(|entity| tenant.table(entity).order());
    let list: Value = rows.unwrap_or_default().iter().map(|row| permission(&roles, *row)).collect();
    Ok(document(context, &json!({ "permissions": list })))
}

fn per_user(context: &Context<'_>, part: impl Fn(&Roles<'_>, Row) -> (&'static str, Value)) -> Outcome {
    let ids = context.arguments.required("userIds")?;
    let tenant = context.server.tenant();
    let roles = Roles::permitted(&tenant, context.switches())?;
    let mut list = Vec::new();
    for id in split(&ids) {
        let (name, value) = part(&roles, user(&roles, id)?);
        list.push(json!({"userId": id, name: value}));
    }
    Ok(document(context, &json!({ "users": list })))
}

/// A document inside of a text.
fn document(context: &Context<'_>, value: &Value) -> Answer {
    let text = if context.switches().permission_texts_are_xml { inner(value) } else { value.to_string() };
    Answer::Value(text.into())
}

fn split(ids: &str) -> impl Iterator<Item = &str> {
    ids.split(',').map(str::trim).filter(|id| !id.is_empty())
}

fn user(roles: &Roles<'_>, id: &str) -> Result<Row, ODataError> {
    roles.groups.user(id).ok_or_else(|| ODataError::not_found("User", id))
}

fn role_entry(roles: &Roles<'_>, role: Row) -> Map<String, Value> {
    let tenant = roles.groups.tenant;
    let mut entry = Map::new();
    entry.insert("roleId".to_owned(), long(&tenant.value(roles.entity, role, "roleId")));
    entry.insert("roleName".to_owned(), tenant.text(roles.entity, role, "roleName").into());
    entry
}

fn permission(roles: &Roles<'_>, row: Row) -> Value {
    let tenant = roles.groups.tenant;
    let Some(entity) = tenant.model.entity("RBPBasicPermission") else { return Value::Null };
    json!({
        "permissionId": long(&tenant.value(entity, row, "permissionId")),
        "permissionType": tenant.text(entity, row, "permissionType"),
        "permissionStringValue": tenant.text(entity, row, "permissionStringValue"),
        "permissionLongValue": long(&tenant.value(entity, row, "permissionLongValue")),
    })
}
