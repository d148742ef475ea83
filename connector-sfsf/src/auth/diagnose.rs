//! Why a token was refused, and what to do about it.
//!
//! Few of the texts are documented (reference §1.1.4), so whatever can be told without them is: the
//! status, and the tenant's clock against the assertion's validity. Texts are matched by single words.

use chrono::{DateTime, Utc};
use connector_core::error::TargetAnswer;
use connector_core::{Error, ErrorKind, Retry};
use serde_json::Value as Json;

use crate::config::TokenExchange;
use crate::http::Answer;
use crate::odata::{classify, error_body};

/// A word of the tenant's text, what it means, and the next step.
const MEANINGS: &[(&[&str], &str, &str)] = &[
    (
        &["signature"],
        "the tenant does not accept the signature of the assertion",
        "check that private_key belongs to the certificate registered for client_id, and client_id itself (KBA 3336571)",
    ),
    (
        &["locked"],
        "the API user is locked",
        "unlock the user that username names in Admin Center, and look for who uses it with a wrong password (KBA 3336550)",
    ),
    (
        &["invalid user", "useruuid", "inactive user"],
        "the tenant does not know the API user",
        "username must be the user id, not the login name or e-mail, unless name_id says so (KBA 2668018)",
    ),
    (
        &["company"],
        "the tenant does not know the company id",
        "check company_id, whose case matters, and that url is the API host of that company's data center (KBA 2524436)",
    ),
    (
        &["expired", "notonorafter", "notbefore", "not yet valid"],
        "the assertion is outside its time of validity",
        "set this machine's clock by NTP, or raise assertion_backdate; an assertion made elsewhere may simply be old",
    ),
    (
        &["audience", "recipient"],
        "the tenant does not accept the audience or the recipient of the assertion",
        "audience is www.successfactors.com everywhere; check token_url",
    ),
    (
        &["client", "api key", "api_key"],
        "the tenant does not know the API key",
        "check client_id against Admin Center > Manage OAuth2 Client Applications, and that the client is enabled",
    ),
    (
        &["certificate"],
        "the tenant does not accept the certificate of the OAuth client",
        "look at its date in Admin Center > Manage OAuth2 Client Applications",
    ),
];

const SOMETHING_ELSE: (&str, &str) = (
    "the tenant refused to issue a token",
    "check company_id, client_id, username and private_key against Admin Center > Manage OAuth2 Client Applications",
);

/// The error for an answer of the token endpoint that is no success.
pub(super) fn refusal(
    answer: &Answer,
    settings: &TokenExchange,
    validity: Option<(DateTime<Utc>, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Error {
    if !matches!(answer.status, 400 | 401 | 403) {
        return classify::answer(answer);
    }
    let text = error_message(answer);
    let (message, advice) = clock_problem(answer, validity, now).unwrap_or_else(|| meaning(&text));
    let target =
        TargetAnswer { status: Some(answer.status), code: None, text: Some(text).filter(|t| !t.is_empty()) };
    tracing::debug!(status = answer.status, client_id = settings.client_id, "token refused");
    Error::new(ErrorKind::ServiceAuth, message)
        .with_retry(Retry::Never)
        .with_advice(advice)
        .with_target(target)
}

/// The tenant's clock stands in every answer; it needs no wording.
fn clock_problem(
    answer: &Answer,
    validity: Option<(DateTime<Utc>, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Option<(String, String)> {
    let (there, (from, until)) = (answer.date?, validity?);
    if (from..until).contains(&there) {
        return None;
    }
    let message = format!(
        "the assertion is valid from {from} until {until}, but the tenant's clock says {there} (here it is {now})",
        from = from.format("%FT%TZ"),
        until = until.format("%FT%TZ"),
        there = there.format("%FT%TZ"),
        now = now.format("%FT%TZ"),
    );
    let advice = "set this machine's clock by NTP, or raise assertion_backdate; an assertion made elsewhere may simply be old";
    Some((message, advice.to_owned()))
}

fn meaning(text: &str) -> (String, String) {
    let lower = text.to_lowercase();
    let found = MEANINGS.iter().find(|(words, ..)| words.iter().any(|word| lower.contains(word)));
    let (message, advice) = found.map_or(SOMETHING_ELSE, |(_, message, advice)| (message, advice));
    (message.to_owned(), advice.to_owned())
}

/// The flat body of the token endpoint, or any other body of the tenant.
fn error_message(answer: &Answer) -> String {
    let flat = serde_json::from_slice::<Json>(&answer.body).ok();
    let message = flat.as_ref().and_then(|json| json["errorMessage"].as_str()).map(ToOwned::to_owned);
    message.or_else(|| error_body::read(answer).text).unwrap_or_default()
}
