//! The shapes of results. None of them is confirmed but the bare array of a collection of complex types
//! (protocol sheet §7, register 7), so that each is a switch.

use std::fmt::Write as _;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::function::Function;
use crate::http::call::Format;
use crate::http::reply::{JSON, Reply, XML};
use crate::options::Switches;
use crate::render::xml::escape;

const NAMESPACE: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices";

/// The answer with a result.
pub(super) fn reply(function: &Function, value: Option<Value>, format: Format, switches: &Switches) -> Reply {
    let (Some(value), Some(returns)) = (value, function.returns) else {
        return Reply::new(StatusCode::NO_CONTENT, JSON, "");
    };
    let records = value.as_array().map_or(0, Vec::len);
    match format {
        Format::Json => Reply::ok(JSON, json(function.name, returns, value, switches).to_string()),
        Format::Atom => Reply::ok(XML, xml(function.name, &value)),
    }
    .with_records(records)
}

fn json(name: &str, returns: &str, value: Value, switches: &Switches) -> Value {
    let collection = returns.starts_with("Collection(");
    if collection && switches.function_collections_have_results {
        json!({"d": {"results": value}})
    } else if returns.starts_with("Edm.") && !switches.function_primitives_are_bare {
        json!({"d": {name: value}})
    } else {
        json!({ "d": value })
    }
}

fn xml(name: &str, value: &Value) -> String {
    let head = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{name} xmlns=\"{NAMESPACE}\">");
    format!("{head}{}</{name}>", inner(value))
}

fn inner(value: &Value) -> String {
    match value {
        Value::Array(list) => list.iter().map(|one| format!("<element>{}</element>", inner(one))).collect(),
        Value::Object(map) => map.iter().fold(String::new(), |mut out, (name, value)| {
            let _infallible = write!(out, "<{name}>{}</{name}>", inner(value));
            out
        }),
        Value::String(text) => escape(text).into_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protocol sheet §7: a bare array unless switched, a primitive under its name unless switched.
    #[test]
    fn shapes_follow_the_return_type_and_the_switches() {
        let usual = Switches::default();
        let other = Switches {
            function_collections_have_results: true,
            function_primitives_are_bare: true,
            ..Switches::default()
        };
        let rows = json!([{"userId": "u1"}]);
        let shape = |returns, value: &Value, switches| json("f", returns, value.clone(), switches);
        let collection = "Collection(SFOData.DynamicGroupUserBean)";
        assert_eq!(shape(collection, &rows, &usual), json!({"d": [{"userId": "u1"}]}));
        assert_eq!(shape(collection, &rows, &other), json!({"d": {"results": [{"userId": "u1"}]}}));
        assert_eq!(shape("Edm.Boolean", &true.into(), &usual), json!({"d": {"f": true}}));
        assert_eq!(shape("Edm.Boolean", &true.into(), &other), json!({"d": true}));
        assert_eq!(shape("SFOData.DynamicGroup", &json!({"a": 1}), &usual), json!({"d": {"a": 1}}));
        assert_eq!(inner(&rows), "<element><userId>u1</userId></element>");
    }
}
