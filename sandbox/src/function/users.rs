//! The function imports that need nothing but users.

use serde_json::{Value, json};

use crate::error::ODataError;
use crate::function::Context;
use crate::query::user;

type Outcome = Result<Option<Value>, ODataError>;

/// How names are shown. The text is unconfirmed.
pub(super) fn name_format(_context: &Context<'_>) -> Outcome {
    Ok(Some("{firstName} {lastName}".into()))
}

/// The password policy as JSON inside of a text (register 15: the names in it are unconfirmed).
pub(super) fn password_policy(context: &Context<'_>) -> Outcome {
    let policy = json!({
        "minLength": context.server.options.switches.password_min_length,
        "maxLength": 128,
        "alphaRequired": true,
        "numericRequired": true,
        "maxPasswordAge": -1,
    });
    Ok(Some(policy.to_string().into()))
}

/// Whether the request's session lives; without one, whether the request was let in, which it was.
pub(super) fn is_valid_session(context: &Context<'_>) -> Outcome {
    Ok(Some(context.server.sessions.is_alive(context.call, context.server.now()).into()))
}

/// Ends the request's session. The token lives on: it is not the session's.
pub(super) fn logout(context: &Context<'_>) -> Outcome {
    context.server.sessions.end(context.call);
    Ok(None)
}

/// Does nothing that could be seen: the metadata of this tenant is always fresh.
pub(super) fn refresh_metadata(_context: &Context<'_>) -> Outcome {
    Ok(None)
}

/// Whether one user may do something to another. There are no roles here that could decide: the API user may do
/// everything to everybody in its target population, and others to themselves.
pub(super) fn check_user_permission(context: &Context<'_>) -> Outcome {
    let arguments = &context.arguments;
    let access = arguments.required("accessUserId")?;
    let _kind = arguments.required("permType")?;
    let _number = arguments.number("permLongValue")?;
    let inactive = arguments.flag("includeInactiveUser")?;
    let target = arguments.text("targetUserId").unwrap_or_else(|| access.clone());
    let tenant = context.server.tenant();
    let Some(entity) = tenant.model.entity("User") else { return Ok(Some(false.into())) };
    let found = |user_id: &str| {
        let row = tenant.table(entity).find(user_id)?;
        let active = user::status_column(&tenant, entity)
            .is_none_or(|status| user::is_active(&tenant, entity, status, row));
        Some((row, active))
    };
    let allowed = match (found(&access), found(&target)) {
        (Some((_, true)), Some((row, active))) => {
            let reached = access == context.server.options.api_user || access == target;
            reached && (active || inactive) && tenant.rights.sees_row(&tenant, entity, row)
        }
        _ => false,
    };
    Ok(Some(allowed.into()))
}
