//! Trouble on demand, and the evidence of it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::sync::{Arc, Mutex};

use sandbox::{Fault, Options};
use serde_json::json;
use support::{Answer, Fixture, options, record};

async fn with(faults: &[&str]) -> Fixture {
    let fixture = Fixture::new(100).await;
    faults.iter().for_each(|fault| fixture.tenant.inject(fault.parse::<Fault>().unwrap()));
    fixture
}

/// docs/successfactors.md#statuses-and-repeats.
#[tokio::test]
async fn refusals_come_with_retry_after_as_often_as_asked() {
    let fixture = with(&["throttle=1:/odata/v2/User*2"]).await;
    for _ in 0..2 {
        let answer = fixture.get("User", &[]).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "1"));
    }
    assert_eq!(fixture.get("User", &[]).await.status, 200);
    let fixture = with(&["unavailable*1"]).await;
    let answer = fixture.get("User", &[]).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "300"));
    assert!(answer.message().starts_with("[COE0040]"));
}

/// docs/successfactors.md#missing-properties, docs/successfactors.md#metadata: a property may be gone while the
/// metadata still list it.
#[tokio::test]
async fn a_rejected_property_is_in_the_metadata_and_in_no_query() {
    let fixture = with(&["reject-property=fax:/odata/v2/User"]).await;
    for query in [("$select", "userId,fax"), ("$filter", "fax eq 'x'"), ("$orderby", "fax desc")] {
        let answer = fixture.get("User", &[query]).await;
        assert_eq!(answer.status, 400, "{query:?}");
        assert!(answer.message().starts_with("[COE0021]Invalid property names: User/fax."), "{query:?}");
    }
    for select in ["userId", "faxNumber"] {
        let answer = fixture.get("User", &[("$select", select)]).await;
        assert!(!answer.text.contains("User/fax."), "{select}: {}", answer.text);
    }
    assert!(fixture.raw("/odata/v2/User/$metadata").await.text.contains("Name=\"fax\""));
}

/// KBA 2545055: proxies answer in HTML.
#[tokio::test]
async fn gateways_answer_in_html_and_maintenance_in_plain_text() {
    let fixture = with(&["html=504:GET /odata*1", "maintenance*2"]).await;
    let answer = fixture.get("User", &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (504, "text/html;charset=utf-8"));
    let answer = fixture.get("User", &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (503, "text/plain;charset=utf-8"));
}

/// A write whose answer is lost has happened; one that was cut before has not.
#[tokio::test]
async fn cuts_come_before_or_after_the_effect() {
    for (fault, written) in [("cut-before:POST /odata/v2/upsert*1", false), ("cut-after:/upsert*1", true)] {
        let fixture = with(&[fault]).await;
        fixture.tenant.clear_requests();
        let url = format!("{}/odata/v2/upsert", fixture.tenant.base_url());
        let body = record("new.1", &json!({"username": "new.1", "status": "t"})).to_string();
        let request =
            fixture.http.post(&url).bearer_auth(&fixture.token).header("content-type", "application/json");
        assert!(request.body(body).send().await.is_err());
        assert_eq!(fixture.tenant.user("new.1").is_some(), written, "{fault}");
        let seen = fixture.tenant.requests();
        assert_eq!((seen.len(), seen[0].status, seen[0].faults.len()), (1, 0, 1));
        assert_eq!(fixture.get("User", &[]).await.status, 200);
    }
}

/// A body can end early in two ways: as text, and as a broken connection.
#[tokio::test]
async fn bodies_end_early() {
    let fixture = with(&["truncate*1"]).await;
    let answer = fixture.get("User", &[]).await;
    assert_eq!(answer.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&answer.text).is_err());
    let fixture = with(&["cut-middle*1"]).await;
    let request = fixture.http.get(format!("{}/odata/v2/User", fixture.tenant.base_url()));
    let sent = request.bearer_auth(&fixture.token).send().await;
    assert!(match sent {
        Ok(response) => response.text().await.is_err(),
        Err(_) => true,
    });
}

