//! The function imports that need nothing but users.

use serde_json::json;

use crate::server::function::answer::Answer;
use crate::server::function::{Context, Outcome};

/// How names are shown. The text is unconfirmed.
pub(super) fn name_format(_context: &Context<'_>) -> Outcome {
    Ok(Answer::Value("{firstName} {lastName}".into()))
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
    Ok(Answer::Value(policy.to_string().into()))
}

/// Whether the request's session lives; without one, whether the request was let in, which it was.
pub(super) fn is_valid_session(context: &Context<'_>) -> Outcome {
    let alive = context.server.sessions.is_alive(context.call, context.server.now());
    Ok(Answer::Value(alive.into()))
}

/// Ends the request's session. The token lives on: it is not the session's.
pub(super) fn logout(context: &Context<'_>) -> Outcome {
    context.server.sessions.end(context.call);
    Ok(Answer::Nothing)
}

/// Does nothing that could be seen: the metadata of this tenant is always fresh.
pub(super) fn refresh_metadata(_context: &Context<'_>) -> Outcome {
    Ok(Answer::Nothing)
}
