//! One reader for the envelopes `d`, `d.results` and `d:[…]` (reference §2.4).

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use connector_core::{Error, ErrorKind, Result};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
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
    let garbled = |_| answer.garbled("a body that is not complete JSON");
    let Envelope { d } = serde_json::from_slice(&answer.body).map_err(garbled)?;
    let rows = match d.rows {
        Some(rows) => rows,
        None => vec![serde_json::from_slice::<Entity<'_>>(&answer.body).map_err(garbled)?.d],
    };
    let rows = rows.iter().map(|row| answer.body.slice_ref(row.get().as_bytes())).collect();
    Ok(Page { rows, next: d.next, count: d.count, date: answer.date })
}

/// A page is by far the largest thing that is read, so its envelope is opened in one pass.
#[derive(serde::Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    d: Inner<'a>,
}

/// The envelope of what turned out to be a single record.
#[derive(serde::Deserialize)]
struct Entity<'a> {
    #[serde(borrow)]
    d: &'a RawValue,
}

/// What is in `d`: a list of records, an object with the list in it, or a record, which has no list.
#[derive(Default)]
struct Inner<'a> {
    rows: Option<Vec<&'a RawValue>>,
    next: Option<String>,
    count: Option<u64>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Inner<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(InnerVisitor(PhantomData))
    }
}

struct InnerVisitor<'a>(PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for InnerVisitor<'a> {
    type Value = Inner<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Inner<'a>, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = list.next_element()? {
            rows.push(row);
        }
        Ok(Inner { rows: Some(rows), ..Inner::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Inner<'a>, A::Error> {
        let mut inner = Inner::default();
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match key.as_ref() {
                "results" => inner.rows = map.next_value()?,
                "__next" => inner.next = map.next_value()?,
                // A text where one would expect a number.
                "__count" => {
                    inner.count = map.next_value::<&RawValue>()?.get().trim_matches('"').parse().ok()
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(inner)
    }
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

/// The links that were followed: a tenant, or something between, that sends us in circles must not keep us busy
/// for ever.
#[derive(Default)]
pub(crate) struct Trail(HashSet<u64>);

impl Trail {
    /// Remembers where a page leads to.
    ///
    /// # Errors
    ///
    /// A link that was followed before.
    pub fn remember(&mut self, page: &Page) -> Result<()> {
        let Some(link) = &page.next else { return Ok(()) };
        let mut hasher = DefaultHasher::new();
        link.hash(&mut hasher);
        match self.0.insert(hasher.finish()) {
            true => Ok(()),
            false => Err(Error::new(
                ErrorKind::TargetProtocol,
                "the tenant names a next page that was read before",
            )),
        }
    }
}

/// Whether a link is an offset in disguise: `$skiptoken` is then base64 of `{"startRow":1000,"endRow":2000}`
/// (KBA 2489065).
pub(crate) fn is_offset(link: &str) -> bool {
    #[derive(serde::Deserialize)]
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
