//! Session cookies and the token that a write with them needs (protocol sheet §11).

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest;
use axum::http::{Method, StatusCode, header};

use crate::error::ODataError;
use crate::http::call::Call;
use crate::http::reply::Reply;

const COOKIE: &str = "JSESSIONID";

/// Gives out sessions. A session's token follows from its id, so nothing is kept.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    serial: AtomicU64,
}

impl Sessions {
    /// Refuses a write that carries a session cookie without the session's token: the trap of a client with
    /// a cookie jar (protocol sheet §13, 39). The body of the refusal is unconfirmed.
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

    /// Adds the session's headers to an answer; a new session unless the request has one.
    pub(crate) fn mark(&self, reply: Reply, call: &Call) -> Reply {
        if let Some(session) = session_of(call) {
            return reply.with_header("x-csrf-token", token(session));
        }
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let session = hexadecimal(&format!("session {serial}"));
        let token = token(&session);
        reply
            .with_header("set-cookie", format!("{COOKIE}={session}; Path=/; HttpOnly"))
            .with_header("x-csrf-token", token)
    }
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
