//! Why no token was given.
//!
//! Few of the texts are documented (docs/successfactors.md#refused-tokens), so whatever can be told without them is:
//! the code, the status, and the tenant's clock against the assertion's validity.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use connector_core::error::TargetAnswer;
use connector_core::{Error, ErrorKind, Retry};

use super::cause::Cause;
use crate::config::TokenExchange;
use crate::http::{Answer, place};
use crate::odata::classify;
use crate::odata::error_body::{self, Fault};

/// The error for an answer of the token endpoint that is no success.
pub(super) fn refusal(
    answer: &Answer,
    settings: &TokenExchange,
    validity: Option<(DateTime<Utc>, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Error {
    let fault = error_body::read(answer);
    let target = fault.target(answer.status);
    let is_refused = (400..500).contains(&answer.status) && !matches!(answer.status, 408 | 429);
    let is_failed = answer.status == 500;
    if answer.is_html() && (is_refused || is_failed) {
        return web_page(answer, settings).with_target(target);
    }
    if !is_refused && !is_failed {
        return classify::answer(answer);
    }
    tracing::debug!(status = answer.status, client_id = settings.client_id, "token refused");
    let cause = cause(&target, &fault);
    let clock =
        clock_problem(answer, validity, now).filter(|_| is_refused && cause.is_none_or(Cause::is_of_time));
    let error = match (clock, cause) {
        (Some((message, advice)), _) => refused(message, advice),
        // At the token endpoint all of them mean that nobody is logged in.
        (_, Some(cause)) => {
            let (message, advice) = cause.words();
            refused(message, advice)
        }
        _ if is_failed => failed(settings),
        _ if matches!(answer.status, 404 | 405) => nothing_there(settings),
        _ => refused(
            "the tenant refused to issue a token",
            "check company_id, client_id, username and private_key against Admin Center > Manage OAuth2 Client Applications",
        ),
    };
    error.with_target(target)
}

fn cause(target: &TargetAnswer, fault: &Fault) -> Option<Cause> {
    let coded = target.code.as_deref().and_then(Cause::of_code);
    coded.or_else(|| Cause::of_text(fault.text.as_deref().unwrap_or_default()))
}

fn refused(message: impl Into<Cow<'static, str>>, advice: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::ServiceAuth, message).with_retry(Retry::Never).with_advice(advice)
}

/// Names the wrong company id, the wrong audience and the wrong host, each of which some tenants fail on.
fn failed(settings: &TokenExchange) -> Error {
    let message =
        format!("the token endpoint of {} failed on the request (HTTP 500)", place(&settings.token_url));
    Error::new(ErrorKind::TargetProtocol, message).with_retry(Retry::Never).with_advice(
        "check company_id, audience and the host in url and token_url first: some tenants answer so to a wrong one; \
         if they are right, try again later",
    )
}

fn nothing_there(settings: &TokenExchange) -> Error {
    let message = format!("{} has no token endpoint at this address", place(&settings.token_url));
    refused(message, "check url and token_url; tokens come from /oauth/token of the API host")
}

/// It says nothing about the credentials, of which nobody knows whether they arrived.
fn web_page(answer: &Answer, settings: &TokenExchange) -> Error {
    let message = format!(
        "a web page with HTTP {} came in the place of the token endpoint of {}: something in front of the tenant answered",
        answer.status,
        place(&settings.token_url),
    );
    Error::new(ErrorKind::TargetProtocol, message).with_retry(Retry::Never).with_advice(
        "check that url and token_url name the API host, and look for the proxy, firewall or gateway that answers",
    )
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
