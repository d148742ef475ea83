//! Troubles with pages, snapshots, tokens and clocks; troubles by chance and by what a request says.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sandbox::{Fault, FixedClock, Options, Switches};
use serde_json::json;
use support::{Answer, Assertion, Fixture, options, record, token};

async fn with(faults: &[&str]) -> Fixture {
    let fixture = Fixture::new(100).await;
    faults.iter().for_each(|fault| inject(&fixture, fault));
    fixture
}

fn inject(fixture: &Fixture, fault: &str) {
    fixture.tenant.inject(fault.parse::<Fault>().unwrap());
}

/// The path and query of the link to the next page.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.json()["d"]["__next"].as_str()?.to_owned();
    Some(link[link.find("/odata").unwrap()..].to_owned())
}

/// The userIds of all pages.
async fn all(fixture: &Fixture, path: &str) -> Vec<String> {
    let mut answer = fixture.raw(path).await;
    let mut ids = answer.ids();
    while let Some(path) = next(&answer) {
        answer = fixture.raw(&path).await;
        ids.extend(answer.ids());
    }
    ids
}

/// The same seed draws the same requests; about as many as asked for.
#[tokio::test]
async fn troubles_by_chance_are_repeatable_from_the_seed() {
    let run = async |seed: u64| {
        let fixture = Fixture::with(Options { seed, ..options(100) }).await;
        inject(&fixture, "throttle=1%30:/User/$count");
        let mut met = Vec::new();
        for _ in 0..200 {
            met.push(fixture.get("User/$count", &[]).await.status == 429);
        }
        met
    };
    let (one, again, other) = (run(1).await, run(1).await, run(2).await);
    assert_eq!(one, again);
    assert_ne!(one, other);
    let hits = one.iter().filter(|hit| **hit).count();
    assert!((35..85).contains(&hits), "{hits}");
}

/// A rate and a count together: the count is of requests that were met.
#[tokio::test]
async fn chance_ends_with_the_count() {
    let fixture = with(&["throttle=1%50:/User/$count*3"]).await;
    let mut met = 0;
    for _ in 0..100 {
        met += usize::from(fixture.get("User/$count", &[]).await.status == 429);
    }
    assert_eq!((met, fixture.tenant.faults().len()), (3, 0));
}

#[tokio::test]
async fn troubles_meet_what_a_body_says() {
    let fixture = with(&["conflict:POST /odata/v2/upsert ~User('jsmith')"]).await;
    let body = |user| record(user, &json!({"nickname": "a"}));
    assert_eq!(fixture.upsert(&body("cmueller")).await[0]["status"], "OK");
    assert_eq!(fixture.upsert(&body("jsmith")).await[0]["httpCode"], 412);
}

/// KBA 2723468, docs/successfactors.md#pages: rows that come or go between two pages by offset.
#[tokio::test]
async fn shifted_pages_miss_rows_or_bring_them_twice() {
    let path = "/odata/v2/User?$format=json&customPageSize=20&$select=userId";
    let whole = all(&Fixture::new(100).await, path).await;
    let missed = all(&with(&["shift-page=3*1"]).await, path).await;
    assert_eq!(missed.len(), whole.len() - 3);
    let twice = all(&with(&["shift-page=-2*1"]).await, path).await;
    assert_eq!(twice.len(), whole.len() + 2);
    assert_eq!(twice[18..20], twice[20..22]);
    let again = all(&with(&["repeat-records=2*1"]).await, path).await;
    assert_eq!((again.len(), &again[..2]), (whole.len() + 2, &again[20..22]));
}

