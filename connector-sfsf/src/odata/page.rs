//! One reader for the envelopes `d`, `d.results` and `d:[…]` (docs/successfactors.md#json-envelopes).

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use connector_core::{Error, ErrorKind, Result};
use url::Url;

use super::json::{Kind, Malformed, Scanner, Span};
use super::limits::Limits;
use super::row::{Finder, Origin, Row};
use super::zone::Zone;
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
    /// In which zone the clock is there, if that is known.
    pub zone: Option<Zone>,
}

/// Reads a JSON answer with a page of rows. Its memory is given back when the last row has gone.
///
/// # Errors
///
/// An answer that is no success, a web page, a body that ends too early, JSON without an envelope, or with one that has
/// a part twice or names a next page in a way that we do not know; more rows than a page has. Never an empty page, or
/// the last one, for want of a better reading.
pub(crate) fn read(answer: Answer, spare: &Spare) -> Result<Page> {
    read_within(answer, spare, Limits::of_page)
}

/// Reads a JSON answer with all rows that there are.
///
/// # Errors
///
/// As [`read`], but for the number of rows.
pub(crate) fn read_list(answer: Answer, spare: &Spare) -> Result<Page> {
    read_within(answer, spare, Limits::of_text)
}

fn read_within(mut answer: Answer, spare: &Spare, limits: fn(usize) -> Limits) -> Result<Page> {
    if !answer.is_success() {
        return Err(super::classify::answer(&answer));
    }
    // The largest thing that is read: its bytes are taken over and not copied.
    let read = match String::from_utf8(mem::take(&mut answer.body)) {
        Ok(text) => {
            let limits = limits(text.len());
            let place = mem::take(&mut answer.place);
            envelope(text, limits, Origin { zone: answer.zone, spare: spare.clone(), place })
        }
        Err(error) => Err((error.into_bytes(), None)),
    };
    read.map(|page| Page { date: answer.date, zone: answer.zone, ..page }).map_err(|(body, refusal)| {
        answer.body = body;
        refusal.unwrap_or_else(|| answer.garbled("a body that is not complete JSON"))
    })
}

/// The text as it was, and what it is refused for if it is complete.
type Unread = (Vec<u8>, Option<Error>);

/// Opens the envelope.
fn envelope(text: String, limits: Limits, mut origin: Origin) -> std::result::Result<Page, Unread> {
    let mut envelope = Envelope::new(text.len(), limits);
    match envelope.open(&text) {
        Ok(()) => {
            let Envelope { rows, next, count, .. } = envelope;
            origin.place.shrink(text.capacity() + rows.made());
            Ok(Page { rows: rows.rows(text, origin), next, count, ..Page::default() })
        }
        Err(Malformed) => {
            let refusal = envelope.refusal();
            Err((text.into_bytes(), refusal))
        }
    }
}

/// What is in `d`: a list of records, an object with the list in it, or a record, which has no list.
struct Envelope {
    rows: Finder,
    next: Option<String>,
    count: Option<u64>,
    flaw: Option<Flaw>,
}

/// What is wrong with an envelope that is complete JSON.
enum Flaw {
    /// A part that is there twice: which of them counts is anybody's guess.
    Twice(&'static str),
    /// A part that may lead to another page, or be the list, and is not spelled as such parts are.
    Strange(String),
}

impl Envelope {
    fn new(length: usize, limits: Limits) -> Self {
        Self { rows: Finder::new(length, limits), next: None, count: None, flaw: None }
    }

    fn open(&mut self, text: &str) -> std::result::Result<(), Malformed> {
        let (mut scanner, mut is_found, mut strange) = (Scanner::new(text)?, false, None);
        scanner.object(|scanner, key| {
            if key.is(text, "d") {
                self.once(&mut is_found, "d")?;
                return self.inner(scanner);
            }
            let value = whole(text, scanner.value()?)?;
            strange = strange.take().or_else(|| is_strange(text, key, value));
            Ok(())
        })?;
        scanner.end()?;
        self.allow(strange)?;
        if is_found { Ok(()) } else { Err(Malformed) }
    }

