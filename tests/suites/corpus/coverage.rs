//! The corpus leaves nothing out.

use std::collections::BTreeSet;

use connector_core::ErrorKind;
use connector_core::operation::Operation;
use serde_json::Value as Json;

use super::case;

/// The kinds that no tenant can be brought to cause, as the README of the corpus explains.
const UNREACHABLE: [ErrorKind; 5] = [
    ErrorKind::PreconditionFailed,
    ErrorKind::Partial,
    ErrorKind::LoginFailed,
    ErrorKind::PasswordExpired,
    ErrorKind::Internal,
];

#[test]
fn every_kind_of_error_is_there_or_explained() {
    let cases = case::all();
    let events = cases.iter().flat_map(|case| case.events());
    let kinds = events.filter_map(|event| event["error"]["data"]["kind"].as_str());
    let seen: BTreeSet<_> = kinds.collect();
    let readme = std::fs::read_to_string(tests::root().join("tests/corpus/README.md")).unwrap();
    let (_, explanations) = readme.split_once("## What no case shows").unwrap();
    for kind in ErrorKind::ALL {
        let explained = explanations.contains(&format!("| `{kind}` |"));
        assert_eq!(UNREACHABLE.contains(&kind), explained, "{kind}");
        assert_ne!(seen.contains(kind.as_str()), explained, "{kind}");
    }
}

#[test]
fn every_operation_succeeds_somewhere_and_every_kind_of_event_comes() {
    let mut succeeded = BTreeSet::new();
    let mut events = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for case in case::all() {
        for (line, step) in case.lines().iter().zip(case.steps()) {
            let Some(last) = step.last() else { continue };
            let request: Json = serde_json::from_str(&line.text).unwrap_or_default();
            if last.get("result").is_some() {
                succeeded.extend(request["method"].as_str().map(ToOwned::to_owned));
            }
            codes.extend(last["error"]["code"].as_i64());
            let kind = |event: &Json| {
                let key = ["result", "error"].into_iter().find(|key| event.get(key).is_some());
                key.or(event["method"].as_str()).unwrap_or_default().to_owned()
            };
            events.extend(step.iter().map(kind));
        }
    }
    for operation in Operation::ALL {
        assert!(succeeded.contains(operation.as_str()), "{operation}");
    }
    assert_eq!(
        Vec::from_iter(events),
        ["checkpoint", "error", "gone", "item", "problem", "progress", "result"]
    );
    for code in [-32700, -32600, -32601, -32602, -32022] {
        assert!(codes.contains(&code), "{code}");
    }
}
