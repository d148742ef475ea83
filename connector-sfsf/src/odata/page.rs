//! One reader for the envelopes `d`, `d.results` and `d:[…]` (reference §2.4).

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use connector_core::{Error, ErrorKind, Result};
use url::Url;

use super::json::{Malformed, Scanner};
use super::row::{Finder, Row};
use crate::http::{Answer, Spare};

/// The rows of one answer. A bad one does not spoil the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub rows: Vec<Row>,
    /// Where the next page is; the last page has none.
    pub next: Option<String>,
    /// How many rows there are in all, if that was asked for.
    pub count: Option<u64>,
    /// What time it was over there.
    pub date: Option<DateTime<Utc>>,
}

/// Reads a JSON answer with rows. Its memory is given back when the last row has gone.
///
/// # Errors
///
/// An answer that is no success, a web page, a body that ends too early, JSON without an envelope.
/// Never an empty page for want of a better reading.
pub(crate) fn read(mut answer: Answer, spare: &Spare) -> Result<Page> {
    if !answer.is_success() {
        return Err(super::classify::answer(&answer));
    }
    // The largest thing that is read: its bytes are taken over and not copied.
    let read = match String::from_utf8(mem::take(&mut answer.body)) {
        Ok(text) => envelope(text, spare),
        Err(error) => Err(error.into_bytes()),
    };
    read.map(|page| Page { date: answer.date, ..page }).map_err(|body| {
        answer.body = body;
        answer.garbled("a body that is not complete JSON")
    })
}

/// Opens the envelope; the text as it was, if there is none.
fn envelope(text: String, spare: &Spare) -> std::result::Result<Page, Vec<u8>> {
    match Envelope::open(&text) {
        Ok(Envelope { rows, next, count }) => {
            Ok(Page { rows: rows.rows(text, spare), next, count, date: None })
        }
        Err(Malformed) => Err(text.into_bytes()),
    }
}

/// What is in `d`: a list of records, an object with the list in it, or a record, which has no list.
struct Envelope {
    rows: Finder,
    next: Option<String>,
    count: Option<u64>,
}

impl Envelope {
    fn new(text: &str) -> Self {
        Self { rows: Finder::new(text.len()), next: None, count: None }
    }

    fn open(text: &str) -> std::result::Result<Self, Malformed> {
        let (mut scanner, mut found) = (Scanner::new(text)?, None);
        scanner.object(|scanner, key| {
            match key.of(text) {
                "d" => found = Some(Self::new(text).inner(scanner)?),
                _ => drop(scanner.value()?),
            }
            Ok(())
        })?;
        scanner.end()?;
        found.ok_or(Malformed)
    }

    fn inner(mut self, scanner: &mut Scanner<'_>) -> std::result::Result<Self, Malformed> {
        if scanner.peek()? == b'[' {
            scanner.array(|scanner| self.rows.find(scanner))?;
            return Ok(self);
        }
        let (mut record, mut is_list) = (scanner.clone(), false);
        scanner.object(|scanner, key| {
            match key.of(scanner.text()) {
                "results" if scanner.peek()? != b'n' => {
                    is_list = true;
                    scanner.array(|scanner| self.rows.find(scanner))
                }
                "__next" => scanner.value()?.text_of(scanner.text()).map(|link| self.next = link),
                // A text where one would expect a number.
                "__count" => scanner.value().map(|span| self.count = span.of(scanner.text()).parse().ok()),
                _ => scanner.value().map(drop),
            }
        })?;
        if !is_list {
            self.rows.find(&mut record)?;
        }
        Ok(self)
    }
}

/// The next page's address on the configured host, whatever host, port and scheme the link names: credentials must not
/// follow a link to wherever it points (reference §2.4). Behind a gateway that rewrites no links they name the tenant's
/// own host, and a path without the gateway's prefix, so what follows `/odata/v2/` counts and nothing else.
pub(crate) fn follow(link: &str, base: &Url) -> Result<Url> {
    let foreign = || {
        Error::new(ErrorKind::TargetProtocol, "the tenant names a next page outside its own API")
            .with_advice("the link was not followed and nothing was sent there")
    };
    let mut next = base.join(ROOT).map_err(|_| foreign())?;
    // Links on real tenants hold blanks now and then.
    let url = next.join(&link.replace(' ', "%20")).map_err(|_| foreign())?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    let (_, resource) = url.path().rsplit_once("/odata/v2/").filter(|_| is_web).ok_or_else(foreign)?;
    if resource.is_empty() || climbs(resource) {
        return Err(foreign());
    }
    next.set_path(&format!("{}{resource}", next.path()));
    next.set_query(url.query());
    Ok(next)
}

