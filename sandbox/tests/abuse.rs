//! Requests that make no sense get an answer: no panic, no hang, no 500 that is not meant.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sandbox::{Options, Switches};
use serde_json::json;
use support::{Answer, Fixture, options, token, token_with};

async fn send(fixture: &Fixture, path: &str, kind: &str, body: String) -> Answer {
    let request =
        fixture.http.post(format!("{}{path}", fixture.tenant.base_url())).bearer_auth(&fixture.token);
    Answer::of(request.header("content-type", kind).body(body).send().await.unwrap()).await
}

/// Nesting that would exhaust a stack.
#[tokio::test]
async fn deep_nesting_is_refused() {
    let switches = Switches { max_url_bytes: 0, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(5) }).await;
    let xml = |count: usize| format!("{}{}", "<a>".repeat(count), "</a>".repeat(count));
    for count in [900, 20_000] {
        let answer = token(&fixture.http, &fixture.tenant, &xml(count)).await;
        assert_eq!(answer.status, 401);
        let shell = format!(
            "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\">{}</saml2:Assertion>",
            xml(count)
        );
        assert_eq!(token(&fixture.http, &fixture.tenant, &shell).await.status, 401);
        assert_eq!(send(&fixture, "/odata/v2/upsert", "application/atom+xml", xml(count)).await.status, 400);
        let feed = format!("<entry>{}</entry>", xml(count));
        assert_eq!(send(&fixture, "/odata/v2/upsert", "application/atom+xml", feed).await.status, 400);
    }
    let inline = format!("{}{}", "{\"manager\":".repeat(100), "{}".to_owned() + &"}".repeat(100));
    assert_eq!(send(&fixture, "/odata/v2/upsert", "application/json", inline).await.status, 400);
    let arrays = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(send(&fixture, "/odata/v2/upsert", "application/json", arrays).await.status, 400);
    for filter in [
        "(".repeat(3000),
        "not ".repeat(3000),
        "userId eq 'x' or ".repeat(3000) + "true",
        "tolower(".repeat(900),
    ] {
        assert_eq!(fixture.get("User", &[("$filter", &filter)]).await.status, 400);
    }
    let or = "userId eq 'cmueller' or ".repeat(190) + "userId eq 'sfapi'";
    assert_eq!(fixture.find(&or).await, ["sfapi"]);
    let list = format!("userId in {}'sfapi'", "'x',".repeat(3000));
    assert_eq!(fixture.find(&list).await, ["sfapi"]);
}

/// A few thousand requests cut and stirred from good ones.
#[tokio::test]
async fn stirred_requests_are_answered() {
    let fixture = Fixture::new(70).await;
    let pieces = [
        "User",
        "('cmueller')",
        "('",
        "')",
        "/manager",
        "/$count",
        "$metadata",
        "upsert",
        "?",
        "&",
        "$filter=",
        "$select=",
        "$expand=",
        "$orderby=",
        "$top=",
        "$skip=",
        "$skiptoken=",
        "paging=snapshot",
        "customPageSize=",
        "userId",
        "status",
        "%20eq%20",
        "%20in%20",
        "%20and%20",
        "%27",
        "''",
        "(",
        ")",
        ",",
        "/",
        "directReports",
        "-1",
        "9999999999999999999",
        "datetime'2024-01-01'",
        "null",
        "%",
        "%ff",
        "%00",
        "é",
        "*",
        "like%20'%25'",
        "$format=json",
        "asOfDate=",
        "=",
        "tolower(",
        "substring(userId,",
        "1e9",
        "L",
        "eyJzdGFydFJvdyI6MTAwMH0=",
        "password",
        "%F0%9F%99%82",
        ";",
        "\\",
    ];
    let mut dice = 12_345_u64;
    let mut roll = |limit: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap() % limit
    };
    for _ in 0..1500 {
        let path: String = (0..1 + roll(12)).map(|_| pieces[roll(pieces.len())]).collect();
        let answer = fixture.raw(&format!("/odata/v2/User?$format=json&$filter={path}")).await;
        let straight = fixture.raw(&format!("/odata/v2/{path}")).await;
        for answer in [answer, straight] {
            let lost = answer.text.contains("[SNP]");
            assert!(answer.status < 500 || lost, "{path}: {}", answer.text);
        }
    }
}

/// Bodies stirred from a good one.
#[tokio::test]
async fn stirred_bodies_are_answered() {
    let fixture = Fixture::new(70).await;
    let good = json!([{"__metadata": {"uri": "User('cmueller')"}, "hireDate": "/Date(0)/", "totalTeamSize": "1",
        "manager": {"__metadata": {"uri": "User('jsmith')"}}, "matrixManager": {"results": []}, "married": true}])
    .to_string();
    let letters =
        ["{", "}", "[", "]", ":", ",", "\"", "null", "0", "'", "é", "\u{0}", "e9999", "-", "results", "uri"];
    for (index, letter) in good.char_indices().map(|(index, _)| index).zip(letters.iter().cycle()) {
        for body in [
            format!("{}{letter}{}", &good[..index], &good[index..]),
            format!("{}{letter}{}", &good[..index], &good[index + 1..]),
            good[..index].to_owned(),
        ] {
            let answer =
                send(&fixture, "/odata/v2/upsert?$format=json", "application/json", body.clone()).await;
            assert!(answer.status < 500, "{body}: {}", answer.text);
        }
    }
    for body in [
        "\u{feff}{}",
        "",
        "null",
        "<entry",
        "{\"__metadata\":{\"uri\":\"User('cmueller')\"},\"hireDate\":\"/Date(-9223372036854775808)/\"}",
    ] {
        for kind in ["application/json", "application/atom+xml", "text/plain", ""] {
            let answer = send(&fixture, "/odata/v2/upsert", kind, body.to_owned()).await;
            assert!((400..500).contains(&answer.status), "{kind} {body}: {}", answer.text);
        }
    }
}

/// Assertions stirred from a template, and forms that are none.
#[tokio::test]
async fn stirred_assertions_are_refused() {
    let fixture = Fixture::new(5).await;
    let good = support::Assertion::new(&fixture.tenant).signed(fixture.tenant.private_key_pem());
    for index in (23..good.len()).step_by(23) {
        for changed in [
            good[..index].to_owned(),
            format!("{}<x/>{}", &good[..index], &good[index..]),
            good.replacen(&good[index..=index], "", 1),
        ] {
            let answer =
                token_with(&fixture.http, &fixture.tenant, &[("assertion", &STANDARD.encode(&changed))])
                    .await;
            assert_eq!(answer.status, 401, "{changed}");
        }
    }
    for body in ["", "&&&==", "assertion=%ff%fe&client_id", "{}"] {
        let answer =
            send(&fixture, "/oauth/token", "application/x-www-form-urlencoded", body.to_owned()).await;
        assert_eq!(answer.status, 400, "{body}");
    }
}