/// Time is not tested by waiting: the client gives up on a tenant that hangs, and the tenant still stops.
#[tokio::test]
async fn hanging_requests_do_not_keep_the_tenant_from_stopping() {
    let fixture = with(&["hang:/odata/v2/User*1"]).await;
    let request =
        fixture.http.get(format!("{}/odata/v2/User", fixture.tenant.base_url())).bearer_auth(&fixture.token);
    let waiting = tokio::spawn(request.send());
    while !fixture.tenant.faults().is_empty() {
        tokio::task::yield_now().await;
    }
    fixture.tenant.stop().await;
    let _either = waiting.await.unwrap();
}

/// KBA 2872019: tokens can end at any time.
#[tokio::test]
async fn tokens_can_be_ended() {
    let fixture = with(&["expire-tokens=401*1"]).await;
    let answer = fixture.get("User", &[]).await;
    assert_eq!((answer.status, answer.code()), (401, "LGN0022".to_owned()));
    assert_eq!(fixture.get("User", &[]).await.status, 403);
}

/// Links to the next page that must not be followed, and a record that cannot be read.
#[tokio::test]
async fn pages_can_be_poisoned() {
    let fixture = with(&["foreign-next*1", "loop-next:customPageSize*1", "bad-record:orderby*1"]).await;
    let foreign = fixture.get("User", &[]).await.json();
    assert!(foreign["d"]["__next"].as_str().unwrap().starts_with("https://evil.example/odata/v2/User?"));
    let looping = fixture.get("User", &[("customPageSize", "5")]).await.json();
    assert!(looping["d"]["__next"].as_str().unwrap().ends_with("/odata/v2/User?customPageSize=5"));
    let bad = fixture.get("User", &[("$orderby", "userId")]).await.results();
    let (broken, fine): (Vec<_>, Vec<_>) = bad.iter().partition(|user| user["userId"].is_null());
    assert_eq!((broken.len(), broken[0]["lastModified"].as_str()), (1, Some("/Date(broken)/")));
    assert!(fine.len() > 50);
}

/// KBA 2741801, and the inner 412 of docs/successfactors.md#upsert-rows.
#[tokio::test]
async fn rows_fail_with_deadlock_and_conflict() {
    let fixture = with(&["deadlock*1", "conflict*1"]).await;
    let body =
        json!([record("cmueller", &json!({"nickname": "a"})), record("jsmith", &json!({"nickname": "b"}))]);
    let rows = fixture.upsert(&body).await;
    assert_eq!((&rows[0]["httpCode"], &rows[1]["status"]), (&500.into(), &"OK".into()));
    assert!(rows[0]["message"].as_str().unwrap().contains("ORA-00060: deadlock detected"));
    let fixture = with(&["conflict*1"]).await;
    assert_eq!(fixture.upsert(&body[0]).await[0]["httpCode"], 412);
}

/// The control interface does everything without a program.
#[tokio::test]
async fn control_interface_drives_and_shows_the_tenant() {
    let fixture = Fixture::new(100).await;
    let base = format!("{}/sandbox", fixture.tenant.base_url());
    let send = async |request: reqwest::RequestBuilder| Answer::of(request.send().await.unwrap()).await;
    let status = send(fixture.http.get(format!("{base}/status"))).await.json();
    assert_eq!((&status["people"], &status["company"]), (&100.into(), &"ACME".into()));
    let added = send(fixture.http.post(format!("{base}/faults")).body("throttle=2:/odata/v2/User*1")).await;
    assert_eq!(added.json()["faults"], json!(["throttle=2:/odata/v2/User*1"]));
    let wrong = send(fixture.http.post(format!("{base}/faults")).body("{\"fault\":\"nonsense\"}")).await;
    assert_eq!(wrong.status, 400);
    assert_eq!(fixture.get("User", &[]).await.status, 429);
    let log = send(fixture.http.get(format!("{base}/requests"))).await.json();
    let last = log["requests"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["path"], &last["status"]), (&"/odata/v2/User".into(), &429.into()));
    assert_eq!(last["faults"], json!(["throttle=2"]));
    send(fixture.http.delete(format!("{base}/requests"))).await;
    assert!(fixture.tenant.requests().is_empty());
    send(fixture.http.post(format!("{base}/faults")).body("hang")).await;
    send(fixture.http.delete(format!("{base}/faults"))).await;
    assert_eq!(fixture.get("User", &[]).await.status, 200);
    assert_eq!(send(fixture.http.get(format!("{base}/nothing"))).await.status, 404);
}

