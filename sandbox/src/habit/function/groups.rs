//! Function imports that read groups (docs/successfactors.md#permission-groups).

use serde_json::{Value, json};

use crate::error::ODataError;
use crate::habit::groups::Groups;
use crate::server::function::answer::Answer;
use crate::server::function::{Context, Outcome};
use crate::state::store::{Row, Value as Cell};

/// Everything that a group is made of.
const PARTS: &str = "dgIncludePools/filters/field,dgIncludePools/filters/expressions/operator,\
    dgIncludePools/filters/expressions/values,dgExcludePools/filters/field,\
    dgExcludePools/filters/expressions/operator,dgExcludePools/filters/expressions/values";

/// The groups of a user, of one type or of all.
pub(super) fn of_user(context: &Context<'_>) -> Outcome {
    let user_id = context.arguments.required("userId")?;
    let kind = context.arguments.text("groupSubType").filter(|kind| !kind.is_empty());
    let tenant = context.server.tenant();
    let groups = Groups::permitted(&tenant, context.switches())?;
    let user = groups.user(&user_id).ok_or_else(|| ODataError::not_found("User", &user_id))?;
    let mut rows = groups.of(user);
    rows.retain(|group| kind.as_deref().is_none_or(|kind| kind == groups.text(*group, "groupType")));
    let beans = rows.iter().map(|group| {
        let id = tenant.table(groups.entity).key_of(*group);
        json!({"groupId": id, "groupName": groups.text(*group, "groupName")})
    });
    Ok(Answer::Value(beans.collect()))
}

/// The members of a group. Query options like `$filter` change nothing.
pub(super) fn members(context: &Context<'_>) -> Outcome {
    let id = context.id("groupId")?;
    let active_only = context.arguments.flag("activeOnly")?;
    let tenant = context.server.tenant();
    let groups = Groups::permitted(&tenant, context.switches())?;
    let mut users = groups.members(found(&groups, id)?);
    users.retain(|user| !active_only || groups.is_active(*user));
    if context.switches().population_binds_groups {
        users.retain(|user| tenant.rights.sees_row(&tenant, groups.users, *user));
    }
    Ok(Answer::Value(users.iter().map(|user| member(&groups, *user)).collect()))
}

fn member(groups: &Groups<'_>, user: Row) -> Value {
    let text = |name: &str| match groups.tenant.text(groups.users, user, name) {
        "" => Value::Null,
        text => text.into(),
    };
    json!({
        "userId": text("userId"),
        "userName": text("username"),
        "firstName": text("firstName"),
        "lastName": text("lastName"),
        "middleName": text("mi"),
        "personGUID": person(groups, user),
    })
}

/// The person's id for all systems. Technical users have none.
fn person(groups: &Groups<'_>, user: Row) -> Value {
    let tenant = groups.tenant;
    let people = tenant.model.entity("PersonKey");
    let person = tenant.text(groups.users, user, "~person");
    let found = people.and_then(|people| Some((people, tenant.table(people).find(person)?)));
    found.map_or(Value::Null, |(people, row)| tenant.text(people, row, "perPersonUuid").into())
}

/// A group with its pools, by its id.
pub(super) fn expanded_by_id(context: &Context<'_>) -> Outcome {
    let id = context.id("groupId")?;
    let tenant = context.server.tenant();
    let groups = Groups::permitted(&tenant, context.switches())?;
    expanded(&groups, found(&groups, id)?)
}

/// A group with its pools, by its name.
pub(super) fn expanded_by_name(context: &Context<'_>) -> Outcome {
    named(context, None)
}

/// A group with its pools, by its name and type.
pub(super) fn expanded_by_name_and_type(context: &Context<'_>) -> Outcome {
    let kind = context.arguments.required("groupType")?;
    named(context, Some(&kind))
}

fn named(context: &Context<'_>, kind: Option<&str>) -> Outcome {
    let name = context.arguments.required("groupName")?;
    let tenant = context.server.tenant();
    let groups = Groups::permitted(&tenant, context.switches())?;
    let fits = |group: &&Row| {
        groups.text(**group, "groupName") == name
            && kind.is_none_or(|kind| groups.text(**group, "groupType") == kind)
    };
    let row = groups.all().iter().find(fits);
    expanded(&groups, *row.ok_or_else(|| ODataError::not_found("DynamicGroup", &name))?)
}

fn expanded(groups: &Groups<'_>, row: Row) -> Outcome {
    // A tenant may lack the navigation to the field.
    let model = &groups.tenant.model;
    let has_field =
        model.entity("DGFilter").is_some_and(|filter| model.entities[filter].navigation("field").is_some());
    let parts = PARTS.split(',').filter(|path| has_field || !path.ends_with("/field"));
    Ok(Answer::Entity { entity: groups.entity, row, expand: parts.collect::<Vec<_>>().join(",") })
}

/// The row of a group.
pub(super) fn found(groups: &Groups<'_>, id: i64) -> Result<Row, ODataError> {
    groups.find(id).ok_or_else(|| ODataError::not_found("DynamicGroup", &id.to_string()))
}

/// A number of a row, as JSON writes 64-bit ones.
pub(super) fn long(value: &Cell<'_>) -> Value {
    match value {
        Cell::Int(number) => number.to_string().into(),
        _ => Value::Null,
    }
}
