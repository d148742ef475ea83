//! Captured answers of real tenants and ours to the same request: the same keys, types and nesting.
//! The captures stand beside the project, where somebody has put them; without them the tests say so.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail, and says what it skips")]

mod support;

use std::path::PathBuf;

use serde_json::{Value, json};
use support::Fixture;

/// A captured answer, or nothing where there are none.
fn sample(name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let folder = std::env::var_os("SFSF_SHARED_DATA").map_or_else(|| beside.into(), PathBuf::from);
    let text = std::fs::read_to_string(folder.join("samples").join(name)).ok();
    if text.is_none() {
        println!("skipped: there is no {name} here");
    }
    text
}

/// Keys, types and nesting, without the values. What is null in one of them may be a text in the other.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
        Value::Array(list) => Value::Array(list.first().map(shape).into_iter().collect()),
        Value::Null | Value::String(_) => json!("text or null"),
        Value::Bool(_) => json!("flag"),
        Value::Number(_) => json!("number"),
    }
}

/// The elements of an XML text in their order, without values.
fn elements(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements
        .map(|node| format!("{{{}}}{}", node.tag_name().namespace().unwrap_or(""), node.tag_name().name()))
        .collect()
}

#[track_caller]
fn same_shape(sample: &str, ours: &str) {
    let sample: Value = serde_json::from_str(sample).unwrap();
    let ours: Value = serde_json::from_str(ours).unwrap();
    assert_eq!(shape(&sample), shape(&ours));
}

/// samples/errors, KBA 2546923 and syncfactors.
#[tokio::test]
async fn errors_of_queries_have_the_shape_of_captured_ones() {
    let fixture = Fixture::new(5).await;
    for (name, path) in [
        ("errors/400-entity-not-found.kba2546923.json", "/odata/v2/FormHeader%20?$format=json"),
        ("errors/400-property-not-found.syncfactors.json", "/odata/v2/User?$format=json&$select=foo"),
    ] {
        let Some(sample) = sample(name) else { return };
        let ours = fixture.raw(path).await;
        assert_eq!(ours.status, 400, "{name}");
        same_shape(&sample, &ours.text);
        let code = |text: &str| serde_json::from_str::<Value>(text).unwrap()["error"]["code"].clone();
        assert_eq!(code(&sample), code(&ours.text), "{name}");
    }
}

/// samples/errors: the XML of a refused logon, as clients get it that do not ask for JSON.
#[tokio::test]
async fn a_refused_logon_in_xml_has_the_shape_of_a_captured_one() {
    let Some(sample) = sample("errors/401-lgn0015.sapsf_shared-tests.xml") else { return };
    let fixture = Fixture::new(5).await;
    let answer = reqwest::get(format!("{}/odata/v2/User", fixture.tenant.base_url())).await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(elements(&sample), elements(&answer.text().await.unwrap()));
}

/// samples/oauth, KBA 2668018.
#[tokio::test]
async fn a_refused_token_request_has_the_shape_of_a_captured_one() {
    let Some(sample) = sample("oauth/401-invalid-user.kba2668018.json") else { return };
    let fixture = Fixture::new(5).await;
    let url = format!("{}/oauth/token", fixture.tenant.base_url());
    let body =
        "company_id=ACME&client_id=x&grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&assertion=PGE+";
    let request = reqwest::Client::new().post(url).body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    same_shape(&sample, &request.send().await.unwrap().text().await.unwrap());
}

/// samples/oauth: what a granted token comes with.
#[tokio::test]
async fn a_granted_token_has_the_shape_of_a_captured_one() {
    let Some(sample) = sample("oauth/token-ok.sf-oauth.json") else { return };
    let fixture = Fixture::new(5).await;
    let assertion = support::Assertion::new(&fixture.tenant).signed(fixture.tenant.private_key_pem());
    let answer = support::token(&reqwest::Client::new(), &fixture.tenant, &assertion).await;
    same_shape(&sample, &answer.text);
}

/// samples/upsert: rows that were written and rows that were refused.
#[tokio::test]
async fn upsert_rows_have_the_shape_of_captured_ones() {
    let fixture = Fixture::new(5).await;
    let good = json!({"__metadata": {"uri": "User"}, "userId": "x1", "username": "x1", "status": "t"});
    let bad = json!({"__metadata": {"uri": "User"}, "userId": "x1", "hr": {"__metadata": {"uri": "User('nobody')"}}});
    for (name, record) in [
        ("upsert/employeetime.response-ok.github5341986634.json", good),
        ("upsert/employeetime.response-error.github5341986634.json", bad),
    ] {
        let Some(sample) = sample(name) else { return };
        let ours = fixture.upsert_with("", &record).await;
        assert_eq!(ours.status, 200);
        same_shape(&sample, &ours.text);
        let status = |text: &str| serde_json::from_str::<Value>(text).unwrap()["d"][0]["status"].clone();
        assert_eq!(status(&sample), status(&ours.text), "{name}");
    }
}
