//! Session cookies and the token that a write with them needs (docs/successfactors.md#sessions-and-cookies).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest;
use axum::http::{Method, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};

use crate::error::ODataError;
use crate::http::call::Call;
use crate::http::reply::Reply;

const COOKIE: &str = "JSESSIONID";
/// How long a session lives that nobody uses (KBA 3308167, 2904498).
const IDLE: TimeDelta = TimeDelta::minutes(10);
/// Sessions that are remembered before the dead ones are forgotten.
const MANY: usize = 1000;

/// Gives out sessions. A session's id says when it began and its token follows from the id, so that only the
/// sessions that come back are kept.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    serial: AtomicU64,
    /// When each was used last; the beginning of time for those that were ended.
    used: Mutex<HashMap<String, DateTime<Utc>>>,
}

impl Sessions {
    /// Refuses a write that carries a session cookie without the session's token: the trap of a client with
    /// a cookie jar (docs/successfactors.md#sessions-and-cookies). The body of the refusal is unconfirmed.
    pub(crate) fn check(call: &Call, enforced: bool) -> Result<(), ODataError> {
        let reads = call.method == Method::GET || call.method == Method::HEAD;
        match session_of(call) {
            Some(session) if enforced && !reads && call.header("x-csrf-token") != token(session) => {
                let text = "CSRF token validation failed. Please send the X-CSRF-Token of the session.";
                Err(ODataError::new(StatusCode::FORBIDDEN, "CSRFTokenInvalid", text))
            }
            _ => Ok(()),
        }
    }

    /// Whether a request belongs to a session.
    pub(crate) fn has_one(call: &Call) -> bool {
        session_of(call).is_some()
    }

    /// Whether the session of a request lives. A request without one begins its own.
    pub(crate) fn is_alive(&self, call: &Call, now: DateTime<Utc>) -> bool {
        session_of(call).is_none_or(|session| self.lives(session, now))
    }

    fn lives(&self, session: &str, now: DateTime<Utc>) -> bool {
        let used = self.lock().get(session).copied().or_else(|| begin(session));
        used.is_some_and(|used| now - used < IDLE)
    }

    /// Ends the session of a request.
    pub(crate) fn end(&self, call: &Call) {
        if let Some(session) = session_of(call) {
            self.lock().insert(session.to_owned(), DateTime::<Utc>::MIN_UTC);
        }
    }

    /// Adds the session's headers to an answer; a new session unless the request has one that lives.
    pub(crate) fn mark(&self, reply: Reply, call: &Call, now: DateTime<Utc>) -> Reply {
        if let Some(session) = session_of(call).filter(|session| self.lives(session, now)) {
            self.touch(session, now);
            return reply.with_header("x-csrf-token", token(session));
        }
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let session = format!("{}.{:x}", hexadecimal(&format!("session {serial}")), now.timestamp_millis());
        let token = token(&session);
        reply
            .with_header("set-cookie", format!("{COOKIE}={session}; Path=/; HttpOnly"))
            .with_header("set-cookie", format!("route={serial}; Path=/"))
            .with_header("x-csrf-token", token)
    }

    fn touch(&self, session: &str, now: DateTime<Utc>) {
        let mut used = self.lock();
        if used.len() >= MANY {
            used.retain(|_, used| *used == DateTime::<Utc>::MIN_UTC || now - *used < IDLE);
        }
        used.insert(session.to_owned(), now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, DateTime<Utc>>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a session began, from its id.
fn begin(session: &str) -> Option<DateTime<Utc>> {
    let millis = i64::from_str_radix(session.split_once('.')?.1, 16).ok()?;
    DateTime::from_timestamp_millis(millis)
}

fn session_of(call: &Call) -> Option<&str> {
    let cookies = call.header(header::COOKIE).split(';');
    cookies
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, id)| id)
}

fn token(session: &str) -> String {
    hexadecimal(&format!("token of {session}"))
}

fn hexadecimal(text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest.as_ref().iter().take(16).map(|byte| format!("{byte:02X}")).collect()
}
