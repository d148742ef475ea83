//! `/oauth/token` and `/oauth/validate`, and beside them `/oauth/idp`.

pub(crate) mod basic;
pub(crate) mod idp;

use axum::http::{Method, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::json;

use crate::auth::assertion::{Checks, Subject, check};
use crate::auth::token_error::TokenError;
use crate::auth::tokens::{Grant, Standing};
use crate::error::ODataError;
use crate::habit::users;
use crate::http::call::Call;
use crate::http::reply::{JSON, Reply};
use crate::http::uri;
use crate::options::switches::Switches;
use crate::server::Server;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:saml2-bearer";

/// The parameters of a token request, from the form and from the query (docs/successfactors.md#token-request).
struct Form(Vec<(String, String)>);

impl Form {
    fn new(call: &Call) -> Self {
        let mut pairs = uri::pairs(&String::from_utf8_lossy(&call.body));
        pairs.extend(call.query.iter().cloned());
        Self(pairs)
    }

    fn get(&self, name: &'static str) -> Result<&str, TokenError> {
        let found = self.0.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.as_str()).ok_or(TokenError::Missing(name))
    }
}

/// `POST /oauth/token`.
pub(crate) fn token(server: &Server, call: &Call) -> Reply {
    if call.method != Method::POST {
        return refusal(StatusCode::METHOD_NOT_ALLOWED, &TokenError::Missing("grant_type"), 400);
    }
    match grant(server, call) {
        Ok((token, seconds)) => {
            let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": seconds});
            Reply::json(StatusCode::OK, &body)
        }
        Err(error) => {
            let number = error.status(server.options.switches.token_refused_status);
            let status = StatusCode::from_u16(number).unwrap_or(StatusCode::UNAUTHORIZED);
            refusal(status, &error, number)
        }
    }
}

/// The flat body of a refusal, which tells its number.
fn refusal(status: StatusCode, error: &TokenError, number: u16) -> Reply {
    Reply::new(status, JSON, error.body(number))
}

fn grant(server: &Server, call: &Call) -> Result<(String, i64), TokenError> {
    let form = Form::new(call);
    let company = form.get("company_id")?;
    let client = form.get("client_id")?;
    let grant_type = form.get("grant_type")?;
    let options = &server.options;
    let assertion = form.get("assertion")?;
    let assertion =
        &if options.switches.blanks_are_plus { assertion.replace(' ', "+") } else { assertion.to_owned() };
    if grant_type != GRANT_TYPE {
        return Err(TokenError::GrantType);
    }
    if company != options.company {
        return Err(TokenError::UnknownCompany(company.to_owned()));
    }
    if client != server.client_id {
        return Err(TokenError::UnknownClient);
    }
    let subject = believe(server, call, assertion)?;
    let user = user_of(server, &subject)?;
    let now = server.now();
    Ok(server.tokens().grant(&Grant {
        assertion,
        client,
        company,
        user: &user,
        now,
        lifetime: TimeDelta::seconds(options.switches.token_lifetime_seconds),
        new_token: form.get("new_token").is_ok_and(|text| text.eq_ignore_ascii_case("true")),
        end_others: options.switches.new_token_ends_others,
    }))
}

/// A new token of the API user without an assertion, for those who hold the tenant in their hands.
pub(crate) fn hand_out(server: &Server) -> String {
    let options = &server.options;
    let (token, _) = server.tokens().grant(&Grant {
        assertion: "",
        client: &server.client_id,
        company: &options.company,
        user: &options.api_user,
        now: server.now(),
        lifetime: TimeDelta::seconds(options.switches.token_lifetime_seconds),
        new_token: true,
        end_others: false,
    });
    token
}

fn believe(server: &Server, call: &Call, assertion: &str) -> Result<Subject, TokenError> {
    let standard = STANDARD.decode(assertion).ok();
    let for_urls = || URL_SAFE_NO_PAD.decode(assertion.trim_end_matches('=')).ok();
    let xml = standard.or_else(|| server.options.switches.accept_base64url.then(for_urls)?);
    let xml = xml.ok_or(TokenError::Malformed)?;
    let xml = String::from_utf8(xml).map_err(|_| TokenError::Malformed)?;
    let switches = &server.options.switches;
    let checks = Checks {
        public_key: &server.key.public_key,
        accept_sha1: switches.accept_sha1,
        now: server.now(),
        tolerance: TimeDelta::seconds(switches.clock_tolerance_seconds),
        hosts: &[call.host(), "localhost", "127.0.0.1"],
    };
    check(&xml, &checks)
}

/// The userId of the subject, if it may log on.
fn user_of(server: &Server, subject: &Subject) -> Result<String, TokenError> {
    let user = users::by_subject(&server.tenant(), subject).ok_or(TokenError::InvalidUser)?;
    if server.options.switches.api_user_locked && user == server.options.api_user {
        return Err(TokenError::Locked);
    }
    Ok(user)
}

/// `GET /oauth/validate`.
pub(crate) fn validate(server: &Server, call: &Call) -> Reply {
    match logon(server, call) {
        Ok(user) => Reply::json(StatusCode::OK, &json!({"valid": true, "user_id": user})),
        Err(error) => {
            let number = error.status.as_u16().to_string();
            let body = json!({"errorHttpCode": number, "errorMessage": error.text});
            Reply::json(error.status, &body)
        }
    }
}

/// The user of a request: by its bearer token, by its certificate on the port with TLS, or by a password.
///
/// # Errors
///
/// The LGN codes of KBA 2524436 and 2872019.
pub(crate) fn logon(server: &Server, call: &Call) -> Result<String, ODataError> {
    let switches = &server.options.switches;
    let given = call.header(header::AUTHORIZATION);
    let (scheme, value) = given.split_once(' ').unwrap_or((given, ""));
    if scheme.eq_ignore_ascii_case("basic") {
        return permitted(switches, basic::logon(server, value)?);
    }
    if given.is_empty() && call.peer.is_some() {
        // The certificate was looked at when the request came in; it is mapped to the API user.
        return permitted(switches, server.options.api_user.clone());
    }
    if !scheme.eq_ignore_ascii_case("bearer") || value.trim().is_empty() {
        let text = "Authentication information is missing. Please use OAuth 2.0 to authenticate the user.";
        let status = StatusCode::from_u16(switches.missing_credentials_status);
        return Err(ODataError::logon(status.unwrap_or(StatusCode::UNAUTHORIZED), "LGN0003", text));
    }
    let standing = server.tokens().standing(value.trim(), server.now());
    match standing {
        Standing::Valid(user) => permitted(switches, user),
        Standing::Rejected => Err(rejected(switches.token_rejected_status)),
        Standing::Malformed => Err(ODataError::logon(
            StatusCode::FORBIDDEN,
            "LGN0005",
            "The OAuth authentication token format is wrong.",
        )),
    }
}

/// LGN0002 for a user who may not use OData (KBA 2524436).
fn permitted(switches: &Switches, user: String) -> Result<String, ODataError> {
    if switches.odata_permission {
        return Ok(user);
    }
    let text = "Authentication failed, user doesn't have the OData Admin access permission. Please review \
        granting of permission at the Roles Management menu";
    Err(ODataError::logon(StatusCode::FORBIDDEN, "LGN0002", text))
}

/// LGN0022 (KBA 2872019).
pub(crate) fn rejected(status: u16) -> ODataError {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    ODataError::logon(status, "LGN0022", "The access token is either rejected or expired")
}