/// KBA 2990434: the cache may drop a snapshot at any time.
#[tokio::test]
async fn snapshots_are_lost_on_request() {
    let fixture = with(&["lose-snapshot*1"]).await;
    let path = "/odata/v2/User?$format=json&customPageSize=20&paging=snapshot";
    let first = fixture.raw(path).await;
    assert_eq!(first.status, 200);
    let lost = fixture.raw(&next(&first).unwrap()).await;
    assert_eq!((lost.status, lost.code()), (500, "COE_GENERAL_SERVER_FAILURE".to_owned()));
    assert!(lost.message().starts_with("[COE0019][SNP]Snapshot lost"));
    let again = fixture.raw(path).await;
    let request = fixture.http.post(format!("{}/sandbox/lose-snapshots", fixture.tenant.base_url()));
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(fixture.raw(&next(&again).unwrap()).await.status, 500);
}

/// KBA 2749091: first pages that nobody reads on are blocked for 30 minutes, by entity; reading on clears it.
#[tokio::test]
async fn unread_snapshots_are_blocked_for_half_an_hour() {
    let clock = Arc::new(FixedClock::new(Utc::now()));
    let switches = Switches { snapshot_quota: 3, ..Switches::default() };
    let fixture = Fixture::with(Options { clock: clock.clone(), switches, ..options(100) }).await;
    let path = "/odata/v2/User?$format=json&customPageSize=20&paging=snapshot";
    let short = "/odata/v2/User?$format=json&paging=snapshot";
    for _ in 0..5 {
        assert_eq!(fixture.raw(short).await.status, 200);
    }
    for _ in 0..5 {
        let first = fixture.raw(path).await;
        assert_eq!(fixture.raw(&next(&first).unwrap()).await.status, 200);
    }
    let mut open = String::new();
    for _ in 0..3 {
        open = next(&fixture.raw(path).await).unwrap();
    }
    let refused = fixture.raw(path).await;
    assert_eq!((refused.status, refused.code()), (400, "COE_SNAPSHOT_BAD_REQUEST".to_owned()));
    let text = "temporarily blocked the snapshot pagination request from companyUser ACME|sfapi for entity User until";
    assert!(refused.message().contains(text), "{}", refused.text);
    // What is open can be read on, and pages of other modes come.
    assert_eq!(fixture.raw(&open).await.status, 200);
    assert_eq!(fixture.get("User", &[]).await.status, 200);
    clock.advance(TimeDelta::minutes(29));
    assert_eq!(fixture.raw(path).await.status, 400);
    clock.advance(TimeDelta::minutes(1));
    assert_eq!(fixture.raw(path).await.status, 200);
}

/// KBA 2749091 on demand; the status is unconfirmed.
#[tokio::test]
async fn snapshots_are_blocked_on_request() {
    let switches = Switches { snapshot_block_status: 429, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(100) }).await;
    inject(&fixture, "block-snapshots*1");
    assert_eq!(fixture.get("User", &[]).await.status, 200);
    for _ in 0..2 {
        let answer = fixture.get("User", &[("paging", "snapshot")]).await;
        assert_eq!((answer.status, answer.code()), (429, "COE_SNAPSHOT_BAD_REQUEST".to_owned()));
        assert!(answer.message().contains("for all entities until"));
    }
}

/// docs/successfactors.md#snapshots: without its session a snapshot is lost, where that is switched on.
#[tokio::test]
async fn snapshots_can_need_their_session() {
    let switches = Switches { snapshot_needs_session: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(100) }).await;
    let first = fixture.raw("/odata/v2/User?$format=json&customPageSize=20&paging=snapshot").await;
    let (path, cookie) = (next(&first).unwrap(), first.header("set-cookie").to_owned());
    assert_eq!(fixture.raw(&path).await.status, 500);
    let request =
        fixture.http.get(format!("{}{path}", fixture.tenant.base_url())).bearer_auth(&fixture.token);
    assert_eq!(request.header("cookie", cookie).send().await.unwrap().status(), 200);
}

