//! Whoever takes a bearer token leaves a line in the log, as for every other request.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "the C ABI is called as C calls it")]

use std::ptr::null_mut;

use serde_json::{Map, Value as Json, json};
use sfsf_connector::abi::{
    sfsf_access_token, sfsf_buffer, sfsf_buffer_free, sfsf_close, sfsf_log_level, sfsf_log_next, sfsf_open,
    sfsf_status,
};
use tests::{Tenant, keys};

/// Bytes and status of one call.
fn filled(work: impl FnOnce(*mut sfsf_buffer) -> sfsf_status) -> (sfsf_status, String) {
    let mut buffer = sfsf_buffer { data: null_mut(), length: 0, capacity: 0 };
    let status = work(&raw mut buffer);
    let bytes = match buffer.data.is_null() {
        true => Vec::new(),
        // SAFETY: the library filled the buffer with so many bytes.
        false => unsafe { std::slice::from_raw_parts(buffer.data, buffer.length) }.to_vec(),
    };
    // SAFETY: the library filled the buffer.
    unsafe { sfsf_buffer_free(&raw mut buffer) };
    (status, String::from_utf8(bytes).unwrap())
}

/// What is said to whoever takes a token, and the lines that are logged of it.
async fn take(configuration: &Map<String, Json>) -> (sfsf_status, Json, String) {
    let configuration = configuration.clone();
    tokio::task::spawn_blocking(move || take_now(&configuration)).await.unwrap()
}

fn take_now(configuration: &Map<String, Json>) -> (sfsf_status, Json, String) {
    let (text, mut connection) = (serde_json::to_string(configuration).unwrap(), null_mut());
    // SAFETY: text and handle outlive the call.
    let (opened, _) = filled(|out| unsafe { sfsf_open(text.as_ptr(), text.len(), &raw mut connection, out) });
    assert_eq!(opened, sfsf_status::SFSF_OK);
    // SAFETY: the buffer is one.
    let (status, answer) = filled(|out| unsafe { sfsf_access_token(connection, 20_000, out) });
    // SAFETY: the buffer is one.
    let (_, lines) = filled(|out| unsafe { sfsf_log_next(0, out) });
    sfsf_close(connection);
    (status, serde_json::from_str(&answer).unwrap(), lines)
}

/// The line at the end of the request; there is one.
fn audit(lines: &str) -> Json {
    let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap());
    let mut ends = lines.filter(|line: &Json| line["message"] == "request ended");
    let end = ends.next().unwrap_or_default();
    assert_eq!(ends.next(), None);
    end
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_a_token_leaves_a_line_without_the_token() {
    let tenant = Tenant::with_people(10).await;
    let mut configuration = keys(&tenant.sandbox);
    sfsf_log_level(5);

    let (status, answer, lines) = take(&configuration).await;
    assert_eq!(status, sfsf_status::SFSF_OK, "{answer}");
    let end = audit(&lines);
    assert_eq!((&end["operation"], &end["outcome"]), (&json!("access_token"), &json!("done")), "{lines}");
    assert!(end["span"]["correlation_id"].is_string() && end["elapsed_ms"].is_number(), "{lines}");
    assert!(!lines.contains(answer["access_token"].as_str().unwrap()), "{lines}");

    configuration.insert("company_id".into(), json!("WRONG"));
    let (status, answer, lines) = take(&configuration).await;
    assert_eq!(status, sfsf_status::SFSF_FAILED, "{answer}");
    assert_eq!(audit(&lines)["outcome"], answer["error"]["data"]["kind"], "{lines}");
    assert_eq!(answer["error"]["data"]["kind"], "service_auth");
}
