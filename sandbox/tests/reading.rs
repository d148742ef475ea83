//! Reading users: collections, keys, shapes.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::sync::Arc;

use chrono::Utc;
use sandbox::{FixedClock, Options, Switches, UriPort};
use serde_json::Value;
use support::{Fixture, options, record};

const ALL: &str = "status in 't','f','T','F','e','d'";

fn host(fixture: &Fixture) -> String {
    fixture.tenant.base_url()
}

/// docs/successfactors.md#json-envelopes, docs/successfactors.md#values-in-json.
#[tokio::test]
async fn json_envelope_and_primitive_values_are_as_documented() {
    let fixture = Fixture::new(100).await;
    let answer = fixture.get("User('cmueller')", &[]).await;
    assert!(answer.header("content-type").starts_with("application/json"));
    assert_eq!(answer.header("dataserviceversion"), "2.0");
    let user = answer.json()["d"].clone();
    let uri = format!("{}/odata/v2/User('cmueller')", host(&fixture));
    assert_eq!(user["__metadata"], serde_json::json!({"uri": uri, "type": "SFOData.User"}));
    // 1948-06-30: before 1970, no offset.
    assert_eq!(user["dateOfBirth"], "/Date(-678672000000)/");
    assert!(user["lastModifiedDateTime"].as_str().unwrap().ends_with("+0000)/"));
    assert!(user["totalTeamSize"].is_string());
    assert!(user["matrixManaged"].is_boolean());
    assert_eq!(user["mi"], Value::Null);
    let deferred = format!("{uri}/directReports");
    assert_eq!(user["directReports"], serde_json::json!({"__deferred": {"uri": deferred}}));
    assert!(user.get("password").is_none());
}

/// KBA 2933028: `lastModified` is the server's local time, `lastModifiedDateTime` is UTC.
#[tokio::test]
async fn the_two_time_stamps_are_the_offset_of_the_server_apart() {
    let fixture = Fixture::new(100).await;
    let user = fixture.get("User('cmueller')", &[]).await.json()["d"].clone();
    let millis = |name: &str| -> i64 {
        let digits = user[name].as_str().unwrap().trim_start_matches("/Date(");
        digits.split(['+', ')']).next().unwrap().parse().unwrap()
    };
    assert_eq!(millis("lastModifiedDateTime") - millis("lastModified"), 5 * 3_600_000);
}

/// KBA 2736579, items 1 and 2.
#[tokio::test]
async fn inactive_people_are_hidden_unless_a_status_is_named() {
    let fixture = Fixture::new(1000).await;
    let counts = fixture.tenant.people_by_status();
    assert_eq!(fixture.tenant.people(), 1000);
    let count = async |filter: &str| {
        let query: &[(&str, &str)] = if filter.is_empty() { &[] } else { &[("$filter", filter)] };
        fixture.get("User/$count", query).await.text.parse::<usize>().unwrap()
    };
    assert_eq!(count("").await, counts["t"] + counts["T"]);
    assert_eq!(count(ALL).await, 1000);
    assert_eq!(count("status eq 'f'").await, counts["f"]);
    assert_eq!(count("status in 'inactive','F'").await, counts["f"] + counts["F"]);
}

/// KBA 2736579, item 3: `status ne` does not lift the implicit condition, unless the switch is off.
#[tokio::test]
async fn status_ne_is_a_trap() {
    for (trap, expected) in [(true, "T"), (false, "dFTef")] {
        let switches = Switches { status_ne_trap: trap, ..Switches::default() };
        let fixture = Fixture::with(Options { switches, ..options(300) }).await;
        let answer = fixture.get("User", &[("$filter", "status ne 't'"), ("$select", "status")]).await;
        let users = answer.results();
        assert!(!users.is_empty());
        assert!(users.iter().all(|user| expected.contains(user["status"].as_str().unwrap())));
        assert_eq!(users.iter().any(|user| user["status"] == "f"), !trap);
    }
}

