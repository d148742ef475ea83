//! Sends requests: within the tenant's budget, and again where a repeat is safe.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use connector_core::object::Secret;
use connector_core::{Effect, Error, ErrorKind, Result, Retry};
use reqwest::header::{self, HeaderValue};
use reqwest::{Client, Method};
use tokio::sync::MutexGuard;
use url::Url;

use super::{Answer, Bounds, Budget, Scope, backoff, failure};
use crate::clock::Clock;
use crate::config::HttpSettings;
use crate::odata::classify;

/// A request to be sent.
pub(crate) struct Outgoing {
    pub method: Method,
    pub url: Url,
    pub accept: &'static str,
    pub body: Option<Body>,
    pub bearer: Option<Secret>,
    /// Whether it changes something. Such a request is repeated only if it certainly had no effect.
    pub writes: bool,
}

/// The body of a request.
pub(crate) enum Body {
    Json(Bytes),
    Form(Vec<(&'static str, Secret)>),
    /// Parts, and what stands between them.
    Multipart(&'static str, Bytes),
}

/// The way to one tenant, shared by all calls of a session.
pub(crate) struct Transport {
    client: Client,
    budget: Arc<Budget>,
    max_attempts: u32,
    first_retry_wait: Duration,
    max_retry_wait: Duration,
    bounds: Bounds,
    pub clock: Arc<dyn Clock>,
}

impl Transport {
    pub fn new(client: Client, settings: &HttpSettings, budget: Arc<Budget>, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            budget,
            max_attempts: settings.max_attempts,
            first_retry_wait: settings.first_retry_wait,
            max_retry_wait: settings.max_retry_wait,
            bounds: Bounds { size: settings.max_answer, time: settings.read_timeout * 2 },
            clock,
        }
    }

    /// Waits for the turn to write; one request of a tenant writes at a time.
    pub async fn turn_to_write(&self, scope: &Scope) -> Result<MutexGuard<'_, ()>> {
        scope.within(async { Ok(self.budget.writing.lock().await) }).await
    }

    /// Sends a request and hands the answer to `read`, whose errors count as the tenant's.
    ///
    /// # Errors
    ///
    /// The error of the last attempt. For a request that writes, its effect is true: not applied, or
    /// unknown. What was written is noted in the scope; that an answer means "made" is for the caller to note.
    pub async fn send<T>(
        &self,
        scope: &Scope,
        outgoing: &Outgoing,
        read: impl Fn(Answer) -> Result<T>,
    ) -> Result<T> {
        let (mut attempt, mut wait) = (1, Duration::ZERO);
        loop {
            let error = match self.attempt(scope, outgoing, attempt > 1, &read).await {
                Ok(value) => {
                    self.budget.quota.give_back();
                    return Ok(value);
                }
                Err(error) => error,
            };
            wait = backoff::wait(&error, self.first_retry_wait, wait);
            let again = may_repeat(&error) && attempt < self.max_attempts && wait <= self.max_retry_wait;
            if !again || !self.budget.quota.take(&error) || !scope.pause(wait).await? {
                return Err(error);
            }
            attempt += 1;
        }
    }

    async fn attempt<T>(
        &self,
        scope: &Scope,
        outgoing: &Outgoing,
        is_retry: bool,
        read: &impl Fn(Answer) -> Result<T>,
    ) -> Result<T> {
        let started = Instant::now();
        // What was never sent has had no effect, whatever the error says.
        let mut sent = false;
        let exchange = async {
            let _place =
                self.budget.in_flight.acquire().await.map_err(|_| Error::internal("the budget is closed"))?;
            let request = self.request(scope, outgoing)?;
            scope.meter.request(is_retry);
            sent = true;
            let response = match request.send().await {
                Ok(response) => response,
                Err(error) => {
                    sent = !error.is_connect();
                    return Err(failure::of(&error));
                }
            };
            Answer::read(response, self.clock.now(), scope, self.bounds).await
        };
        let answer = scope.within(exchange).await;
        let answer = answer.map_err(|error| unknown_if(outgoing.writes && sent, scope, error))?;
        scope.meter.received(answer.body.len());
        tracing::debug!(
            method = %outgoing.method,
            path = outgoing.url.path(),
            status = answer.status,
            bytes = answer.body.len(),
            milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            correlation_id = scope.context.correlation_id(),
            "exchange"
        );
        if !outgoing.writes {
            return read(answer);
        }
        let (is_success, refuses) = (answer.is_success(), classify::refuses(&answer));
        match read(answer) {
            Ok(value) => {
                scope.written.note(Effect::Unknown);
                Ok(value)
            }
            Err(error) => Err(unknown_if(!says_no(is_success, refuses, &error), scope, error)),
        }
    }

    /// The tracing headers that SAP recommends (docs/successfactors.md#sessions-and-cookies).
    fn request(&self, scope: &Scope, outgoing: &Outgoing) -> Result<reqwest::RequestBuilder> {
        let mut request = self
            .client
            .request(outgoing.method.clone(), outgoing.url.clone())
            .header(header::ACCEPT, outgoing.accept)
            .header("X-SF-Correlation-Id", tracing_id(scope.context.correlation_id()))
            .header("X-SF-Process-Name", "sfsf-connector")
            .header("successfactors-sourcetype", "Application");
        if let Some(token) = &outgoing.bearer {
            request = request.header(header::AUTHORIZATION, bearer(token)?);
        }
        Ok(match &outgoing.body {
            None => request,
            Some(Body::Json(json)) => {
                request.header(header::CONTENT_TYPE, "application/json").body(json.clone())
            }
            Some(Body::Multipart(boundary, parts)) => request
                .header(header::CONTENT_TYPE, format!("multipart/mixed; boundary={boundary}"))
                .body(parts.clone()),
            Some(Body::Form(fields)) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.expose())).collect();
                request.form(&fields)
            }
        })
    }
}