/// The root of the service, below the configured base.
const ROOT: &str = "odata/v2/";

/// Whether a path would lead out of where it is, once somebody decodes it.
fn climbs(path: &str) -> bool {
    let decoded = path.replace("%2f", "/").replace("%2F", "/").replace("%5c", "/").replace("%5C", "/");
    let decoded = decoded.replace("%2e", ".").replace("%2E", ".");
    decoded.split(['/', '\\']).any(|segment| matches!(segment, "." | ".."))
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
        let page = read(answer(body), &Spare::default()).unwrap();
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
        let page =
            read(answer(r#"{"d":{"results":[],"__next":"u","__count":"2417"}}"#), &Spare::default()).unwrap();
        assert_eq!((page.next.as_deref(), page.count), (Some("u"), Some(2417)));
    }

    #[test]
    fn a_link_that_cannot_be_read_is_never_the_end() {
        for link in ["5", "{}", "true", r#""\ud800""#] {
            let body = format!(r#"{{"d":{{"results":[{{"a":1}}],"__next":{link}}}}}"#);
            let error = read(answer(&body), &Spare::default()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{link}");
        }
        let page = read(answer(r#"{"d":{"results":[],"__next":null}}"#), &Spare::default()).unwrap();
        assert_eq!(page.next, None);
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
            let error = read(answer(body), &Spare::default()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{body}");
        }
    }

    #[track_caller]
    fn leads(base: &str, link: &str, to: &str) {
        assert_eq!(follow(link, &Url::parse(base).unwrap()).unwrap().as_str(), to, "{link}");
    }

    #[test]
    fn a_next_link_is_followed_by_path_and_query_on_the_configured_host_only() {
        let here = "http://127.0.0.1:8080/";
        let to = "http://127.0.0.1:8080/odata/v2/User?$skiptoken=a%20b";
        for link in [
            "https://127.0.0.1:443/odata/v2/User?$skiptoken=a b",
            "https://api12.successfactors.eu:443/odata/v2/User?$skiptoken=a b",
            "http://evil.example/odata/v2/User?$skiptoken=a b",
            "//evil.example/odata/v2/User?$skiptoken=a b",
            "/odata/v2/User?$skiptoken=a b",
            "User?$skiptoken=a b",
            "https://api12.successfactors.eu/inner/odata/v2/User?$skiptoken=a b",
        ] {
            leads(here, link, to);
        }
        let gateway = "https://gateway.example:8443/sf/acme/";
        leads(
            gateway,
            "https://api12.successfactors.eu:443/odata/v2/User?$skiptoken=x",
            "https://gateway.example:8443/sf/acme/odata/v2/User?$skiptoken=x",
        );
        leads(
            gateway,
            "https://gateway.example:8443/sf/acme/odata/v2/User('a%2Fb')/directReports?$skiptoken=x",
            "https://gateway.example:8443/sf/acme/odata/v2/User('a%2Fb')/directReports?$skiptoken=x",
        );
    }

    #[test]
    fn a_next_link_never_leads_out_of_the_api() {
        let base = Url::parse("http://127.0.0.1:8080/").unwrap();
        for link in [
            "https://user@127.0.0.1/odata/v2/User",
            "https://127.0.0.1/odata/v2/../../oauth/token",
            "https://evil.example/odata/v2/..%2f..%2foauth/token",
            "https://evil.example/odata/v2/%2e%2e/%2E%2E/oauth/token",
            "https://evil.example/odata/v2/..%5c..%5coauth/token",
            "https://evil.example/oauth/token?x=/odata/v2/User",
            "https://evil.example/odata/v2/",
            "https://evil.example/User?$skiptoken=x",
            "ftp://127.0.0.1/odata/v2/User",
            "javascript:alert(1)",
            "",
        ] {
            assert!(follow(link, &base).is_err(), "{link}");
        }
    }
}