/// KBA 3575859: an `or` with a status in one branch lifts the condition for the whole expression.
#[tokio::test]
async fn or_with_a_status_returns_every_status() {
    let fixture = Fixture::new(100).await;
    assert!(fixture.find("userId eq 'gone.1'").await.is_empty());
    let found = fixture.find("userId eq 'gone.1' or (status eq 't' and userId eq 'cmueller')").await;
    assert_eq!(found, ["cmueller", "gone.1"]);
}

/// KBA 2736579: a key finds a user of any status, and `$filter` is ignored with it.
#[tokio::test]
async fn key_predicate_ignores_status_and_filter() {
    let fixture = Fixture::new(100).await;
    let answer = fixture.get("User('gone.1')", &[("$filter", "userId eq 'x'")]).await;
    assert_eq!((answer.status, &answer.json()["d"]["status"]), (200, &"f".into()));
    let missing = fixture.get("User('nobody')", &[]).await;
    assert_eq!((missing.status, missing.code()), (404, "NotFoundException".to_owned()));
}

/// docs/successfactors.md#entity-addresses: quotes are doubled; everything else may be percent-encoded.
#[tokio::test]
async fn keys_with_quotes_and_blanks_are_found() {
    let fixture = Fixture::new(100).await;
    for path in ["User('O''Brien.1')", "User('O%27%27Brien.1')", "User(userId='O''Brien.1')"] {
        let answer = fixture.raw(&format!("/odata/v2/{path}?$format=json")).await;
        assert_eq!(answer.json()["d"]["lastName"], "O'Brien", "{path}");
    }
    for (path, id) in
        [("User('slash%2F1')", "slash/1"), ("User('ren%C3%A9%40acme.example')", "rené@acme.example")]
    {
        let user = fixture.raw(&format!("/odata/v2/{path}?$format=JSON")).await.json()["d"].clone();
        assert_eq!(user["userId"], id);
        // The address of an entity can be asked for again, as far as path and query go.
        let uri = user["__metadata"]["uri"].as_str().unwrap().to_owned();
        let path = uri.strip_prefix(&host(&fixture)).unwrap();
        assert_eq!(fixture.raw(&format!("{path}?$format=json")).await.json()["d"]["userId"], id);
    }
}

/// docs/successfactors.md#identifiers: case-only twins; texts in every script survive.
#[tokio::test]
async fn texts_and_case_survive() {
    let fixture = Fixture::new(100).await;
    assert_eq!(fixture.find("username eq 'jsmith'").await, ["jsmith"]);
    assert_eq!(fixture.find("username eq 'JSmith'").await, ["JSmith"]);
    assert_eq!(fixture.find("lastName eq 'Back\\slash'").await, ["quote.1"]);
    assert_eq!(fixture.find("firstName eq '小明'").await, ["wang.xm"]);
    assert_eq!(fixture.find("lastName eq 'Løvenskjöld-🦊'").await, ["emoji.1"]);
    assert_eq!(fixture.find("lastName eq 'D''Ännunzio'").await, ["rené@acme.example"]);
    assert_eq!(fixture.find("lastName eq 'Cent %41'").await, ["slash/1"]);
    let user = fixture.get("User('quote.1')", &[]).await.json()["d"].clone();
    assert_eq!((&user["firstName"], &user["nickname"]), (&"Mary \"Mae\"".into(), &"100% & <b>+</b>".into()));
}

/// docs/successfactors.md#json-envelopes, docs/successfactors.md#select-and-expand.
#[tokio::test]
async fn select_and_expand_shape_the_answer() {
    let fixture = Fixture::new(300).await;
    let query = [
        ("$filter", "manager/userId ne null"),
        ("$top", "1"),
        ("$select", "userId,manager/userId,hr"),
        ("$expand", "manager"),
    ];
    let user = fixture.get("User", &query).await.results().remove(0);
    let names: Vec<&String> = user.as_object().unwrap().keys().collect();
    assert_eq!(names, ["__metadata", "userId", "hr", "manager"]);
    assert!(user["hr"]["__deferred"]["uri"].is_string());
    let names: Vec<&String> = user["manager"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["__metadata", "userId"]);

    let manager = user["manager"]["userId"].as_str().unwrap().to_owned();
    let path = format!("User('{manager}')");
    let expanded =
        fixture.get(&path, &[("$expand", "directReports,manager/manager")]).await.json()["d"].clone();
    let reports = expanded["directReports"]["results"].as_array().unwrap();
    assert!(reports.iter().any(|report| report["userId"] == user["userId"]));
    let direct = fixture.get(&format!("{path}/directReports"), &[]).await;
    assert!(direct.ids().contains(&user["userId"].as_str().unwrap().to_owned()));
    let single = fixture.get(&format!("User('{}')/manager", user["userId"].as_str().unwrap()), &[]).await;
    assert_eq!(single.json()["d"]["userId"], manager);
}

