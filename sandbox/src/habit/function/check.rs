//! `checkUserPermission` and its twin for many: may one user do something to another?

use serde_json::{Value, json};

use crate::error::ODataError;
use crate::habit::groups::Roles;
use crate::server::function::answer::Answer;
use crate::server::function::{Context, Outcome};
use crate::state::store::{Row, Value as Cell};
use crate::state::tenant::Tenant;

/// What is asked.
struct Question {
    access: String,
    kind: String,
    text: Option<String>,
    number: Option<i64>,
    target: Option<String>,
    inactive: bool,
}

/// One question, from the arguments.
pub(super) fn one(context: &Context<'_>) -> Outcome {
    let arguments = &context.arguments;
    let question = Question {
        access: arguments.required("accessUserId")?,
        kind: arguments.required("permType")?,
        text: arguments.text("permStringValue").filter(|text| !text.is_empty()),
        number: arguments.number("permLongValue")?,
        target: arguments.text("targetUserId").filter(|id| !id.is_empty()),
        inactive: arguments.flag("includeInactiveUser")?,
    };
    Ok(Answer::Value(allowed(context, &context.server.tenant(), &question)?.into()))
}

/// Many questions, from a JSON body: one object with the names of the arguments, a list of them, or a list under
/// any name. The answer is a text with the list and a `result` for each. Both forms are unconfirmed.
pub(super) fn many(context: &Context<'_>, tenant: &Tenant) -> Outcome {
    let wrong = || ODataError::bad_request("The payload must be a list of permissions in JSON");
    let body: Value = serde_json::from_slice(&context.call.body).map_err(|_| wrong())?;
    let list = match body {
        Value::Object(mut map) => match map.values_mut().find(|value| value.is_array()) {
            Some(Value::Array(list)) => std::mem::take(list),
            _ => vec![Value::Object(map)],
        },
        Value::Array(list) => list,
        _ => return Err(wrong()),
    };
    let mut answers = Vec::new();
    for mut item in list {
        let result = allowed(context, tenant, &question(&item).ok_or_else(wrong)?)?;
        if let Some(map) = item.as_object_mut() {
            map.insert("result".to_owned(), result.into());
        }
        answers.push(item);
    }
    Ok(Answer::Value(json!(answers).to_string().into()))
}

fn question(item: &Value) -> Option<Question> {
    let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let number = item.get("permLongValue");
    Some(Question {
        access: text("accessUserId")?,
        kind: text("permType")?,
        text: text("permStringValue").filter(|text| !text.is_empty()),
        number: number.and_then(|one| one.as_i64().or_else(|| one.as_str()?.parse().ok())),
        target: text("targetUserId").filter(|id| !id.is_empty()),
        inactive: item.get("includeInactiveUser").and_then(Value::as_bool).unwrap_or(false),
    })
}

/// The API user may everything in its target population. Of others the rules of their roles decide, and where the
/// tenant's roles know no permission of the kind, everybody may it to themselves.
fn allowed(context: &Context<'_>, tenant: &Tenant, question: &Question) -> Result<bool, ODataError> {
    let roles = Roles::permitted(tenant, context.switches())?;
    let groups = &roles.groups;
    let target = question.target.as_deref().unwrap_or(&question.access);
    let (Some(access), Some(target)) = (groups.user(&question.access), groups.user(target)) else {
        return Ok(false);
    };
    let within = groups.is_active(access)
        && (question.inactive || groups.is_active(target))
        && tenant.rights.sees_row(tenant, groups.users, target);
    let granted = || match permissions(tenant, question) {
        None => access == target,
        Some(wanted) => roles.of(access).into_iter().any(|role| {
            roles.permissions(role).iter().any(|row| wanted.contains(row))
                && roles.grants(role, access).into_iter().any(|rule| roles.reaches(rule, access, target))
        }),
    };
    Ok(within && (question.access == context.server.options.api_user || granted()))
}

/// The permissions that are meant; `None` where the tenant has none of the kind.
fn permissions(tenant: &Tenant, question: &Question) -> Option<Vec<Row>> {
    let entity = tenant.model.entity("RBPBasicPermission")?;
    let rows = tenant.table(entity).order().iter().copied();
    let mut rows: Vec<Row> =
        rows.filter(|row| tenant.text(entity, *row, "permissionType") == question.kind).collect();
    if rows.is_empty() {
        return None;
    }
    let text = question.text.as_deref();
    rows.retain(|row| text.is_none_or(|text| tenant.text(entity, *row, "permissionStringValue") == text));
    let number = question.number;
    rows.retain(|row| {
        number.is_none_or(|number| tenant.value(entity, *row, "permissionLongValue") == Cell::Int(number))
    });
    Some(rows)
}