/// Whether this can stand in a header as it is.
pub(crate) fn fits_header(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// A correlation id is for whoever reads logs: what no header takes is replaced, and what no server would take for
/// its length is left out. No request fails because of it.
fn tracing_id(id: &str) -> String {
    const LONGEST: usize = 255;
    let fitting = |letter: char| if letter.is_ascii_graphic() || letter == ' ' { letter } else { '_' };
    id.chars().take(LONGEST).map(fitting).collect()
}

/// A token that no header takes cannot be one. It is the configured one: what the token endpoint grants is looked at
/// when it comes.
fn bearer(token: &Secret) -> Result<HeaderValue> {
    let value = HeaderValue::try_from(format!("Bearer {}", token.expose())).ok();
    let mut value = value.filter(|_| fits_header(token.expose())).ok_or_else(|| {
        let sentence = "access_token has a character that no token has, such as a line break";
        Error::new(ErrorKind::Configuration, sentence)
            .with_advice("give the token as it was issued, in one line; nothing was sent")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// A write whose answer is lost or makes no sense may have been made all the same.
fn unknown_if(maybe_made: bool, scope: &Scope, error: Error) -> Error {
    if !maybe_made {
        return error;
    }
    scope.written.note(Effect::Unknown);
    error.with_effect(Effect::Unknown)
}

/// Whether an error that was read from the answer to a write certainly means that it was not made: a success whose
/// record says so, or an answer that refuses and does not speak of a tenant that is not there.
fn says_no(is_success: bool, refuses: bool, error: &Error) -> bool {
    match error.kind() {
        ErrorKind::TargetProtocol if is_success => false,
        ErrorKind::Unavailable | ErrorKind::Timeout => false,
        _ => is_success || refuses,
    }
}

fn may_repeat(error: &Error) -> bool {
    let transient = matches!(
        error.kind(),
        ErrorKind::ConnectionFailed
            | ErrorKind::ConnectionBroken
            | ErrorKind::RateLimited
            | ErrorKind::Unavailable
            | ErrorKind::Timeout
            | ErrorKind::Conflict
            | ErrorKind::TargetProtocol
    );
    transient && error.retry() != Retry::Never && error.effect() == Effect::NotApplied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_header_takes_is_replaced_in_a_correlation_id_and_the_rest_stays() {
        for (id, sent) in [("c-1", "c-1"), ("a\nb\r\0c", "a_b__c"), ("grün\u{7f}", "gr_n_"), ("a b", "a b")]
        {
            assert_eq!(tracing_id(id), sent);
            assert!(HeaderValue::from_str(&tracing_id(id)).is_ok());
        }
        assert_eq!(tracing_id(&"x".repeat(70_000)).len(), 255);
    }

    #[test]
    fn a_token_that_cannot_be_one_is_a_matter_of_its_key() {
        assert_eq!(bearer(&Secret::new("abc")).unwrap(), "Bearer abc");
        for wrong in ["a\nb", "a\tb", "tök", "a\u{7f}"] {
            let error = bearer(&Secret::new(wrong)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.message().starts_with("access_token ") && !error.to_string().contains(wrong));
        }
    }
}