/// What is remembered, what it cost, and that no secret is in it.
#[tokio::test]
async fn requests_are_remembered_without_secrets() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let on_request = Some(Arc::new(move |request: &sandbox::RecordedRequest| {
        sink.lock().unwrap().push(request.number);
    }) as sandbox::OnRequest);
    let fixture = Fixture::with(Options { on_request, remember_requests: 3, ..options(100) }).await;
    fixture.get("User", &[("$filter", "lastName eq 'Müller & Söhne'"), ("$top", "3")]).await;
    let body = record("cmueller", &json!({"password": "Secret123"}));
    assert_eq!(fixture.upsert(&body).await[0]["status"], "OK");
    let requests = fixture.tenant.requests();
    assert_eq!(requests.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3]);
    let read = &requests[1];
    assert_eq!((read.method.as_str(), read.path.as_str(), read.status), ("GET", "/odata/v2/User", 200));
    assert_eq!(read.option("$filter"), Some("lastName eq 'Müller & Söhne'"));
    assert!(read.bytes > 0 && read.raw_query.contains("%26"));
    assert_eq!(
        (requests[2].records, &requests[2].body.as_ref().unwrap()["password"]),
        (1, &"[redacted]".into())
    );
    let all = serde_json::to_string(&requests).unwrap();
    assert!(!all.contains("Secret123") && !all.contains(&fixture.token) && !all.contains("Bearer"));
    fixture.get("User", &[]).await;
    assert_eq!(fixture.tenant.requests()[0].number, 2);
    assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 4]);
}

/// Stopping frees the port; so does dropping.
#[tokio::test]
async fn stopped_tenant_takes_no_more_requests() {
    let fixture = Fixture::new(5).await;
    let url = format!("{}/odata/v2/User", fixture.tenant.base_url());
    assert!(fixture.http.get(&url).send().await.is_ok());
    let address = fixture.tenant.address();
    fixture.tenant.stop().await;
    assert!(fixture.http.get(&url).send().await.is_err());
    let again = sandbox::Sandbox::start(Options { listen: address, ..options(5) }).await.unwrap();
    assert_eq!(again.address(), address);
}

/// A trouble with records waits for an answer that has some: a token, a count or an empty page is none.
#[tokio::test]
async fn troubles_with_records_wait_for_records() {
    let fixture = Fixture::new(70).await;
    for fault in ["bad-record", "repeat-records", "foreign-next", "shift-page"] {
        fixture.tenant.inject(format!("{fault}*1").parse::<Fault>().unwrap());
        let assertion = support::Assertion::new(&fixture.tenant).signed(fixture.tenant.private_key_pem());
        let token = support::token(&fixture.http, &fixture.tenant, &assertion).await;
        assert_eq!(token.status, 200);
        assert_eq!(fixture.get("User/$count", &[]).await.status, 200);
        assert_eq!(fixture.get("User('nobody')", &[]).await.status, 404);
        assert!(fixture.find("userId eq 'nobody'").await.is_empty());
        fixture.upsert(&record("cmueller", &json!({"nickname": fault}))).await;
        assert!(fixture.tenant.requests().iter().all(|one| one.faults.is_empty()), "{fault}");
        let page = fixture.get("User", &[("customPageSize", "10")]).await;
        assert_eq!(page.text.contains("/Date(broken)/"), fault == "bad-record", "{fault}");
        assert_eq!(page.results().len(), if fault == "repeat-records" { 11 } else { 10 });
        assert_eq!(page.text.contains("evil.example"), fault == "foreign-next");
        assert_eq!(fixture.tenant.requests().pop().unwrap().faults.len(), 1, "{fault}");
        assert!(fixture.tenant.faults().is_empty());
        fixture.tenant.clear_requests();
    }
}
