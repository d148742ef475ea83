//! Fields of a request that nobody reads: a misspelled one must not pass for one that was heeded.
//!
//! Which fields there are is what the published [JSON Schema](super::schema) says, so there is no second list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value as Json};

use super::schema::request_schema;

/// The members of a message.
const ENVELOPE: [&str; 4] = ["jsonrpc", "id", "method", "params"];

/// The parameters of each method, and what they refer to.
struct KnownFields {
    params: BTreeMap<String, FieldShape>,
    definitions: BTreeMap<String, FieldShape>,
}

/// What a schema says of names. In trees, since it lives as long as the process: what watches memory takes hash tables that
/// do for lost ones.
struct FieldShape {
    reference: Option<String>,
    properties: Option<BTreeMap<String, FieldShape>>,
    /// What properties of any other name hold.
    others: Option<Box<FieldShape>>,
    items: Option<Box<FieldShape>>,
    choices: Vec<FieldShape>,
}

static KNOWN_FIELDS: LazyLock<KnownFields> = LazyLock::new(|| {
    let document = request_schema();
    let messages = document["oneOf"].as_array().into_iter().flatten();
    let params = messages.filter_map(|message| {
        let method = message["properties"]["method"]["const"].as_str()?;
        Some((method.to_owned(), FieldShape::read(&message["properties"]["params"])))
    });
    KnownFields { params: params.collect(), definitions: shapes(&document["$defs"]).unwrap_or_default() }
});

impl FieldShape {
    fn read(schema: &Json) -> Self {
        let one = |word: &str| schema.get(word).map(|inner| Box::new(Self::read(inner)));
        let choices =
            ["anyOf", "oneOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten();
        let reference = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
        Self {
            reference: reference.map(ToOwned::to_owned),
            properties: schema.get("properties").and_then(shapes),
            others: one("additionalProperties"),
            items: one("items"),
            choices: choices.map(Self::read).collect(),
        }
    }
}

fn shapes(named: &Json) -> Option<BTreeMap<String, FieldShape>> {
    Some(named.as_object()?.iter().map(|(name, schema)| (name.clone(), FieldShape::read(schema))).collect())
}

/// The names of the members of a message that are none: `message.x`.
pub(super) fn in_envelope(message: &Json) -> Vec<String> {
    let names = message.as_object().into_iter().flat_map(Map::keys);
    names.filter(|name| !ENVELOPE.contains(&name.as_str())).map(|name| format!("message.{name}")).collect()
}

/// The paths of the parameters that the method does not have, in order: `atributes`, `page.sise`, `sort_keys.0.desc`.
pub(super) fn in_params(method: &str, params: &Map<String, Json>) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(schema) = KNOWN_FIELDS.params.get(method) {
        members(params, &[schema], "", &mut found);
    }
    found.sort();
    found
}

fn members(given: &Map<String, Json>, schemas: &[&'static FieldShape], path: &str, found: &mut Vec<String>) {
    let alternatives = alternatives(schemas);
    for (name, value) in given {
        let inner: Vec<_> =
            alternatives.iter().filter_map(|schema| schema.properties.as_ref()?.get(name)).collect();
        let others: Vec<_> = alternatives.iter().filter_map(|schema| schema.others.as_deref()).collect();
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match (inner.as_slice(), others.as_slice()) {
            ([], []) => found.push(path),
            // What denies others is refused by whoever reads it, with a sentence of its own.
            ([], others) => values(value, others, &path, found),
            (inner, _) => values(value, inner, &path, found),
        }
    }
}

fn values(value: &Json, schemas: &[&'static FieldShape], path: &str, found: &mut Vec<String>) {
    match value {
        Json::Object(given) if describes_objects(schemas) => members(given, schemas, path, found),
        Json::Array(given) => {
            let items: Vec<_> =
                alternatives(schemas).iter().filter_map(|schema| schema.items.as_deref()).collect();
            for (place, value) in given.iter().enumerate() {
                values(value, &items, &format!("{path}.{place}"), found);
            }
        }
        _ => {}
    }
}

/// What a schema says nothing of may hold anything.
fn describes_objects(schemas: &[&'static FieldShape]) -> bool {
    alternatives(schemas).iter().any(|schema| schema.properties.is_some() || schema.others.is_some())
}

/// The schemas, with everything that they refer to and choose from.
fn alternatives(schemas: &[&'static FieldShape]) -> Vec<&'static FieldShape> {
    let mut all = schemas.to_vec();
    let mut place = 0;
    while let Some(schema) = all.get(place).copied() {
        place += 1;
        let referred = schema.reference.as_ref().and_then(|name| KNOWN_FIELDS.definitions.get(name));
        for more in referred.into_iter().chain(&schema.choices) {
            if !all.iter().any(|known| std::ptr::eq(*known, more)) {
                all.push(more);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &str, params: &str, expected: &[&str]) {
        let params: Map<String, Json> = serde_json::from_str(params).unwrap();
        assert_eq!(in_params(method, &params), expected, "{method}");
    }

    #[test]
    fn a_field_that_nobody_reads_is_found_wherever_it_stands() {
        check("get", r#"{"object_class":"User","uid":"x","atributes_to_get":["a"]}"#, &["atributes_to_get"]);
        check(
            "search",
            r#"{"object_class":"User","page":{"size":5,"cookies":"x"},"limit":3}"#,
            &["limit", "page.cookies"],
        );
        check(
            "search",
            r#"{"object_class":"User","sort_keys":[{"attribute":"a"},{"attribute":"b","desc":true}]}"#,
            &["sort_keys.1.desc"],
        );
        check(
            "test",
            r#"{"meta":{"deadline":5,"credentials":{"anything":"x"}},"session":"s1"}"#,
            &["meta.deadline"],
        );
        check("explain", r#"{"object_class":"User","uid":"x","why":true}"#, &["why"]);
        check(
            "explain",
            r#"{"object_class":"User","save":{"uid":"x","attributes":{"any":["a"]},"awaited":{"any":["a"]}}}"#,
            &["save.awaited"],
        );
        check("open", r#"{"configuraton":{"url":"x"}}"#, &["configuraton"]);
        check("hello", r#"{"protocol":"sfc/1"}"#, &["protocol"]);
        check("import", r#"{"object_class":"User","state":"x"}"#, &["state"]);
        check("shutdown", r#"{"now":true}"#, &["now"]);
    }

    #[test]
    fn what_may_hold_any_name_is_not_found() {
        check("open", r#"{"configuration":{"url":"x","page_size":5,"nested":{"a":1}}}"#, &[]);
        check(
            "save",
            r#"{"object_class":"User","uid":"x","attributes":{"any":["a"],"address":[{"street":["b"]}],
                "members":{"add":[{"$reference":{"object_class":"User","uid":"y"}}]}}}"#,
            &[],
        );
        check(
            "search",
            r#"{"object_class":"User","filter":{"and":[{"equal":["a","b"]},{"present":"c"}]}}"#,
            &[],
        );
    }

    #[test]
    fn what_is_refused_by_itself_is_not_found() {
        check("search", r#"{"object_class":"User","filter":{"equals":["a","b"]}}"#, &[]);
    }

    #[test]
    fn what_stands_beside_the_parameters_is_found() {
        let message =
            serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "get", "params": {}, "uid": "x"});
        assert_eq!(in_envelope(&message), ["message.uid"]);
    }
}