    fn inner(&mut self, scanner: &mut Scanner<'_>) -> std::result::Result<(), Malformed> {
        if scanner.peek()? == b'[' {
            return scanner.array(|scanner| self.rows.find(scanner));
        }
        let (mut record, text) = (scanner.clone(), scanner.text());
        let (mut is_list, mut has_next, mut strange) = (false, false, None);
        scanner.object(|scanner, key| {
            if key.is(text, "results") && scanner.peek()? != b'n' {
                self.once(&mut is_list, "results")?;
                return scanner.array(|scanner| self.rows.find(scanner));
            }
            let value = whole(text, scanner.value()?)?;
            if key.is(text, "__next") {
                self.once(&mut has_next, "__next")?;
                self.next = value.text_of(text)?;
            } else if key.is(text, "__count") {
                // A text where one would expect a number.
                self.count = value.of(text).parse().ok();
            } else {
                strange = strange.take().or_else(|| is_strange(text, key, value));
            }
            Ok(())
        })?;
        if is_list {
            return self.allow(strange);
        }
        // The properties of a record may be called as they like, but for what a list would be.
        self.allow(strange.filter(|name| name.eq_ignore_ascii_case("results")))?;
        self.rows.find(&mut record)
    }

    fn once(&mut self, is_there: &mut bool, name: &'static str) -> std::result::Result<(), Malformed> {
        if mem::replace(is_there, true) {
            self.flaw = Some(Flaw::Twice(name));
            return Err(Malformed);
        }
        Ok(())
    }

    fn allow(&mut self, strange: Option<String>) -> std::result::Result<(), Malformed> {
        self.flaw = strange.map(Flaw::Strange);
        if self.flaw.is_some() { Err(Malformed) } else { Ok(()) }
    }

    /// Why a text is refused that is complete, or was not read to its end.
    fn refusal(&self) -> Option<Error> {
        let message = match (&self.rows.excess, &self.flaw) {
            (Some(excess), _) => format!("the tenant answered with {excess}"),
            (None, Some(Flaw::Twice(name))) => format!("the tenant's answer has '{name}' twice"),
            (None, Some(Flaw::Strange(name))) => {
                let name = super::error_body::shorten(name);
                format!(
                    "the tenant's answer has '{name}', which may lead to more and is not how OData V2 says so"
                )
            }
            (None, None) => return None,
        };
        Some(Error::new(ErrorKind::TargetProtocol, message).with_advice(
            "nothing of the answer was used; look for a proxy that changes answers, and see whether url leads to a tenant",
        ))
    }
}

/// A part that nobody looks into. The scanner only finds its end, and an answer that is broken there is broken.
fn whole(text: &str, value: Span) -> std::result::Result<Span, Malformed> {
    match value.kind() {
        Kind::Object | Kind::Array => serde_json::from_str::<serde::de::IgnoredAny>(value.of(text))
            .map(|_| value)
            .map_err(|_| Malformed),
        _ => Ok(value),
    }
}

/// The name of something that could be a link to the next page (`__Next`, `@odata.nextLink`, `$skiptoken`) or the list,
/// and has a value.
fn is_strange(text: &str, key: Span, value: Span) -> Option<String> {
    const MARKS: [&str; 4] = ["next", "skiptoken", "continuation", "results"];
    // Most parts are known ones, and records have many.
    let name = key.of(text);
    if key.kind() == Kind::Text && !MARKS.iter().any(|mark| contains(name, mark)) {
        return None;
    }
    let name = key.text_of(text).ok().flatten().unwrap_or_else(|| name.to_owned());
    (value.kind() != Kind::Null && MARKS.iter().any(|mark| contains(&name, mark))).then_some(name)
}

fn contains(name: &str, mark: &str) -> bool {
    name.as_bytes().windows(mark.len()).any(|part| part.eq_ignore_ascii_case(mark.as_bytes()))
}

/// The next page's address on the configured host, whatever host, port and scheme the link names: credentials must not
/// follow a link to wherever it points (docs/successfactors.md#json-envelopes). Behind a gateway that rewrites no links
/// they name the tenant's own host, and a path without the gateway's prefix, so what follows `/odata/v2/` counts and
/// nothing else.
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

/// The pages that were read: a tenant, or something between, that sends us in circles, or from one empty page to the
/// next, must not keep us busy for ever. It takes eight bytes for each page.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    links: HashSet<u64>,
    pages: u64,
    /// Pages without rows, in a row.
    empty: u32,
    /// A page that may come again, and the number of the page that takes its place: of any circle, one page is held
    /// long enough for it to come round (Brent).
    mark: Option<u64>,
    turn: u64,
}

/// So many pages without rows may come before one that has some.
const MAX_EMPTY: u32 = 20;

