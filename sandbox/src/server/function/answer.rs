//! The shapes of results. None of them is confirmed but the bare array of a collection of complex types
//! (docs/successfactors.md#function-imports), so that each is a switch.

use std::fmt::Write as _;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::error::ODataError;
use crate::http::call::Format;
use crate::http::reply::{JSON, Reply, XML};
use crate::options::switches::Switches;
use crate::server::function::{Context, Function};
use crate::state::store::Row;
use crate::xml::escape;

const NAMESPACE: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices";

/// What a function returns.
pub(crate) enum Answer {
    /// It has no result.
    Nothing,
    /// A primitive, a complex value, or a list of them.
    Value(Value),
    /// Rows of an entity, in this order.
    Entities { entity: usize, rows: Vec<Row> },
    /// One row with what belongs to it, which comes along unless the request says what it wants.
    Entity { entity: usize, row: Row, expand: String },
}

/// The answer with a result.
///
/// # Errors
///
/// Query options that do not fit an entity.
pub(crate) fn reply(function: &Function, answer: Answer, context: &Context<'_>) -> Result<Reply, ODataError> {
    let (value, returns) = match (answer, function.returns) {
        (Answer::Value(value), Some(returns)) => (value, returns),
        (Answer::Nothing | Answer::Value(_), _) => return Ok(Reply::new(StatusCode::NO_CONTENT, JSON, "")),
        (Answer::Entities { entity, rows }, _) => return entities(context, entity, &rows),
        (Answer::Entity { entity, row, expand }, _) => return one(context, entity, row, &expand),
    };
    let records = value.as_array().map_or(0, Vec::len);
    let reply = match context.call.format() {
        Format::Json => Reply::ok(JSON, json(function.name, returns, value, context.switches()).to_string()),
        Format::Atom => Reply::ok(XML, xml(element(function.name, returns), &value)),
    };
    Ok(reply.with_records(records))
}

/// The rows as `$select` and `$expand` ask for them. Other options change nothing, as far as is known.
fn entities(context: &Context<'_>, entity: usize, rows: &[Row]) -> Result<Reply, ODataError> {
    let tenant = context.server.tenant();
    let reader = context.server.reader(context.call, &tenant);
    let mut reply = reader.listed(entity, rows)?;
    if context.call.format() == Format::Json && context.switches().function_entities_are_bare {
        let document: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        reply.body = json!({"d": document["d"]["results"]}).to_string().into_bytes();
    }
    Ok(reply)
}

fn one(context: &Context<'_>, entity: usize, row: Row, expand: &str) -> Result<Reply, ODataError> {
    let tenant = context.server.tenant();
    context.server.reader(context.call, &tenant).shown(entity, row, expand)
}

/// The name of the element around a result: a complex value has that of its type, as one capture in XML shows
/// (`generateNextPersonID`).
fn element<'a>(name: &'a str, returns: &'a str) -> &'a str {
    returns.strip_prefix("SFOData.").unwrap_or(name)
}

fn json(name: &str, returns: &str, value: Value, switches: &Switches) -> Value {
    let collection = returns.starts_with("Collection(");
    if collection && switches.function_collections_have_results {
        json!({"d": {"results": value}})
    } else if collection || returns.starts_with("Edm.") && switches.function_primitives_are_bare {
        json!({ "d": value })
    } else {
        json!({"d": {element(name, returns): value}})
    }
}

fn xml(name: &str, value: &Value) -> String {
    let head = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{name} xmlns=\"{NAMESPACE}\">");
    format!("{head}{}</{name}>", inner(value))
}

/// A value as elements, without a document around it.
pub(crate) fn inner(value: &Value) -> String {
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

    /// docs/successfactors.md#function-imports: a bare array unless switched, a primitive under its name unless
    /// switched.
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
        assert_eq!(shape("SFOData.Complex", &json!({"a": 1}), &usual), json!({"d": {"Complex": {"a": 1}}}));
        assert_eq!(inner(&rows), "<element><userId>u1</userId></element>");
    }
}
