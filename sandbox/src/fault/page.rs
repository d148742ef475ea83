//! Troubles with pages: links that lead astray, records that come twice or are broken.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::http::call::Call;
use crate::http::reply::{JSON, Reply};
use crate::options::switches::UriPort;

/// Sends the link to the next page to another host.
pub(super) fn foreign_next(reply: &mut Reply, call: &Call, host: &str) {
    let path = &call.raw_path;
    edit(reply, |d| next(d, format!("https://{host}{path}?$skiptoken=eyJzdGFydFJvdyI6MH0=")));
}

/// Sends the link to the next page to the same page again.
pub(super) fn loop_next(reply: &mut Reply, call: &Call, port: UriPort) {
    let query = if call.raw_query.is_empty() { String::new() } else { format!("?{}", call.raw_query) };
    let link = format!("{}{}{query}", call.origin(port), call.raw_path);
    edit(reply, |d| next(d, link));
}

/// Moves the next page by some rows, as rows do that come or go between two pages (KBA 2723468): forwards,
/// rows are missed; backwards, they come twice. Only pages by offset can shift.
pub(super) fn shift(reply: &mut Reply, rows: i64) {
    edit(reply, |d| {
        let link = d.get("__next").and_then(Value::as_str);
        if let Some(shifted) = link.and_then(|link| shifted(link, rows)) {
            next(d, shifted);
        }
    });
}

fn shifted(link: &str, rows: i64) -> Option<String> {
    let (before, token) = link.rsplit_once("$skiptoken=")?;
    let value: Value = serde_json::from_slice(&STANDARD.decode(token).ok()?).ok()?;
    let row = |name: &str| Some(value.get(name)?.as_i64()?.saturating_add(rows).max(0));
    let moved = json!({"startRow": row("startRow")?, "endRow": row("endRow")?});
    Some(format!("{before}$skiptoken={}", STANDARD.encode(moved.to_string())))
}

/// Repeats the first records of a page at its end.
pub(super) fn repeat(reply: &mut Reply, records: u64) {
    edit(reply, |d| {
        let Some(results) = d.get_mut("results").and_then(Value::as_array_mut) else { return };
        let count = usize::try_from(records).unwrap_or(usize::MAX).min(results.len());
        let again = results[..count].to_vec();
        results.extend(again);
    });
}

/// Breaks the record in the middle of a page.
pub(super) fn bad_record(reply: &mut Reply) {
    edit(reply, |d| {
        let Some(results) = d.get_mut("results").and_then(Value::as_array_mut) else { return };
        let middle = results.len() / 2;
        let Some(record) = results.get_mut(middle).and_then(Value::as_object_mut) else { return };
        for (name, value) in record.iter_mut() {
            match value {
                Value::Object(_) if name == "__metadata" => *value = Value::Null,
                Value::String(text) if text.starts_with("/Date(") => *value = "/Date(broken)/".into(),
                _ if name == "userId" => *value = Value::Null,
                _ => {}
            }
        }
    });
}

/// Bytes that are no JSON and no text, under a header that says that they are.
pub(super) fn garbage(reply: &mut Reply) {
    reply.body = (0_u8..=255).cycle().skip(0x80).take(1000).collect();
}

/// Whether an answer is a page with at least one record.
pub(super) fn has_records(reply: &Reply) -> bool {
    page(reply).is_some_and(|value| value["d"]["results"].as_array().is_some_and(|list| !list.is_empty()))
}

/// Whether an answer is a page with another one after it, by offset.
pub(super) fn has_next(reply: &Reply) -> bool {
    page(reply).and_then(|value| shifted(value["d"]["__next"].as_str()?, 0)).is_some()
}

fn page(reply: &Reply) -> Option<Value> {
    if reply.content_type != JSON || reply.records == 0 {
        return None;
    }
    serde_json::from_slice(&reply.body).ok()
}

/// Changes the collection in a JSON answer.
fn edit(reply: &mut Reply, change: impl FnOnce(&mut Map<String, Value>)) {
    if reply.content_type != JSON {
        return;
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(&reply.body) else { return };
    if let Some(d) = value.get_mut("d").and_then(Value::as_object_mut).filter(|d| d.contains_key("results")) {
        change(d);
        reply.body = value.to_string().into_bytes();
    }
}

fn next(d: &mut Map<String, Value>, link: String) {
    d.insert("__next".to_owned(), link.into());
}
