//! Every form of the JSON, what it means, and what is said about JSON that is no filter.

use connector_core::Filter;
use connector_core::filter::{Comparison, MAX_DEPTH, Matching};
use connector_core::object::Value;
use proptest::prelude::*;
use serde_json::json;

use super::arbitrary;

#[track_caller]
fn check(json: serde_json::Value, filter: Filter) {
    assert_eq!(serde_json::from_value::<Filter>(json.clone()).unwrap(), filter);
    assert_eq!(serde_json::to_value(&filter).unwrap(), json);
}

#[track_caller]
fn refuse(json: serde_json::Value, expected: &str) {
    assert_eq!(serde_json::from_value::<Filter>(json).unwrap_err().to_string(), expected);
}

#[test]
fn every_filter_has_its_key() {
    check(json!({"equal": ["__NAME__", "jdoe"]}), Filter::equal("__NAME__", "jdoe"));
    check(json!({"greater": ["a", 1]}), Filter::compare("a", Comparison::Greater, 1));
    check(json!({"greater_or_equal": ["a", 1]}), Filter::compare("a", Comparison::GreaterOrEqual, 1));
    check(json!({"less": ["a", 1]}), Filter::compare("a", Comparison::Less, 1));
    check(json!({"less_or_equal": ["a", true]}), Filter::compare("a", Comparison::LessOrEqual, true));
    check(json!({"equals_ignore_case": ["a", "x"]}), Filter::text("a", Matching::EqualsIgnoreCase, "x"));
    check(json!({"starts_with": ["a", "x"]}), Filter::text("a", Matching::StartsWith, "x"));
    check(json!({"ends_with": ["a", "x"]}), Filter::text("a", Matching::EndsWith, "x"));
    check(json!({"contains": ["a", "x"]}), Filter::text("a", Matching::Contains, "x"));
    check(json!({"in": ["a", ["x", 5]]}), Filter::one_of("a", vec!["x".into(), 5.into()]));
    let all = Filter::ContainsAll { attribute: "a".into(), values: vec!["x".into()] };
    check(json!({"contains_all": ["a", ["x"]]}), all);
    check(json!({"present": "a"}), Filter::Present("a".into()));
    check(json!({"and": [{"present": "a"}]}), Filter::And(vec![Filter::Present("a".into())]));
    check(json!({"or": []}), Filter::Or(vec![]));
    check(json!({"not": {"present": "a"}}), Filter::Present("a".into()).negate());
}

#[test]
fn values_keep_their_type() {
    check(
        json!({"equal": ["manager", {"$reference": {"object_class": "Person", "uid": "7"}}]}),
        Filter::equal("manager", Value::reference("Person", "7")),
    );
    check(
        json!({"less": ["hired", {"$date": "2024-01-31"}]}),
        Filter::compare("hired", Comparison::Less, Value::Date("2024-01-31".parse().unwrap())),
    );
}

#[test]
fn the_text_form_is_read_too_wherever_a_filter_can_be() {
    let filter: Filter = serde_json::from_value(json!("status eq 't'")).unwrap();
    assert_eq!(filter, Filter::equal("status", "t"));
    let filter: Filter = serde_json::from_value(json!({"not": "status eq 't'"})).unwrap();
    assert_eq!(filter, Filter::equal("status", "t").negate());
}

#[test]
fn a_secret_is_redacted() {
    let filter = Filter::equal("password", Value::Secret("Pa55".into()));
    let shown = format!("{} {filter} {filter:?}", serde_json::to_string(&filter).unwrap());
    assert!(!shown.contains("Pa55"), "{shown}");
}

#[test]
fn json_that_is_no_filter_is_refused_with_a_sentence() {
    let form = "a filter is an object with one key, such as {\"equal\":[\"name\",\"value\"]}, or a text such as \"name eq 'value'\"";
    refuse(json!(null), form);
    refuse(json!([]), form);
    refuse(json!({}), form);
    refuse(json!({"equal": ["a", 1], "present": "a"}), form);
    refuse(
        json!({"eq": ["a", 1]}),
        "there is no filter 'eq'; there are equal, greater, greater_or_equal, less, less_or_equal, \
         equals_ignore_case, starts_with, ends_with, contains, in, contains_all, present, and, or, not",
    );
    refuse(json!({"equal": ["a"]}), "filter 'equal' takes [\"attribute\", value]");
    refuse(json!({"equal": [1, 1]}), "filter 'equal' takes the name of an attribute, not 1");
    refuse(
        json!({"equal": ["a", null]}),
        "filter 'equal': null is not a value; give an empty list to say that there is none",
    );
    refuse(json!({"contains": ["a", 5]}), "filter 'contains': invalid type: integer `5`, expected a string");
    refuse(json!({"in": ["a", "x"]}), "filter 'in' takes [\"attribute\", [values]]");
    refuse(json!({"and": {"present": "a"}}), "filter 'and' takes a list of filters");
    refuse(json!({"present": ["a"]}), "filter 'present' takes the name of an attribute, not [\"a\"]");
    refuse(
        json!("a like 'x'"),
        "the filter cannot be read: at character 3: expected an operator: eq, ne, gt, ge, lt, le or in, found 'like'",
    );
}

#[test]
fn the_deepest_filter_allowed_fits_into_a_request_and_one_more_level_is_refused() {
    let leaf = Filter::equal("a", Value::Date("2024-01-31".parse().unwrap()));
    let deepest = (1..MAX_DEPTH).fold(leaf, |inner, _| Filter::And(vec![inner]));
    let request =
        json!({"id": 1, "method": "search", "params": {"object_class": "Person", "filter": &deepest}});
    assert!(connector_core::protocol::Request::from_json(request.to_string().as_bytes()).is_ok());
    refuse(serde_json::to_value(deepest.negate()).unwrap(), "the filter is nested more than 50 deep");
    refuse(json!({"not": "not ".repeat(MAX_DEPTH - 1) + "a eq 1"}), "the filter is nested more than 50 deep");
}

proptest! {
    #[test]
    fn reading_what_was_written_gives_the_same_filter(filter in arbitrary::filter()) {
        let json = serde_json::to_string(&filter).unwrap();
        prop_assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
    }
}
