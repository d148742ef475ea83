//! Pages of every kind.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use sandbox::{Options, ShiftedClock, Switches};
use support::{Answer, Fixture, options, record};

const ALL: &str = "$filter=status%20in%20't','f','T','F','e','d'";

/// Path and query of the next page.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.json()["d"]["__next"].as_str()?.to_owned();
    let path = link.find("/odata/v2").unwrap();
    Some(link[path..].to_owned())
}

/// All pages from a path on.
async fn pages(fixture: &Fixture, path: &str) -> Vec<Answer> {
    let mut pages = vec![fixture.raw(path).await];
    while let Some(path) = next(pages.last().unwrap()) {
        pages.push(fixture.raw(&path).await);
    }
    pages
}

/// KBA 2489065: pages of 1000, and a token that names rows.
#[tokio::test]
async fn default_pages_are_offsets_in_disguise() {
    let fixture = Fixture::new(2417).await;
    let pages =
        pages(&fixture, &format!("/odata/v2/User?$format=json&$select=userId&$inlinecount=allpages&{ALL}"))
            .await;
    let sizes: Vec<usize> = pages.iter().map(|page| page.results().len()).collect();
    assert_eq!(sizes, [1000, 1000, 417]);
    assert!(pages.iter().all(|page| page.header("x-sf-paging") == "client"));
    // docs/successfactors.md#json-envelopes: the count is a text.
    assert_eq!(pages[0].json()["d"]["__count"], "2417");
    let link = next(&pages[0]).unwrap();
    assert!(link.starts_with("/odata/v2/User?$format=json&") && link.contains("status%20in%20"), "{link}");
    let token = link.split("$skiptoken=").nth(1).unwrap();
    assert_eq!(STANDARD.decode(token).unwrap(), br#"{"startRow":1000,"endRow":2000}"#);
    let mut ids: Vec<String> = pages.iter().flat_map(Answer::ids).collect();
    assert!(ids.is_sorted());
    ids.dedup();
    assert_eq!(ids.len(), 2417);
}

/// docs/successfactors.md#pages: `customPageSize` lowers the page, from 1 to 1000.
#[tokio::test]
async fn custom_page_size_lowers_the_page() {
    let fixture = Fixture::new(100).await;
    let pages =
        pages(&fixture, &format!("/odata/v2/User?$format=json&$select=userId&customPageSize=30&{ALL}")).await;
    assert_eq!(pages.iter().map(|page| page.results().len()).collect::<Vec<_>>(), [30, 30, 30, 10]);
    for size in ["0", "1001", "x"] {
        assert_eq!(fixture.get("User", &[("customPageSize", size)]).await.status, 400);
    }
    let exact = fixture
        .get("User", &[("customPageSize", "100"), ("$filter", "status in 't','f','T','F','e','d'")])
        .await;
    assert_eq!((exact.results().len(), next(&exact)), (100, None));
}

/// `$top` and `$skip`, also beyond a page.
#[tokio::test]
async fn top_and_skip_cut_the_answer() {
    let fixture = Fixture::with(Options { page_size: 10, ..options(100) }).await;
    let all: Vec<String> = pages(&fixture, &format!("/odata/v2/User?$format=json&{ALL}"))
        .await
        .iter()
        .flat_map(Answer::ids)
        .collect();
    let five = fixture.raw(&format!("/odata/v2/User?$format=json&$top=5&$skip=20&{ALL}")).await;
    assert_eq!((five.ids(), next(&five)), (all[20..25].to_vec(), None));
    let more = pages(&fixture, &format!("/odata/v2/User?$format=json&$top=25&$skip=3&{ALL}")).await;
    assert_eq!(more.iter().flat_map(Answer::ids).collect::<Vec<_>>(), all[3..28]);
    assert!(fixture.raw(&format!("/odata/v2/User?$format=json&$top=0&{ALL}")).await.ids().is_empty());
}

/// KBA 2723468: rows that come in during an offset scan shift its pages; a snapshot is frozen (KBA 3308165).
#[tokio::test]
async fn new_rows_shift_offset_pages_but_no_snapshot() {
    for (mode, twice) in [("", true), ("&paging=snapshot", false)] {
        let fixture = Fixture::new(100).await;
        let first = fixture.raw(&format!("/odata/v2/User?$format=json&customPageSize=20{mode}&{ALL}")).await;
        let body = record("000", &serde_json::json!({"username": "000", "status": "t"}));
        assert_eq!(fixture.upsert(&body).await[0]["status"], "OK");
        let rest = pages(&fixture, &next(&first).unwrap()).await;
        let again = rest.iter().flat_map(Answer::ids).filter(|id| first.ids().contains(id)).count();
        assert_eq!(again > 0, twice, "{mode}");
    }
}

/// KBA 2990434: a snapshot is gone with its last page, and 15 minutes after the page before.
#[tokio::test]
async fn snapshots_get_lost_after_their_end_and_in_time() {
    let clock = Arc::new(ShiftedClock::default());
    let fixture = Fixture::with(Options { clock: clock.clone(), ..options(50) }).await;
    let start = format!("/odata/v2/User?$format=json&paging=snapshot&customPageSize=20&{ALL}");
    let first = fixture.raw(&start).await;
    assert_eq!(first.header("x-sf-paging"), "snapshot");
    let all = pages(&fixture, &next(&first).unwrap()).await;
    assert_eq!(first.ids().len() + all.iter().map(|page| page.ids().len()).sum::<usize>(), 50);
    let last = next(&all[0]).unwrap();
    let again = fixture.raw(&last).await;
    assert_eq!((again.status, again.code()), (500, "COE_GENERAL_SERVER_FAILURE".to_owned()));
    assert!(again.message().starts_with("[COE0019][SNP]Snapshot lost for current pagination query"));

    let first = fixture.raw(&start).await;
    clock.advance(TimeDelta::minutes(14));
    let second = fixture.raw(&next(&first).unwrap()).await;
    assert_eq!(second.status, 200);
    clock.advance(TimeDelta::minutes(15));
    assert_eq!(fixture.raw(&next(&second).unwrap()).await.status, 500);
}

/// docs/successfactors.md#pages: cursors for simple queries; anything else falls back silently.
#[tokio::test]
async fn cursors_page_simple_queries_and_others_fall_back() {
    let fixture = Fixture::new(100).await;
    let simple = pages(&fixture, "/odata/v2/User?$format=json&paging=cursor&customPageSize=40").await;
    assert!(simple.iter().all(|page| page.header("x-sf-paging") == "cursor"));
    let ids: Vec<String> = simple.iter().flat_map(Answer::ids).collect();
    let counts = fixture.tenant.people_by_status();
    assert_eq!(ids.len(), counts["t"] + counts["T"]);
    assert!(ids.is_sorted());
    let filtered = fixture.raw(&format!("/odata/v2/User?$format=json&paging=cursor&{ALL}")).await;
    assert_eq!((filtered.status, filtered.header("x-sf-paging")), (200, "client"));
    assert_eq!(fixture.get("User", &[("paging", "odd")]).await.header("x-sf-paging"), "client");
    let switches = Switches { unknown_paging_is_error: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(5) }).await;
    assert_eq!(fixture.get("User", &[("paging", "odd")]).await.status, 400);
}

/// Tokens that nobody gave out are refused, not followed.
#[tokio::test]
async fn made_up_tokens_are_refused() {
    let fixture = Fixture::new(5).await;
    for (token, paging, status) in [
        ("x", "", 400),
        ("e30=", "", 400),
        ("eyJzdGFydFJvdyI6LTF9", "", 400),
        ("x", "cursor", 400),
        ("x", "snapshot", 500),
    ] {
        assert_eq!(fixture.get("User", &[("$skiptoken", token), ("paging", paging)]).await.status, status);
    }
    let huge = STANDARD.encode(r#"{"startRow":18446744073709551615}"#);
    assert_eq!(fixture.get("User", &[("$skiptoken", &huge)]).await.ids().len(), 0);
}