/// docs/successfactors.md#select-and-expand: what cannot be selected, expanded or sorted is refused with its code.
#[tokio::test]
async fn wrong_shapes_are_refused_with_their_codes() {
    let fixture = Fixture::new(20).await;
    let deep = ["manager"; 11].join("/");
    for (query, code, text) in [
        (
            ("$select", "userId,jobTitle"),
            "COE_PROPERTY_NOT_FOUND",
            "[COE0021]Invalid property names: User/jobTitle.",
        ),
        (
            ("$select", "password"),
            "COE_PROPERTY_NOT_FOUND",
            "[COE0021]Invalid property names: User/password.",
        ),
        (("$select", "manager/userId"), "COE_BAD_PROPERTY_EXPRESSION", "[COE0003]"),
        (
            ("$expand", "email"),
            "COE_BAD_PROPERTY_EXPRESSION",
            "[COE0003]Bad property expression: email; cannot expand non-navigation property: User/email",
        ),
        (("$expand", "nothing"), "COE_PROPERTY_NOT_FOUND", "[COE0021]"),
        (("$expand", &deep), "COE_EXPAND_DEPTH_EXCEED_THRESHOLD", "[COE0046] Expand depth 11"),
        (("$orderby", "email"), "COE_BAD_PROPERTY_EXPRESSION", "[COE0003]email is not sortable"),
        (("$orderby", "nothing"), "COE_PROPERTY_NOT_FOUND", "[COE0021]"),
        (("$top", "x"), "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        (("$search", "x"), "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
    ] {
        let answer = fixture.get("User", &[query]).await;
        assert_eq!((answer.status, answer.code()), (400, code.to_owned()), "{query:?}");
        assert!(answer.message().starts_with(text), "{query:?}: {}", answer.message());
    }
    for path in ["FormHeader ", "user", "UserPermissions", "UpsertResult"] {
        let answer = fixture.raw(&format!("/odata/v2/{}?$format=json", path.replace(' ', "%20"))).await;
        let text = format!("[COE0007]invalid entity (or function) name: {path}");
        assert_eq!(
            (answer.status, answer.code(), answer.message()),
            (400, "COE_ENTITY_NOT_FOUND".to_owned(), text)
        );
    }
}

/// KBA 3436023 against KBA 2736579: from a key only active users are expanded; from a list all are.
#[tokio::test]
async fn expanding_from_a_key_hides_inactive_users() {
    let fixture = Fixture::new(100).await;
    let body = record("cmueller", &serde_json::json!({"manager": {"__metadata": {"uri": "User('gone.1')"}}}));
    fixture.upsert(&body).await;
    let query = [("$expand", "manager"), ("$select", "userId,manager/userId")];
    assert_eq!(fixture.get("User('cmueller')", &query).await.json()["d"]["manager"], Value::Null);
    let listed =
        fixture.get("User", &[query[0], query[1], ("$filter", "userId eq 'cmueller'")]).await.results();
    assert_eq!(listed[0]["manager"]["userId"], "gone.1");
}

/// KBA 3436023: a key finds the user whatever the status, and a filter beside it means nothing.
#[tokio::test]
async fn a_key_ignores_status_and_filter() {
    let fixture = Fixture::new(100).await;
    let query = [("$filter", "status eq 't'"), ("$select", "userId,status")];
    assert_eq!(fixture.get("User", &[("$filter", "userId eq 'gone.1'")]).await.ids(), [""; 0]);
    assert_eq!(fixture.get("User('gone.1')", &query).await.json()["d"]["status"], "f");
}

/// `$orderby` sorts both ways, with the key for ties.
#[tokio::test]
async fn orderby_sorts() {
    let fixture = Fixture::new(200).await;
    let answer =
        fixture.get("User", &[("$orderby", "lastName desc,userId"), ("$select", "lastName,userId")]).await;
    let pairs: Vec<(String, String)> = answer
        .results()
        .iter()
        .map(|user| {
            (user["lastName"].as_str().unwrap().to_owned(), user["userId"].as_str().unwrap().to_owned())
        })
        .collect();
    assert!(pairs.is_sorted_by(|left, right| left.0 > right.0 || (left.0 == right.0 && left.1 < right.1)));
    let plain = fixture.get("User", &[("$select", "userId")]).await.ids();
    assert!(plain.is_sorted());
}

/// docs/successfactors.md#formats: Atom is the default, JSON by option or header, `$metadata` is XML only.
#[tokio::test]
async fn formats_are_negotiated() {
    let fixture = Fixture::new(100).await;
    let atom =
        fixture.raw("/odata/v2/User?$filter=lastName%20eq%20'Back%5Cslash'&$inlinecount=allpages").await;
    assert!(atom.header("content-type").starts_with("application/atom+xml"));
    let expanded = fixture.raw("/odata/v2/User('wang.xm')?$expand=manager,directReports").await;
    assert!(roxmltree::Document::parse(&expanded.text).is_ok() && expanded.text.contains("<m:inline>"));
    let document = roxmltree::Document::parse(&atom.text).unwrap();
    let text = |name: &str| {
        let found = document.descendants().find(|node| node.tag_name().name() == name).unwrap();
        found.text().unwrap_or_default().to_owned()
    };
    assert_eq!((text("nickname"), text("count")), ("100% & <b>+</b>".to_owned(), "1".to_owned()));
    assert!(fixture.raw("/odata/v2/User('wang.xm')").await.text.contains("<d:firstName>小明</d:firstName>"));
    assert!(fixture.raw("/odata/v2/User?$format=JSON").await.text.starts_with("{\"d\":{\"results\":["));
    let refused = fixture.get("User/$metadata", &[]).await;
    assert_eq!(refused.status, 406);
    assert_eq!(fixture.raw("/odata/v2/").await.status, 200);
    assert_eq!(fixture.get("", &[]).await.json()["d"]["EntitySets"][0], "User");
}

/// docs/successfactors.md#json-envelopes, docs/successfactors.md#headers-of-answers: a tenant of 2025 names no port
/// that it was not asked at, so that links can be followed as they are; those of old data centers name 443
/// (docs/successfactors.md#json-envelopes).
#[tokio::test]
async fn port_of_addresses_is_switchable() {
    let fixture = Fixture::with(Options { page_size: 2, ..options(5) }).await;
    let page = fixture.get("User", &[]).await.json()["d"].clone();
    let uri = page["results"][0]["__metadata"]["uri"].as_str().unwrap().to_owned();
    assert!(uri.starts_with(&format!("{}/odata/v2/User('", fixture.tenant.base_url())), "{uri}");
    let next = page["__next"].as_str().unwrap();
    let followed = fixture.http.get(next).bearer_auth(&fixture.token).send().await.unwrap();
    assert_eq!(followed.status(), 200);
    let switches = Switches { uri_port: UriPort::Always443, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(5) }).await;
    let uri = fixture.get("User('sfapi')", &[]).await.json()["d"]["__metadata"]["uri"].clone();
    assert_eq!(uri, "http://127.0.0.1:443/odata/v2/User('sfapi')");
}

