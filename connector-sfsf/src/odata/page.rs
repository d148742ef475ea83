//! One reader for the envelopes `d`, `d.results` and `d:[…]` (reference §2.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use connector_core::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use crate::http::Answer;

/// The rows of one answer, each as its bytes, so that a bad one does not spoil the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub rows: Vec<Bytes>,
    /// Where the next page is; the last page has none.
    pub next: Option<String>,
    /// How many rows there are in all, if that was asked for.
    pub count: Option<u64>,
    /// What time it was over there.
    pub date: Option<DateTime<Utc>>,
}

/// Reads a JSON answer with rows.
///
/// # Errors
///
/// An answer that is no success, a web page, a body that ends too early, JSON without an envelope.
/// Never an empty page for want of a better reading.
pub(crate) fn read(answer: &Answer) -> Result<Page> {
    if !answer.is_success() {
        return Err(super::classify::answer(answer));
    }
    let garbled = || answer.garbled("a body that is not complete JSON");
    let envelope: Envelope<'_> = serde_json::from_slice(&answer.body).map_err(|_| garbled())?;
    let inner = envelope.d.get();
    if inner.starts_with('[') {
        let rows: Vec<&RawValue> = serde_json::from_str(inner).map_err(|_| garbled())?;
        return Ok(Page { rows: slices(answer, &rows), date: answer.date, ..Page::default() });
    }
    let collection: Collection<'_> = serde_json::from_str(inner).map_err(|_| garbled())?;
    Ok(match collection.results {
        Some(rows) => Page {
            rows: slices(answer, &rows),
            next: collection.next,
            // A text where one would expect a number.
            count: collection.count.and_then(|count| count.get().trim_matches('"').parse().ok()),
            date: answer.date,
        },
        None => Page { rows: slices(answer, &[envelope.d]), date: answer.date, ..Page::default() },
    })
}

fn slices(answer: &Answer, rows: &[&RawValue]) -> Vec<Bytes> {
    rows.iter().map(|row| answer.body.slice_ref(row.get().as_bytes())).collect()
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    d: &'a RawValue,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    results: Option<Vec<&'a RawValue>>,
    #[serde(rename = "__next")]
    next: Option<String>,
    #[serde(rename = "__count", borrow)]
    count: Option<&'a RawValue>,
}

/// The next page's address on the configured host: only path and query of the link count, since
/// credentials must not follow a link to wherever it points (reference §2.4).
pub(crate) fn follow(link: &str, base: &Url) -> Result<Url> {
    let foreign = || {
        Error::new(ErrorKind::TargetProtocol, "the tenant names a next page outside its own API")
            .with_advice("the link was not followed and nothing was sent there")
    };
    // Links on real tenants hold blanks now and then.
    let link = link.replace(' ', "%20");
    let url = base.join(&link).map_err(|_| foreign())?;
    let same_host = url.host_str() == base.host_str() && matches!(url.scheme(), "http" | "https");
    let root = format!("{}odata/v2/", base.path());
    if !same_host || !url.path().starts_with(&root) || !url.username().is_empty() {
        return Err(foreign());
    }
    let mut next = base.clone();
    next.set_path(url.path());
    next.set_query(url.query());
    Ok(next)
}

/// Whether a link is an offset in disguise: `$skiptoken` is then base64 of `{"startRow":1000,"endRow":2000}`
/// (KBA 2489065).
pub(crate) fn is_offset(link: &str) -> bool {
    #[derive(Deserialize)]
    struct Offset {
        #[serde(rename = "startRow")]
        _start_row: u64,
    }
    let Some((_, token)) = link.split_once("skiptoken=") else { return false };
    let token = token.split('&').next().unwrap_or_default().replace("%3D", "=").replace("%3d", "=");
    STANDARD.decode(token).is_ok_and(|json| serde_json::from_slice::<Offset>(&json).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Answer {
        Answer {
            status: 200,
            content_type: "application/json".into(),
            retry_after: None,
            date: None,
            body: body.to_owned().into(),
        }
    }

    #[track_caller]
    fn check(body: &str, rows: &[&str]) {
        let page = read(&answer(body)).unwrap();
        assert_eq!(page.rows.iter().map(|row| std::str::from_utf8(row).unwrap()).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn every_envelope_is_read() {
        check(r#"{"d":{"results":[{"a":1},{"a":2}]}}"#, &[r#"{"a":1}"#, r#"{"a":2}"#]);
        check(r#"{"d":[{"status":"OK"}]}"#, &[r#"{"status":"OK"}"#]);
        check(r#"{"d":{"userId":"x"}}"#, &[r#"{"userId":"x"}"#]);
        check(r#"{"d":{"results":[]}}"#, &[]);
    }

    #[test]
    fn next_and_count_are_read() {
        let page = read(&answer(r#"{"d":{"results":[],"__next":"u","__count":"2417"}}"#)).unwrap();
        assert_eq!((page.next.as_deref(), page.count), (Some("u"), Some(2417)));
    }

    #[test]
    fn an_offset_is_known_by_its_token() {
        let token = "eyJzdGFydFJvdyI6MTAwMCwiZW5kUm93IjoyMDAwfQ==";
        assert!(is_offset(&format!("https://x/odata/v2/User?$skiptoken={token}")));
        assert!(is_offset(&format!("https://x/odata/v2/User?%24skiptoken={token}&a=b")));
        for link in ["https://x/odata/v2/User", "https://x/odata/v2/User?$skiptoken=U05QOjE=", "$skiptoken=é"]
        {
            assert!(!is_offset(link), "{link}");
        }
    }

    #[test]
    fn what_is_no_envelope_is_never_an_empty_page() {
        for body in ["", "{}", r#"{"d":{"results":[{"a":1"#, "<html></html>", "[]", r#"{"error":{}}"#] {
            let error = read(&answer(body)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{body}");
        }
    }

    #[test]
    fn a_next_link_is_followed_on_the_configured_host_only() {
        let base = Url::parse("http://127.0.0.1:8080/").unwrap();
        let next = follow("https://127.0.0.1:443/odata/v2/User?$skiptoken=a b", &base).unwrap();
        assert_eq!(next.as_str(), "http://127.0.0.1:8080/odata/v2/User?$skiptoken=a%20b");
        for link in [
            "https://evil.example/odata/v2/User?$skiptoken=x",
            "//evil.example/odata/v2/User",
            "https://user@127.0.0.1/odata/v2/User",
            "https://127.0.0.1/odata/v2/../../oauth/token",
            "ftp://127.0.0.1/odata/v2/User",
            "javascript:alert(1)",
        ] {
            assert!(follow(link, &base).is_err(), "{link}");
        }
    }
}
