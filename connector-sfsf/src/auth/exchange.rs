//! The token endpoint: an assertion goes in, a token comes out (docs/successfactors.md#token-request).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{Token, diagnose};
use crate::config::TokenExchange;
use crate::http::{Answer, Body, Outgoing, Scope, Transport, fits_header};

/// An assertion as it is presented.
pub(super) struct Presented<'a> {
    pub xml: &'a str,
    pub validity: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// Exchanges an assertion for a token. May be repeated: it changes nothing at the tenant.
///
/// Everything travels in the form body: a URL ends up in logs.
pub(super) async fn run(
    settings: &TokenExchange,
    transport: &Transport,
    scope: &Scope,
    presented: &Presented<'_>,
    fresh: bool,
) -> Result<Token> {
    let mut form = vec![
        ("company_id", Secret::new(settings.company_id.as_str())),
        ("client_id", Secret::new(settings.client_id.as_str())),
        ("grant_type", Secret::new(settings.grant_type.as_str())),
        ("assertion", Secret::new(STANDARD.encode(presented.xml))),
    ];
    if fresh {
        form.push(("new_token", Secret::new("true")));
    }
    let outgoing = Outgoing {
        method: Method::POST,
        url: settings.token_url.clone(),
        accept: "application/json",
        body: Some(Body::Form(form)),
        bearer: None,
        writes: false,
    };
    let clock = &transport.clock;
    transport.send(scope, &outgoing, |answer| read(&answer, settings, presented, clock.now())).await
}

fn read(
    answer: &Answer,
    settings: &TokenExchange,
    presented: &Presented<'_>,
    now: DateTime<Utc>,
) -> Result<Token> {
    #[derive(Deserialize)]
    struct Granted {
        access_token: String,
        #[serde(default)]
        expires_in: Json,
    }
    if !answer.is_success() {
        return Err(diagnose::refusal(answer, settings, presented.validity, now));
    }
    let granted: Granted =
        serde_json::from_slice(&answer.body).map_err(|_| answer.garbled("something that is not a token"))?;
    if granted.access_token.is_empty() {
        return Err(Error::new(ErrorKind::TargetProtocol, "the token endpoint answered with an empty token"));
    }
    if !fits_header(&granted.access_token) {
        let sentence = "the token endpoint answered with a token that has a character which no token has";
        return Err(Error::new(ErrorKind::TargetProtocol, sentence));
    }
    // Some tenants send the number as a text.
    let seconds = granted.expires_in.as_i64().or_else(|| granted.expires_in.as_str()?.parse().ok());
    Ok(Token {
        value: Secret::new(granted.access_token),
        expires_at: seconds.and_then(TimeDelta::try_seconds).and_then(|life| now.checked_add_signed(life)),
    })
}