/// The headers of a read that was captured in 2025 (docs/successfactors.md#headers-of-answers): 3 people with
/// everything expanded, 109 rows in all.
#[tokio::test]
async fn reads_say_what_they_counted_and_when() {
    let now = Utc::now();
    let fixture = Fixture::with(Options { clock: Arc::new(FixedClock::new(now)), ..options(100) }).await;
    let query =
        [("$top", "3"), ("$expand", "manager,directReports"), ("$select", "userId,manager,directReports")];
    let answer = fixture.get("User", &query).await;
    let below = |user: &Value| {
        user["directReports"]["results"].as_array().unwrap().len() + usize::from(user["manager"].is_object())
    };
    let tree = 3 + answer.results().iter().map(below).sum::<usize>();
    for (name, value) in [
        ("dataserviceversion", "2.0"),
        ("company-id", "ACME"),
        ("record-count", "3"),
        ("x-sf-record-count-recursive", &tree.to_string()),
        ("sfodataservertimezone", "GMT-05:00"),
        ("apiqueryexecutiontimestamp", &now.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(tree > 4);
    let atom = fixture.raw("/odata/v2/User?$top=3&$expand=manager,directReports").await;
    assert_eq!(atom.header("x-sf-record-count-recursive"), tree.to_string());
    let nobody = fixture.get("User", &[("$filter", "userId eq 'nobody'")]).await;
    assert_eq!((nobody.header("record-count"), nobody.header("x-sf-record-count-recursive")), ("0", "0"));
    // What is no list of entities has none to count.
    let count = fixture.get("User/$count", &[]).await;
    assert_eq!((count.header("record-count"), count.header("sfodataservertimezone")), ("", "GMT-05:00"));
    let written = fixture.upsert_with("", &record("cmueller", &serde_json::json!({"nickname": "n"}))).await;
    assert_eq!((written.header("dataserviceversion"), written.header("company-id")), ("1.0", "ACME"));
    assert_eq!(written.header("sfodataservertimezone"), "");
    let switches = Switches { server_utc_offset_minutes: 0, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(5) }).await;
    assert_eq!(fixture.get("User", &[]).await.header("sfodataservertimezone"), "UTC");
}

/// docs/successfactors.md#counts: a client counts with the query that it lists with; what the list refuses is refused,
/// and nothing else.
#[tokio::test]
async fn count_takes_the_options_of_the_list() {
    let fixture = Fixture::new(20).await;
    let ask = async |path: &str, query: &[(&str, &str)]| fixture.get(path, query).await.status;
    for path in ["User", "User/$count"] {
        let fine = [
            ("$expand", "manager,manager/hr"),
            ("$select", "userId,manager/userId"),
            ("customPageSize", "5"),
        ];
        assert_eq!(ask(path, &fine).await, 200, "{path}");
        for wrong in [("$expand", "nothing"), ("$expand", "manager/nothing"), ("$select", "nothing")] {
            assert_eq!(ask(path, &[wrong]).await, 400, "{path} {wrong:?}");
        }
    }
}

/// docs/successfactors.md#formats: gzip on request.
#[tokio::test]
async fn answers_are_compressed_on_request() {
    let fixture = Fixture::new(100).await;
    let http = reqwest::Client::builder().no_proxy().no_gzip().build().unwrap();
    let url = format!("{}/odata/v2/User?$format=json", fixture.tenant.base_url());
    let ask = async |encoding: &str| {
        let request = http.get(&url).bearer_auth(&fixture.token).header("accept-encoding", encoding);
        let response = request.send().await.unwrap();
        let encoded =
            response.headers().get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
        (encoded, response.bytes().await.unwrap().len())
    };
    let (encoding, small) = ask("gzip").await;
    let (plain, large) = ask("identity").await;
    assert_eq!((encoding.as_deref(), plain), (Some("gzip"), None));
    assert!(small * 3 < large);
}

/// The pseudo user without a modification date (docs/successfactors.md#pseudo-users).
#[tokio::test]
async fn pseudo_user_was_never_modified() {
    let fixture = Fixture::new(5).await;
    let user = fixture.get("User('v4admin')", &[]).await.json()["d"].clone();
    assert_eq!(user["lastModifiedDateTime"], Value::Null);
    assert_eq!(fixture.find("lastModifiedDateTime eq null").await, ["v4admin"]);
}
