//! `/oauth/idp`: the tenant signs an assertion with a private key that the request brings. It is deprecated, and many
//! clients still begin with it (docs/successfactors.md#the-deprecated-assertion-service, KBA 3462403).

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::auth::assertion::NameKind;
use crate::auth::issue::{Statement, issue};
use crate::auth::keys;
use crate::auth::token_error::TokenError;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::server::Server;
use crate::service::oauth::{Form, refusal};

/// `POST /oauth/idp`: the assertion in base64 as a text, not as JSON.
pub(crate) fn answer(server: &Server, call: &Call) -> Reply {
    if call.method != Method::POST {
        return refusal(StatusCode::METHOD_NOT_ALLOWED, &TokenError::Missing("client_id"), 400);
    }
    match assertion(server, call) {
        Ok(assertion) => Reply::ok("text/plain;charset=utf-8", STANDARD.encode(assertion)),
        Err(error) => {
            let number = error.status(server.options.switches.token_refused_status);
            refusal(StatusCode::from_u16(number).unwrap_or(StatusCode::UNAUTHORIZED), &error, number)
        }
    }
}

/// Whether there is such a user is left to `/oauth/token`, and so is whether the key is that of the client.
fn assertion(server: &Server, call: &Call) -> Result<String, TokenError> {
    let form = Form::new(call);
    let client = form.get("client_id")?;
    let subject = form.get("user_id")?;
    let recipient = form.get("token_url")?;
    let key = keys::read(form.get("private_key")?).ok_or(TokenError::PrivateKey)?;
    if client != server.client_id {
        return Err(TokenError::UnknownClient);
    }
    let says = |name| form.get(name).is_ok_and(|value| value.eq_ignore_ascii_case("true"));
    let kind = match (says("use_username"), says("use_email")) {
        (true, _) => NameKind::Username,
        (false, true) => NameKind::Email,
        (false, false) => NameKind::UserId,
    };
    let statement = Statement { client, subject, kind, recipient, now: server.now() };
    issue(&statement, &key).map_err(|_| TokenError::PrivateKey)
}
