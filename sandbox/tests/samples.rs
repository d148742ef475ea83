//! Captured answers of real tenants and ours to the same request: the same keys, types and nesting.
//! The captures stand beside the project, where somebody has put them; without them the tests say so.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail, and says what it skips")]

use crate::skip;
use crate::support;

use std::path::PathBuf;

use serde_json::{Value, json};
use support::Fixture;

/// A captured answer, or nothing where there are none.
fn sample(name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let folder = std::env::var_os("SFSF_SHARED_DATA").map_or_else(|| beside.into(), PathBuf::from);
    let text = std::fs::read_to_string(folder.join("samples").join(name)).ok();
    if text.is_none() {
        skip::missing("samples of answers");
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

/// The lines of a batch's answer up to the length of its first body, without what differs from answer to answer:
/// boundaries and lengths.
fn first_head(text: &str) -> Vec<String> {
    let name = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let is_id = |c: char| c.is_ascii_hexdigit() || c == '-';
    let plain = |line: &str| match line.split_once("batch_").or_else(|| line.split_once("changeset_")) {
        Some((before, id)) if id.chars().all(is_id) && id.len() == 36 => format!("{before}BOUNDARY"),
        _ if name(line) == "Content-Length" => name(line),
        _ => line.to_owned(),
    };
    let lines: Vec<String> = text.lines().map(plain).collect();
    let last = lines.iter().position(|line| line == "Content-Length").unwrap();
    lines[..=last].to_vec()
}

async fn batch(fixture: &Fixture, body: String, boundary: &str, headers: &[(&str, &str)]) -> String {
    let mut request = fixture.http.post(format!("{}/odata/v2/$batch", fixture.tenant.base_url()));
    request = request.header("content-type", format!("multipart/mixed; boundary={boundary}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.bearer_auth(&fixture.token).body(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

fn change_set(body: &Value) -> String {
    format!(
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\n\
         POST upsert?$format=json HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}\r\n--c--\r\n--b--\r\n"
    )
}

/// samples/batch, KBA 3405898 and 3709239: parts, headers and their values in their order.
#[tokio::test]
async fn batch_parts_have_the_lines_of_captured_ones() {
    let fixture = Fixture::new(70).await;
    let good = json!({"__metadata": {"uri": "User('cmueller')"}, "nickname": "x"});
    let bad = json!({"__metadata": {"uri": "User('nobody')"}, "nickname": "x"});
    let traced = ("X-SF-Correlation-Id", "1");
    for (name, record, headers) in [
        ("batch/batch-ok-changeset.response-fragment.kba3405898.txt", good, &[][..]),
        ("batch/batch-failed-changeset.response-fragment.kba3709239.txt", bad, &[traced][..]),
    ] {
        let Some(sample) = sample(name) else { return };
        let ours = batch(&fixture, change_set(&record), "b", headers).await;
        assert_eq!(first_head(&ours), first_head(&sample), "{name}");
        let code = "COE_GENERAL_BAD_REQUEST";
        assert_eq!(ours.contains(code), sample.contains(code), "{name}");
    }
}

/// samples/batch, KBA 3709239: the request as it was captured. Nobody here has its userIds, and no tenant of ours its
/// second entity: each change set fails for itself, as one flat part.
#[tokio::test]
async fn the_captured_batch_request_is_understood() {
    let Some(sample) = sample("batch/batch-two-changesets.request.kba3709239.txt") else { return };
    let fixture = Fixture::new(70).await;
    let ours = batch(&fixture, sample, "batch_AAATMA", &[]).await;
    assert_eq!(ours.matches("HTTP/1.1 400 Bad Request").count(), 2, "{ours}");
    assert!(!ours.contains("changeset_"), "{ours}");
}

/// samples/batch: a row that changed nothing, its fields in their order, its text and the form of its key.
#[tokio::test]
async fn a_row_without_changes_has_the_fields_of_a_captured_one() {
    let Some(sample) = sample("batch/cpi-batch-noop-response.github53875153815.xml") else { return };
    let document = roxmltree::Document::parse(&sample).unwrap();
    let row = document.descendants().find(|node| node.has_tag_name("EmpEmployment")).unwrap();
    let captured: Vec<(&str, &str)> = row
        .children()
        .filter(roxmltree::Node::is_element)
        .map(|node| (node.tag_name().name(), node.text().unwrap_or_default()))
        .collect();
    let fixture = Fixture::new(300).await;
    let uri = "EmpEmployment(personIdExternal='jsmith',userId='jsmith')";
    let record = json!({"__metadata": {"uri": uri}, "prevEmployeeId": "same"});
    fixture.upsert(&record).await;
    let ours = fixture.upsert(&record).await.remove(0);
    let names: Vec<&str> = captured.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours.as_object().unwrap().keys().collect::<Vec<_>>(), names);
    for (name, value) in
        captured.iter().filter(|(name, _)| ["status", "editStatus", "message"].contains(name))
    {
        assert_eq!(ours[*name], *value);
    }
    let key = captured[0].1.replace("20655282", "jsmith");
    assert_eq!(ours["key"], key);
}
