//! Whether bytes were read as the page that they are, with serde_json as the judge of what JSON is: for random tests
//! and the fuzzer.

use serde_json::Value as Json;

use super::page::{Page, read};
use super::row::Row;
use crate::http::{Answer, Spare};
use connector_core::Result;

/// Reads a body as a page of the tenant.
pub(crate) fn read_bytes(body: &[u8]) -> Result<Page> {
    let answer = Answer {
        status: 200,
        content_type: "application/json".into(),
        body: body.to_vec(),
        ..Answer::default()
    };
    read(answer, &Spare::default())
}

/// What is JSON is read. What is not is refused, unless the flaw is inside of what nobody has looked into.
pub(crate) fn judge(body: &[u8]) {
    match (read_bytes(body), serde_json::from_slice::<Json>(body)) {
        (Ok(page), Ok(json)) => assert_eq!(page.rows.len(), rows_of(&json)),
        (Ok(page), Err(_)) => {
            let is_whole = |row: &Row| serde_json::from_slice::<Json>(row).is_ok();
            assert!(!page.rows.iter().all(is_whole), "{}", String::from_utf8_lossy(body));
        }
        (Err(_), Ok(json)) => {
            let is_refused = rows_of(&json) == usize::MAX || has_a_part_twice(body);
            assert!(is_refused, "{}", String::from_utf8_lossy(body));
        }
        (Err(_), Err(_)) => {}
    }
}

/// Whether a part may be there twice: serde_json would take the last. An escape may spell any of them.
fn has_a_part_twice(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    ["\"d\"", "\"results\"", "\"__next\""].iter().any(|part| text.matches(part).count() > 1)
        || text.contains("\\u")
}

/// Whether something beside the known parts may lead to another page, or be the list.
fn is_strange(parts: &Json) -> bool {
    let marks = ["next", "skiptoken", "continuation", "results"];
    let parts = parts.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let mut names =
        parts.map(|(name, _)| name).filter(|name| !["__next", "results"].contains(&name.as_str()));
    names.any(|name| marks.iter().any(|mark| name.to_ascii_lowercase().contains(mark)))
}

/// How many rows there are; none at all if there is no envelope that we know.
fn rows_of(json: &Json) -> usize {
    match json.get("d") {
        _ if is_strange(json) => usize::MAX,
        Some(inner) if inner.get("__next").is_some_and(|next| !next.is_null() && !next.is_string()) => {
            usize::MAX
        }
        Some(inner) if inner["results"].is_array() && is_strange(inner) => usize::MAX,
        None => usize::MAX,
        Some(Json::Array(rows)) => rows.len(),
        Some(Json::Object(inner)) => match inner.get("results") {
            Some(Json::Array(rows)) => rows.len(),
            // A record; but a list by another spelling is none.
            None | Some(Json::Null) if inner.iter().any(is_a_list_by_another_name) => usize::MAX,
            None | Some(Json::Null) => 1,
            _ => usize::MAX,
        },
        _ => usize::MAX,
    }
}

fn is_a_list_by_another_name((name, value): (&String, &Json)) -> bool {
    name != "results" && name.eq_ignore_ascii_case("results") && !value.is_null()
}
