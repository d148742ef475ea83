//! What came back over HTTP.

use std::time::Duration;

use super::Spare;
use chrono::{DateTime, Utc};
use connector_core::{Error, ErrorKind, Result, Retry};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// No answer that makes sense is larger. A page of 1,000 users with all their fields has about 3 MB.
const MAX_BODY: usize = 128 << 20;

/// So much memory is taken before anything has come, on the word of the server.
const MAX_ANNOUNCED: usize = 8 << 20;

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub content_type: String,
    /// How long the server wants to be left alone.
    pub retry_after: Option<Duration>,
    /// What time it is over there.
    pub date: Option<DateTime<Utc>>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads an answer to its end, into memory that is at hand.
    pub async fn read(mut response: reqwest::Response, now: DateTime<Utc>, spare: &Spare) -> Result<Self> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
        let mut body = spare.take();
        body.reserve(announced.unwrap_or_default().min(MAX_ANNOUNCED));
        let url = response.url().clone();
        let failed = |error: reqwest::Error| super::failure::of(&error.with_url(url.clone()));
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(Error::new(ErrorKind::TargetProtocol, "the answer is larger than 128 MB"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self {
            status,
            content_type: text(&headers, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            retry_after: text(&headers, &RETRY_AFTER).and_then(|value| wait(value, now)),
            date: text(&headers, &DATE).and_then(http_date),
            body,
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