/// So many pages may follow one another: with 1,000 rows each, a hundred million.
const MAX_PAGES: u64 = 100_000;

impl Trail {
    /// Remembers a page, and where it leads to.
    ///
    /// # Errors
    ///
    /// A link that was followed before; otherwise as [`Trail::pass`].
    pub fn remember(&mut self, page: &Page) -> Result<()> {
        let is_new = page.next.as_ref().is_none_or(|link| self.links.insert(hash(link)));
        if !is_new {
            return Err(endless("the tenant names a next page that was read before"));
        }
        self.pass(page)
    }

    /// Pages are asked for anew, from wherever: those that came may come again.
    pub fn restart(&mut self) {
        *self = Self { pages: self.pages, ..Self::default() };
    }

    /// Remembers a page, wherever it leads to.
    ///
    /// # Errors
    ///
    /// One page too many without rows, or in all; a page that came before, under whatever link.
    pub fn pass(&mut self, page: &Page) -> Result<()> {
        self.pages += 1;
        self.empty = if page.rows.is_empty() { self.empty + 1 } else { 0 };
        if page.next.is_none() {
            return Ok(());
        }
        if self.empty > MAX_EMPTY {
            return Err(endless("the tenant names page after page, and nothing is on them"));
        }
        if self.pages >= MAX_PAGES {
            return Err(endless("the tenant names more than 100,000 pages"));
        }
        let Some((first, last)) = page.rows.first().zip(page.rows.last()) else { return Ok(()) };
        let content = hash(&(&first[..], &last[..], page.rows.len()));
        if self.mark == Some(content) {
            return Err(endless("the tenant sends a page that was read before, under another link"));
        }
        if self.pages >= self.turn {
            (self.mark, self.turn) = (Some(content), self.pages * 2);
        }
        Ok(())
    }
}

