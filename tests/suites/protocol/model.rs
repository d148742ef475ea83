//! What the bindings take from the protocol's schema: closed lists of words, and results with their fields.

use connector_core::protocol::schema::{event_schema, request_schema};
use serde_json::{Map, Value as Json};

/// Types that each binding has by hand, since they hold values or are thrown.
const BY_HAND: [&str; 3] = ["ConnectorObject", "Reference", "Error"];

/// Results that no caller of a binding sees.
const UNSEEN: [&str; 1] = ["Opened"];

/// Words that are no name of a field in one of the languages.
const KEYWORDS: [&str; 6] = ["import", "default", "class", "from", "return", "global"];

/// All of it.
pub struct Model {
    pub enums: Vec<Enum>,
    pub records: Vec<Record>,
}

/// A closed list of words.
pub struct Enum {
    pub name: String,
    pub doc: String,
    /// The words, each with what it means.
    pub words: Vec<(String, String)>,
    /// It comes from the connector, which may be newer and say a word that is not among these.
    pub is_received: bool,
}

/// A JSON object that the connector sends.
pub struct Record {
    pub name: String,
    pub doc: String,
    pub fields: Vec<Field>,
}

/// A field of a record.
pub struct Field {
    /// Its name in JSON.
    pub wire: String,
    pub doc: String,
    pub kind: Kind,
    /// It may be absent, and that says something else than zero, false or empty.
    pub is_optional: bool,
}

/// What a field holds.
#[derive(Clone)]
pub enum Kind {
    Text,
    Flag,
    Number,
    /// A number that is a span of time.
    Milliseconds,
    /// A text that is a day.
    Day,
    Enum(String),
    Record(String),
    /// A value of an attribute.
    Value,
    List(Box<Kind>),
    Map(Box<Kind>),
}

impl Field {
    /// Its name in a binding, in snake case.
    pub fn name(&self) -> String {
        let name = match self.kind {
            Kind::Milliseconds => self.wire.trim_end_matches("_ms"),
            _ => &self.wire,
        };
        match &self.kind {
            _ if !KEYWORDS.contains(&name) => name.to_owned(),
            Kind::Record(record) => super::text::snake(record),
            _ => format!("{name}_value"),
        }
    }

    /// The list of words that it, or each of its elements, is of.
    pub fn words(&self) -> Option<&str> {
        match &self.kind {
            Kind::Enum(name) => Some(name),
            Kind::List(inner) => match &**inner {
                Kind::Enum(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Enum {
    /// Its words, and that for what is none of them where one may come.
    pub fn members(&self) -> Vec<(&str, String)> {
        let strange = "a word that this version does not know, which the text beside it tells";
        let mut members: Vec<_> = self.words.iter().map(|(word, doc)| (word.as_str(), doc.clone())).collect();
        if self.is_received {
            match members.iter_mut().find(|(word, _)| *word == "unknown") {
                Some((_, doc)) => *doc = format!("{} Or {strange}.", doc.trim()),
                None => members.push(("unknown", format!("A{}.", &strange[1..]))),
            }
        }
        members
    }
}

impl Model {
    /// What the schema has today.
    pub fn read() -> Self {
        let (events, requests) = (event_schema(), request_schema());
        let (events, requests) = (definitions(&events), definitions(&requests));
        let seen = |name: &str| !BY_HAND.contains(&name) && !UNSEEN.contains(&name);
        let received = events.iter().filter_map(|(name, schema)| words(name, schema, true));
        let sent = requests.iter().filter(|(name, _)| !events.contains_key(*name));
        let sent = sent.filter_map(|(name, schema)| words(name, schema, false));
        let records = events.iter().filter(|(name, _)| seen(name));
        Self {
            enums: received.chain(sent).collect(),
            records: records.filter_map(|(name, schema)| record(name, schema, events)).collect(),
        }
    }

    /// The list of words with this name.
    pub fn words(&self, name: &str) -> &Enum {
        self.enums.iter().find(|one| one.name == name).unwrap()
    }
}

fn definitions(schema: &Json) -> &Map<String, Json> {
    schema["$defs"].as_object().unwrap()
}

fn doc(schema: &Json) -> String {
    let doc = schema["description"].as_str().unwrap_or_default();
    assert!(!doc.is_empty(), "there is no description in {schema}");
    super::text::plain(doc)
}

fn words(name: &str, schema: &Json, is_received: bool) -> Option<Enum> {
    let members = schema["oneOf"].as_array()?;
    let words = members.iter().map(|one| Some((one["const"].as_str()?.to_owned(), doc(one))));
    Some(Enum { name: name.to_owned(), doc: doc(schema), words: words.collect::<Option<_>>()?, is_received })
}

fn record(name: &str, schema: &Json, all: &Map<String, Json>) -> Option<Record> {
    let properties = schema["properties"].as_object()?;
    let is_required =
        |field: &str| schema["required"].as_array().into_iter().flatten().any(|one| one == field);
    let field = |(wire, schema): (&String, &Json)| {
        let (kind, is_nullable) = kind(wire, schema, all);
        // What has no value of its own for "not there".
        let is_scalar = !matches!(kind, Kind::Flag | Kind::List(_) | Kind::Map(_));
        let is_optional = is_nullable || (is_scalar && !is_required(wire));
        Field { wire: wire.clone(), doc: doc(schema), kind, is_optional }
    };
    Some(Record { name: name.to_owned(), doc: doc(schema), fields: properties.iter().map(field).collect() })
}

/// What a field holds, and whether it may be null.
fn kind(wire: &str, schema: &Json, all: &Map<String, Json>) -> (Kind, bool) {
    if let Some(name) = schema["$ref"].as_str() {
        return (named(name.trim_start_matches("#/$defs/"), all), false);
    }
    if let Some([one, null]) = schema["anyOf"].as_array().map(Vec::as_slice) {
        assert_eq!(null["type"], "null", "{wire} is one of several types");
        return (kind(wire, one, all).0, true);
    }
    let (of, is_nullable) = match schema["type"].as_array().map(Vec::as_slice) {
        Some([one, null]) if null == "null" => (one, true),
        _ => (&schema["type"], false),
    };
    let inner = |schema: &Json| Box::new(kind("", schema, all).0);
    let kind = match of.as_str() {
        Some("string") => Kind::Text,
        Some("boolean") => Kind::Flag,
        Some("integer") if wire.ends_with("_ms") => Kind::Milliseconds,
        Some("integer") => Kind::Number,
        Some("array") => Kind::List(inner(&schema["items"])),
        Some("object") => Kind::Map(inner(&schema["additionalProperties"])),
        _ => panic!("no binding has a type for {wire}: {schema}"),
    };
    (kind, is_nullable)
}

/// What a definition is in the bindings.
fn named(name: &str, all: &Map<String, Json>) -> Kind {
    let schema = &all[name];
    if name == "Value" {
        return Kind::Value;
    }
    if words(name, schema, true).is_some() {
        return Kind::Enum(name.to_owned());
    }
    match schema["type"].as_str() {
        Some("string") if schema["format"] == "date" => Kind::Day,
        Some("string") => Kind::Text,
        Some("object") => Kind::Record(name.to_owned()),
        _ => panic!("no binding has a type for {name}: {schema}"),
    }
}
