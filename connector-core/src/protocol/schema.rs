//! The JSON Schemas of the protocol (draft 2020-12), for whoever writes a client.
//!
//! Most of it comes from the types; here is what they write and read by hand.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json, json};

use super::{Cancel, Close, Credit, Hello, Meta, Open, Outcome, RequestId};
use crate::error::{Effect, Error, ErrorKind, Retry, TargetAnswer};
use crate::filter::Filter;
use crate::object::day::Day;
use crate::object::{AttributeName, Change, ConnectorObject, ObjectClass, Reference, Secret, Uid, Value};
use crate::operation::{
    ExplainRequest, GetRequest, Gone, ImportRequest, LookupRequest, ObjectId, Operation, ProblemKind,
    Progress, ResetPasswordRequest, SaveRequest, SchemaRequest, SearchRequest, SyncToken, TestRequest,
};

/// What a carrier is told: requests and notifications, one JSON object each.
pub fn request_schema() -> Json {
    let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let operations: Vec<_> =
        Operation::ALL.iter().map(|operation| call(&mut generator, *operation)).collect();
    let mut controls = vec![
        control::<Hello>(&mut generator, "hello"),
        control::<Open>(&mut generator, "open"),
        control::<Close>(&mut generator, "close"),
        control::<TestRequest>(&mut generator, "shutdown"),
        notice::<Cancel>(&mut generator, "cancel"),
        notice::<Credit>(&mut generator, "credit"),
    ];
    controls.extend(operations);
    document("A message to the connector", controls, &mut generator)
}

/// What a carrier says: one JSON object each.
pub fn event_schema() -> Json {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let generator = &mut generator;
    let id = generator.subschema_for::<RequestId>();
    let (object, error) = (generator.subschema_for::<ConnectorObject>(), generator.subschema_for::<Error>());
    let (progress, outcome) = (generator.subschema_for::<Progress>(), generator.subschema_for::<Outcome>());
    let kind = generator.subschema_for::<ProblemKind>();
    let (gone, token) = (generator.subschema_for::<Gone>(), generator.subschema_for::<SyncToken>());
    let count = json!({"type": "integer", "minimum": 0});
    let noting = json!({"type": "object", "properties": {"ignored": ignored()}});
    let told = |method: &str, params: Json| {
        let names: Vec<_> = params.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        let params = json!({"type": "object", "properties": params, "required": names});
        envelope(&[("method", json!({"const": method})), ("params", params)])
    };
    let events = vec![
        told("item", json!({"id": id, "sequence": count, "object": object})),
        told("problem", json!({"id": id, "kind": kind, "error": error})),
        told("progress", json!({"id": id, "progress": progress})),
        told("gone", json!({"id": id, "gone": gone})),
        told("checkpoint", json!({"id": id, "sync_token": token})),
        told("keep_alive", json!({"id": id})),
        envelope(&[("id", json!(id)), ("result", json!({"allOf": [outcome, noting]}))]),
        envelope(&[("id", json!({"anyOf": [id, {"type": "null"}]})), ("error", json!(error))]),
    ];
    document("A message from the connector", events, generator)
}

/// Part of every answer, if there is any.
fn ignored() -> Json {
    json!({"type": "array", "items": {"type": "string"},
           "description": "The fields of the request that nobody read, by their paths; absent if there are none."})
}

fn document(title: &str, messages: Vec<Json>, generator: &mut SchemaGenerator) -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "oneOf": messages,
        "$defs": generator.take_definitions(true),
    })
}

/// An operation: its parameters, the session, and what accompanies it.
fn call(generator: &mut SchemaGenerator, operation: Operation) -> Json {
    let params = match operation {
        Operation::Test => TestRequest::json_schema(generator),
        Operation::Schema => SchemaRequest::json_schema(generator),
        Operation::Get => GetRequest::json_schema(generator),
        Operation::Search => SearchRequest::json_schema(generator),
        Operation::Import => ImportRequest::json_schema(generator),
        Operation::Save => SaveRequest::json_schema(generator),
        Operation::Delete | Operation::Suspend | Operation::Resume => ObjectId::json_schema(generator),
        Operation::ResetPassword => ResetPasswordRequest::json_schema(generator),
        Operation::Lookup => LookupRequest::json_schema(generator),
        Operation::Explain => ExplainRequest::json_schema(generator),
    };
    let session =
        json!({"type": "string", "description": "The session; the only one that is open, if absent."});
    let mut params = json!(params);
    params["properties"]["session"] = session;
    request(generator, operation.as_str(), params)
}

fn control<T: JsonSchema>(generator: &mut SchemaGenerator, method: &str) -> Json {
    let params = json!(T::json_schema(generator));
    request(generator, method, params)
}

fn request(generator: &mut SchemaGenerator, method: &str, mut params: Json) -> Json {
    params["properties"]["meta"] = json!(generator.subschema_for::<Meta>());
    let optional = params.get("required").is_none();
    let id = json!(generator.subschema_for::<RequestId>());
    let mut message = envelope(&[("id", id), ("method", json!({"const": method})), ("params", params)]);
    message["required"] = if optional { json!(["id", "method"]) } else { json!(["id", "method", "params"]) };
    message
}

fn notice<T: JsonSchema>(generator: &mut SchemaGenerator, method: &str) -> Json {
    let params = json!(T::json_schema(generator));
    let mut message = envelope(&[("method", json!({"const": method})), ("params", params)]);
    message["required"] = json!(["method", "params"]);
    message
}