fn endless(message: &'static str) -> Error {
    Error::new(ErrorKind::TargetProtocol, message).with_advice(
        "what came so far is not everything; look for a proxy or a cache that answers in the tenant's place",
    )
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
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
    use connector_core::Retry;

    fn answer(body: &str) -> Answer {
        Answer {
            status: 200,
            content_type: "application/json".into(),
            body: body.to_owned().into(),
            ..Answer::default()
        }
    }

    #[track_caller]
    fn refused(body: &str, says: &str) {
        let error = read(answer(body), &Spare::default()).unwrap_err();
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::TargetProtocol, Retry::Never),
            "{body}: {error}"
        );
        assert!(error.message().contains(says), "{body}: {error}");
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
    fn a_link_is_found_however_it_is_spelled() {
        for (body, next) in [
            (r#"{"d":{"results":[{"a":1}],"\u005f_next":"u"}}"#, Some("u")),
            (r#"{"\u0064":{"r\u0065sults":[{"a":1}],"__ne\u0078t":"u"}}"#, Some("u")),
            (r#"{"d":{"__next":"u","results":[{"a":1}]}}"#, Some("u")),
            (r#"{"d":{"results":[{"a":1,"nextReview":"x"}],"__delta":"x","__Next":null}}"#, None),
        ] {
            let page = read(answer(body), &Spare::default()).unwrap();
            assert_eq!((page.next.as_deref(), page.rows.len()), (next, 1), "{body}");
        }
    }

    #[test]
    fn what_may_lead_to_more_is_followed_or_an_error_and_never_the_end() {
        for key in
            ["__Next", "@odata.nextLink", "odata.nextLink", "next", "NEXT_", "\\u004eextLink", "$skiptoken"]
        {
            refused(&format!(r#"{{"d":{{"results":[{{"a":1}}],"{key}":"u"}}}}"#), "may lead to more");
            refused(&format!(r#"{{"d":{{"results":[{{"a":1}}]}},"{key}":"u"}}"#), "may lead to more");
            refused(&format!(r#"{{"{key}":{{}},"d":[{{"a":1}}]}}"#), "may lead to more");
        }
        refused(r#"{"d":{"Results":[{"a":1}]}}"#, "'Results'");
        refused(r#"{"d":{"results":[],"RESULTS":[{"a":1}]}}"#, "'RESULTS'");
        // A record may have such a property.
        let record = r#"{"d":{"userId":"x","nextReviewDate":"y"}}"#;
        assert_eq!(read(answer(record), &Spare::default()).unwrap().rows.len(), 1);
    }

    #[test]
    fn what_is_there_twice_is_an_error() {
        refused(r#"{"d":{"results":[{"a":1}],"__next":"u"},"d":{"results":[]}}"#, "'d' twice");
        refused(r#"{"d":[],"\u0064":[]}"#, "'d' twice");
        refused(r#"{"d":{"results":[{"a":1}],"__next":"u","__next":null}}"#, "'__next' twice");
        refused(r#"{"d":{"results":[{"a":1}],"__next":"u","\u005f_next":"v"}}"#, "'__next' twice");
        refused(r#"{"d":{"results":[{"a":1}],"results":[{"a":2}]}}"#, "'results' twice");
    }

    /// Found by the fuzzer: only the end of such a part is looked for.
    #[test]
    fn a_part_that_nobody_asked_for_is_json_too() {
        for body in [
            r#"{"d":[{"a":1}],"more":{"b"__"c":nu}}"#,
            r#"{"more":[1 2],"d":[{"a":1}]}"#,
            r#"{"d":{"results":[],"more":{01}}}"#,
        ] {
            let error = read(answer(body), &Spare::default()).unwrap_err();
            assert!(error.message().contains("not complete JSON"), "{body}: {error}");
        }
        check(r#"{"more":{"a":[1,{"b":null}]},"d":[{"a":1}]}"#, &[r#"{"a":1}"#]);
    }

    #[test]
    fn a_page_has_no_more_rows_and_a_row_no_more_fields_than_make_sense() {
        let page = |rows: &str| format!(r#"{{"d":{{"results":[{rows}]}}}}"#);
        let largest = page(&[r#"{"userId":"1"}"#; 10_000].join(","));
        assert_eq!(read(answer(&largest), &Spare::default()).unwrap().rows.len(), 10_000);
        let larger = page(&[r#"{"userId":"1"}"#; 10_001].join(","));
        refused(&larger, "more than 10000 records");
        refused(&page(&format!("{{{}}}", [r#""":1"#; 5_001].join(","))), "more than 5000 fields");
        refused(&page(&format!(r#"{{"a":"{}"}}"#, "x".repeat(16 << 20))), "more than 16 MiB");
        // It is refused where it is too much, and not at its end.
        let cut = &page(&[r#"{"userId":"1"}"#; 20_000].join(","))[..200_000];
        refused(cut, "more than 10000 records");
    }

    /// Without such a limit, 120 MB of these took 4.8 GB.
    #[test]
    fn no_more_is_made_of_a_list_than_three_times_its_size() {
        let list =
            |rows: &str, times: usize| format!(r#"{{"d":[{rows}]}}"#, rows = [rows].repeat(times).join(","));
        for rows in ["1", "{}", r#"{"a":1},{"b":1}"#] {
            let error = read_list(answer(&list(rows, 100_000)), &Spare::default()).unwrap_err();
            assert!(error.message().contains("4 times the memory"), "{rows}: {error}");
        }
        let people = list(r#"{"userId":"1","b":1}"#, 100_000);
        assert_eq!(read_list(answer(&people), &Spare::default()).unwrap().rows.len(), 100_000);
    }

    fn trailed(rows: &[&str], next: usize) -> Page {
        Page { rows: super::super::row::rows(rows), next: Some(format!("u{next}")), ..Page::default() }
    }

    fn follow_all(page: impl Fn(usize) -> Page) -> (usize, String) {
        let mut trail = Trail::default();
        let error = (0..)
            .map(|place| (place, trail.remember(&page(place))))
            .find_map(|(place, remembered)| Some((place, remembered.err()?.to_string())));
        error.unwrap()
    }

    #[test]
    fn a_chain_of_links_that_brings_nothing_new_ends_with_an_error() {
        let (page, says) = follow_all(|place| trailed(&[], place));
        assert!(page == 20 && says.contains("nothing is on them"), "{page}: {says}");
        let (page, says) = follow_all(|place| trailed(&[r#"{"a":1}"#], place));
        assert!(page == 1 && says.contains("was read before"), "{page}: {says}");
        for length in [2, 3, 7, 40] {
            let (page, says) =
                follow_all(|place| trailed(&[&format!(r#"{{"a":{}}}"#, place % length)], place));
            assert!(page < 4 * length && says.contains("was read before"), "{length} {page}: {says}");
        }
        let (page, says) = follow_all(|place| trailed(&[&format!(r#"{{"a":{place}}}"#)], place));
        assert!(page + 1 == 100_000 && says.contains("100,000 pages"), "{page}: {says}");
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
