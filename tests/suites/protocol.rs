//! The JSON Schemas of the protocol: they are those of the code, and what is said and heard conforms to them. The
//! bindings have from them what they need.

#[path = "protocol/bindings.rs"]
mod bindings;

use std::path::PathBuf;

use connector_core::protocol::schema::{event_schema, request_schema};
use jsonschema::Validator;
use serde_json::{Value as Json, json};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn kept(name: &str) -> PathBuf {
    root().join("docs/protocol").join(name)
}

fn compare(name: &str, schema: &Json) {
    let made = format!("{schema:#}\n");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(kept(name), &made).unwrap();
    }
    let kept = std::fs::read_to_string(kept(name)).unwrap_or_default();
    assert!(
        kept == made,
        "docs/protocol/{name} is not what the code makes; UPDATE_SNAPSHOTS=1 writes it anew"
    );
}

#[test]
fn the_schemas_in_git_are_those_of_the_code() {
    compare("request.schema.json", &request_schema());
    compare("event.schema.json", &event_schema());
}

/// The messages of the page that begin so; what it leaves out is not looked at.
fn said(mark: &str) -> Vec<Json> {
    let page = std::fs::read_to_string(root().join("docs/protocol.md")).unwrap();
    let lines = page.lines().filter_map(|line| line.strip_prefix(mark));
    let whole = lines.filter(|line| line.starts_with('{') && !line.contains(r#""manifest":{"#));
    whole
        .map(|line| {
            serde_json::from_str(
                &line.replace(r#""bytes":"…""#, r#""bytes":1"#).replace(r#""age_ms":"…""#, r#""age_ms":1"#),
            )
            .unwrap()
        })
        .collect()
}

#[track_caller]
fn conform(schema: &Json, messages: &[Json]) {
    let validator = Validator::new(schema).unwrap();
    assert!(messages.len() > 10, "{} messages are too few to show anything", messages.len());
    for message in messages {
        let errors: Vec<_> = validator.iter_errors(message).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{message}\n{}", errors.join("\n"));
    }
}

#[test]
fn what_the_page_says_and_hears_conforms_to_the_schemas() {
    let requests: Vec<_> = said("> ").into_iter().filter(|message| message["method"] != "fire").collect();
    conform(&request_schema(), &requests);
    conform(&event_schema(), &said("< "));
}

#[test]
fn what_is_wrong_does_not_conform() {
    let (requests, events) =
        (Validator::new(&request_schema()).unwrap(), Validator::new(&event_schema()).unwrap());
    for wrong in [
        json!({"jsonrpc": "2.0", "id": 1, "method": "fire"}),
        json!({"jsonrpc": "2.0", "method": "test"}),
        json!({"jsonrpc": "2.0", "id": 1, "method": "get", "params": {"object_class": "User"}}),
        json!({"jsonrpc": "2.0", "id": 1, "method": "search", "params": {"object_class": "User", "filter": {"like": ["a", "b"]}}}),
        json!({"jsonrpc": "2.0", "id": 1, "method": "save", "params": {"object_class": "User", "attributes": ["a"]}}),
    ] {
        assert!(!requests.is_valid(&wrong), "{wrong}");
    }
    for wrong in [
        json!({"jsonrpc": "2.0", "id": 1}),
        json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "x", "data": {"kind": "odd", "retry": "never", "effect": "unknown"}}}),
        json!({"jsonrpc": "2.0", "method": "item", "params": {"id": 1, "sequence": 0}}),
    ] {
        assert!(!events.is_valid(&wrong), "{wrong}");
    }
}
