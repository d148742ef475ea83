//! What came back over HTTP.

use std::time::Duration;

use super::room::Room;
use super::{Place, Scope};
use crate::odata::zone::Zone;
use chrono::{DateTime, Utc};
use connector_core::{Error, ErrorKind, Result, Retry};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// Of an answer that is no success, so much is read: what is to be learned from it stands at its beginning.
const MAX_ERROR: usize = 256 << 10;

/// How much of an answer is read, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// In bytes, after decompression.
    pub size: usize,
    /// From its head to its end.
    pub time: Duration,
}

/// An answer, read to its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub status: u16,
    pub content_type: String,
    /// How long the server wants to be left alone.
    pub retry_after: Option<Duration>,
    /// What time it is over there.
    pub date: Option<DateTime<Utc>>,
    /// The zone of the server's clock, which times without an offset are in, if it says so.
    pub zone: Option<Zone>,
    pub body: Vec<u8>,
    /// The room that it holds in the memory for answers.
    pub place: Place,
}

impl Answer {
    /// Reads an answer to its end, into memory that is at hand; one that is no success, as far as it has something to
    /// say.
    ///
    /// # Errors
    ///
    /// A connection that breaks; an answer that is too large, or takes too long; no memory for it.
    pub async fn read(
        response: reqwest::Response,
        now: DateTime<Utc>,
        scope: &Scope,
        bounds: Bounds,
    ) -> Result<Self> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let reading = read_body(response, scope, bounds.size);
        let (body, place) =
            tokio::time::timeout(bounds.time, reading).await.map_err(|_| endless(bounds))??;
        Ok(Self {
            status,
            content_type: text(&headers, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            retry_after: text(&headers, &RETRY_AFTER).and_then(|value| wait(value, now)),
            date: text(&headers, &DATE).and_then(http_date),
            zone: text(&headers, &TIME_ZONE).and_then(Zone::parse),
            body,
            place,
        })
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Gateways answer with web pages, whatever was asked for (KBA 2545055).
    pub fn is_html(&self) -> bool {
        let start = self.body.trim_ascii_start();
        self.content_type.contains("html")
            || start.get(..5).is_some_and(|s| s.eq_ignore_ascii_case(b"<html"))
            || start.get(..9).is_some_and(|s| s.eq_ignore_ascii_case(b"<!doctype"))
    }

    /// The error for a body that ends too early or is not what was asked for. A repeat may help.
    pub fn garbled(&self, what: &str) -> Error {
        let kind = if self.is_html() { "a web page" } else { what };
        Error::new(ErrorKind::TargetProtocol, format!("the tenant answered HTTP {} with {kind}", self.status))
            .with_retry(Retry::Later { after: None })
            .with_advice("try again; if it stays so, look for a proxy that answers in the tenant's place")
    }
}

/// The header in which a tenant names the time zone of its server (docs/successfactors.md#headers-of-answers).
static TIME_ZONE: HeaderName = HeaderName::from_static("sfodataservertimezone");

async fn read_body(mut response: reqwest::Response, scope: &Scope, most: usize) -> Result<(Vec<u8>, Place)> {
    let is_success = response.status().is_success();
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if is_success && announced.is_some_and(|announced| announced > most) {
        return Err(too_large(most));
    }
    let most = if is_success { most } else { most.min(MAX_ERROR) };
    let (mut body, mut growing) = (scope.spare.take(), Room::of_process().enter(announced, most));
    // An error below HTTP does not say by itself of whom it was.
    let url = response.url().clone();
    let failed = |error: reqwest::Error| super::failure::of(&error.with_url(url.clone()));
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        let length = body.len() + chunk.len();
        if length > most && is_success {
            return Err(too_large(most));
        }
        let chunk = chunk.get(..chunk.len().min(most - body.len())).unwrap_or_default();
        let covered = growing.hold(length.min(most)).await?;
        if length > body.capacity() {
            let whole = announced.unwrap_or(4 * length).clamp(length.min(most), covered);
            body.reserve_exact(whole - body.len());
        }
        body.extend_from_slice(chunk);
        if length > most {
            break;
        }
    }
    Ok((body, growing.settle()))
}

fn too_large(most: usize) -> Error {
    Error::new(ErrorKind::TargetProtocol, format!("the answer is larger than {} MiB", most >> 20))
        .with_advice("a smaller page_size makes for smaller answers; max_answer says how large one may be")
}

fn endless(bounds: Bounds) -> Error {
    let message = format!("the tenant's answer did not end within {} s", bounds.time.as_secs());
    Error::new(ErrorKind::Timeout, message).with_advice(
        "a smaller page_size makes for shorter answers; twice read_timeout is how long one may take",
    )
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc())
}

/// `Retry-After` is a number of seconds or a date.
fn wait(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    match text.trim().parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => http_date(text).map(|date| (date - now).to_std().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now = http_date("Sat, 21 Nov 2026 08:00:00 GMT").unwrap();
        assert_eq!(wait("300", now), Some(Duration::from_secs(300)));
        assert_eq!(wait("Sat, 21 Nov 2026 08:01:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(wait("Sat, 21 Nov 2026 07:00:00 GMT", now), Some(Duration::ZERO));
        for nonsense in ["-5", "soon", "é", ""] {
            assert_eq!(wait(nonsense, now), None, "{nonsense}");
        }
    }
}