/// KBA 2872019: one token ends, the others live.
#[tokio::test]
async fn single_tokens_can_be_revoked() {
    let fixture = with(&["revoke-token=401*1"]).await;
    let other = fixture.tenant.access_token();
    let answer = fixture.get("User", &[]).await;
    assert_eq!((answer.status, answer.code()), (401, "LGN0022".to_owned()));
    assert_eq!(fixture.get("User", &[]).await.status, 403);
    let request = fixture.http.get(format!("{}/odata/v2/User/$count", fixture.tenant.base_url()));
    assert_eq!(request.bearer_auth(other).send().await.unwrap().status(), 200);
}

/// docs/successfactors.md#the-assertion: a clock that is off makes assertions invalid; the `Date` header tells it.
#[tokio::test]
async fn clocks_can_be_put_wrong() {
    let fixture = with(&["clock-skew=-900*1"]).await;
    let answer = fixture.get("User/$count", &[]).await;
    let date = DateTime::parse_from_rfc2822(answer.header("date")).unwrap().with_timezone(&Utc);
    let behind = (Utc::now() - date).num_seconds();
    assert!((895..960).contains(&behind), "{behind}");
    let signed = Assertion::new(&fixture.tenant).signed(fixture.tenant.private_key_pem());
    let refused = token(&fixture.http, &fixture.tenant, &signed).await;
    assert_eq!(refused.json()["errorMessage"], "The SAML assertion is not yet valid");
    fixture.tenant.clear_faults();
    assert_eq!(token(&fixture.http, &fixture.tenant, &signed).await.status, 200);
    let clock = async |seconds: &'static str| {
        let request = fixture.http.post(format!("{}/sandbox/clock", fixture.tenant.base_url()));
        request.body(seconds).send().await.unwrap().status().as_u16()
    };
    assert_eq!((clock("3600").await, clock("soon").await), (200, 400));
    let refused = token(&fixture.http, &fixture.tenant, &signed).await;
    assert_eq!(refused.json()["errorMessage"], "The SAML assertion has expired");
    assert_eq!(clock("9223372036854775807").await, 200);
    assert_eq!(clock("0").await, 200);
}

#[tokio::test]
async fn garbage_is_no_json() {
    let fixture = with(&["garbage:/User*1"]).await;
    let url = format!("{}/odata/v2/User?$format=json", fixture.tenant.base_url());
    let answer = fixture.http.get(url).bearer_auth(&fixture.token).send().await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/json"));
    let bytes = answer.bytes().await.unwrap();
    assert!(bytes.len() == 1000 && std::str::from_utf8(&bytes).is_err());
}

/// The log can be asked for a part, and the switches shown.
#[tokio::test]
async fn control_interface_filters_requests_and_shows_switches() {
    let fixture = with(&["throttle=1:/User('jsmith')*1"]).await;
    for path in ["User('jsmith')", "User('jsmith')", "User('cmueller')", "User/$count"] {
        fixture.get(path, &[]).await;
    }
    let ask = async |query: &'static str| {
        let url = format!("{}/sandbox/requests?{query}", fixture.tenant.base_url());
        let answer = Answer::of(fixture.http.get(url).send().await.unwrap()).await;
        if answer.status == 200 { answer.json()["requests"].as_array().unwrap().len() } else { 999 }
    };
    assert_eq!(ask("path=jsmith").await, 2);
    assert_eq!(ask("path=jsmith&status=429").await, 1);
    assert_eq!(ask("fault=throttle").await, 1);
    assert_eq!(ask("method=post").await, 1);
    assert_eq!(ask("after=2&limit=2").await, 2);
    assert_eq!(ask("after=4").await, 1);
    for wrong in ["status=x", "limit=x", "who=me"] {
        assert_eq!(ask(wrong).await, 999, "{wrong}");
    }
    let url = format!("{}/sandbox/switches", fixture.tenant.base_url());
    let switches = Answer::of(fixture.http.get(url).send().await.unwrap()).await.json();
    assert_eq!((&switches["batch_status"], &switches["uri_port"]), (&200.into(), &"as_requested".into()));
}