/// A JSON-RPC message with these members, all of them required.
fn envelope(members: &[(&str, Json)]) -> Json {
    let mut properties = Map::from_iter([("jsonrpc".to_owned(), json!({"const": "2.0"}))]);
    properties.extend(members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())));
    let names: Vec<_> = properties.keys().cloned().collect();
    json!({"type": "object", "properties": properties, "required": names})
}

/// A schema that is written by hand.
macro_rules! by_hand {
    ($type:ty, $name:literal, |$generator:ident| $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

by_hand!(Day, "Day", |_generator| json_schema!({
    "description": "A day, 2026-11-29.", "type": "string", "format": "date"
}));

by_hand!(Secret, "Secret", |_generator| json_schema!({
    "description": "A secret text. A plain string is read too; in what the connector writes, it is [redacted].",
    "anyOf": [
        {"type": "object", "properties": {"$secret": {"type": "string"}}, "required": ["$secret"],
         "additionalProperties": false},
        {"type": "string"}
    ]
}));

by_hand!(Value, "Value", |generator| {
    let tagged = |tag: &str, inner: Json| json!({"type": "object", "properties": {tag: inner}, "required": [tag], "additionalProperties": false});
    let text = |format: &str| json!({"type": "string", "format": format});
    let parts = json!({"type": "array", "items": generator.subschema_for::<Value>()});
    json_schema!({
        "description": "One value. What JSON has no type for is tagged.",
        "anyOf": [
            {"type": "string"}, {"type": "boolean"}, {"type": "integer"}, {"type": "number"},
            tagged("$integer", json!({"type": "string", "pattern": "^-?[0-9]+$"})),
            tagged("$decimal", json!({"type": "string"})),
            tagged("$date", text("date")),
            tagged("$date_time", text("date-time")),
            tagged("$binary", json!({"type": "string", "contentEncoding": "base64"})),
            tagged("$secret", json!({"type": "string"})),
            tagged("$reference", json!(generator.subschema_for::<Reference>())),
            {"type": "object", "description": "A value with named parts.",
             "propertyNames": {"pattern": "^[^$]"}, "additionalProperties": parts}
        ]
    })
});

by_hand!(Change, "Change", |generator| {
    let value = generator.subschema_for::<Value>();
    let values = json!({"type": "array", "items": value});
    json_schema!({
        "description": "What is to become of an attribute's values: these and no others; or some more, and some less. null is the same as [].",
        "anyOf": [
            values,
            {"type": "object", "properties": {"add": values, "remove": values}, "additionalProperties": false,
             "minProperties": 1},
            value,
            {"type": "null"}
        ]
    })
});

by_hand!(Filter, "Filter", |generator| {
    let (name, value) = (generator.subschema_for::<AttributeName>(), generator.subschema_for::<Value>());
    let filter = generator.subschema_for::<Filter>();
    let pair = |second: Json| json!({"type": "array", "prefixItems": [name, second], "minItems": 2, "maxItems": 2, "items": false});
    let parts = json!({"type": "array", "items": filter});
    let values = json!({"type": "array", "items": value});
    let text = json!({"type": "string"});
    json_schema!({
        "description": "A condition: its text form, or an object whose one key says what it is.",
        "anyOf": [
            {"type": "string"},
            {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "properties": {
                "equal": pair(json!(value)), "greater": pair(json!(value)), "less": pair(json!(value)),
                "greater_or_equal": pair(json!(value)), "less_or_equal": pair(json!(value)),
                "equals_ignore_case": pair(text.clone()), "starts_with": pair(text.clone()),
                "ends_with": pair(text.clone()), "contains": pair(text),
                "in": pair(values.clone()), "contains_all": pair(values), "present": name,
                "and": parts, "or": parts, "not": filter
            }}
        ]
    })
});

by_hand!(Retry, "Retry", |_generator| json_schema!({
    "description": "Whether the same request may succeed if it is made again.",
    "oneOf": [
        {"type": "string", "const": "never", "description": "Never without a change to the request, the configuration or the target."},
        {"type": "string", "const": "later", "description": "Later; not before `retry_after_ms` where the target said so."}
    ]
}));

by_hand!(Error, "Error", |generator| {
    let data = json!({
        "kind": generator.subschema_for::<ErrorKind>(),
        "retry": generator.subschema_for::<Retry>(),
        "effect": generator.subschema_for::<Effect>(),
        "retry_after_ms": {"type": "integer", "minimum": 0, "description": "The target asked for so long a wait."},
        "operation": generator.subschema_for::<Operation>(),
        "object_class": generator.subschema_for::<ObjectClass>(),
        "uid": generator.subschema_for::<Uid>(),
        "attributes": {"type": "array", "items": generator.subschema_for::<AttributeName>()},
        "target": generator.subschema_for::<TargetAnswer>(),
        "advice": {"type": "string", "description": "What to do about it."},
        "correlation_id": {"type": "string"},
        "ignored": ignored(),
        "supported": {"type": "array", "items": {"type": "string"}, "description": "The protocols that are spoken."}
    });
    json_schema!({
        "description": "What went wrong. Decide by data.kind, data.retry and data.effect, never by the message.",
        "type": "object",
        "properties": {
            "code": {"type": "integer"},
            "message": {"type": "string"},
            "data": {"type": "object", "properties": data, "required": ["kind", "retry", "effect"]}
        },
        "required": ["code", "message", "data"]
    })
});
