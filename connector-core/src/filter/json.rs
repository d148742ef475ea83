//! The JSON form of a filter: one key says what it is, `{"equal":["__NAME__","jdoe"]}`.

use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use super::{Comparison, Filter, MAX_DEPTH, Matching};
use crate::object::{AttributeName, Value};

const COMPARISONS: [(&str, Comparison); 5] = [
    ("equal", Comparison::Equal),
    ("greater", Comparison::Greater),
    ("greater_or_equal", Comparison::GreaterOrEqual),
    ("less", Comparison::Less),
    ("less_or_equal", Comparison::LessOrEqual),
];

const MATCHINGS: [(&str, Matching); 4] = [
    ("equals_ignore_case", Matching::EqualsIgnoreCase),
    ("starts_with", Matching::StartsWith),
    ("ends_with", Matching::EndsWith),
    ("contains", Matching::Contains),
];

const OTHERS: [&str; 6] = ["in", "contains_all", "present", "and", "or", "not"];

/// `{"and":[{"equal":["status","t"]},{"present":"email"}]}`. Secrets are redacted.
impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::And(parts) => map.serialize_entry("and", parts)?,
            Self::Or(parts) => map.serialize_entry("or", parts)?,
            Self::Not(part) => map.serialize_entry("not", part)?,
            Self::Compare { attribute, comparison, value } => {
                map.serialize_entry(word(&COMPARISONS, *comparison), &(attribute, value))?;
            }
            Self::Text { attribute, matching, text } => {
                map.serialize_entry(word(&MATCHINGS, *matching), &(attribute, text))?;
            }
            Self::In { attribute, values } => map.serialize_entry("in", &(attribute, values))?,
            Self::ContainsAll { attribute, values } => {
                map.serialize_entry("contains_all", &(attribute, values))?;
            }
            Self::Present(attribute) => map.serialize_entry("present", attribute)?,
        }
        map.end()
    }
}

/// Besides what is written, the [text form](Filter::parse) is read, as a string.
impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Json::deserialize(deserializer)?, 1).map_err(D::Error::custom)
    }
}

fn word<T: PartialEq>(words: &[(&'static str, T)], meaning: T) -> &'static str {
    words.iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word)
}

fn meaning<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}

fn read(json: Json, depth: usize) -> Result<Filter, String> {
    if depth > MAX_DEPTH {
        return Err(format!("the filter is nested more than {MAX_DEPTH} deep"));
    }
    match json {
        Json::String(text) => read_text(&text, depth),
        Json::Object(map) if map.len() == 1 => map
            .into_iter()
            .next()
            .map_or_else(|| Err(no_filter()), |(key, inner)| read_entry(&key, inner, depth)),
        _ => Err(no_filter()),
    }
}

fn read_text(text: &str, depth: usize) -> Result<Filter, String> {
    let filter = Filter::parse(text).map_err(|e| format!("the filter cannot be read: {e}"))?;
    match filter.depth() + depth - 1 {
        total if total > MAX_DEPTH => Err(format!("the filter is nested more than {MAX_DEPTH} deep")),
        _ => Ok(filter),
    }
}

fn read_entry(key: &str, inner: Json, depth: usize) -> Result<Filter, String> {
    if let Some(comparison) = meaning(&COMPARISONS, key) {
        let (attribute, value) = pair(key, inner, "value")?;
        return Ok(Filter::Compare { attribute, comparison, value: take(key, value)? });
    }
    if let Some(matching) = meaning(&MATCHINGS, key) {
        let (attribute, text) = pair(key, inner, "text")?;
        return Ok(Filter::Text { attribute, matching, text: take(key, text)? });
    }
    match key {
        "in" => {
            let (attribute, values) = pair(key, inner, "[values]")?;
            Ok(Filter::In { attribute, values: take_list(key, values)? })
        }
        "contains_all" => {
            let (attribute, values) = pair(key, inner, "[values]")?;
            Ok(Filter::ContainsAll { attribute, values: take_list(key, values)? })
        }
        "present" => Ok(Filter::Present(name(key, inner)?)),
        "and" => Ok(Filter::And(parts(key, inner, depth)?)),
        "or" => Ok(Filter::Or(parts(key, inner, depth)?)),
        "not" => Ok(read(inner, depth + 1)?.negate()),
        unknown => Err(format!("there is no filter '{unknown}'; there are {}", known().join(", "))),
    }
}

fn pair(key: &str, json: Json, second: &str) -> Result<(AttributeName, Json), String> {
    let Ok([attribute, value]) = serde_json::from_value::<[Json; 2]>(json) else {
        return Err(format!("filter '{key}' takes [\"attribute\", {second}]"));
    };
    Ok((name(key, attribute)?, value))
}

fn name(key: &str, json: Json) -> Result<AttributeName, String> {
    match json {
        Json::String(name) => Ok(name.into()),
        other => Err(format!("filter '{key}' takes the name of an attribute, not {other}")),
    }
}

fn take<T: serde::de::DeserializeOwned>(key: &str, json: Json) -> Result<T, String> {
    serde_json::from_value(json).map_err(|e| format!("filter '{key}': {e}"))
}

fn take_list(key: &str, json: Json) -> Result<Vec<Value>, String> {
    if json.is_array() {
        take(key, json)
    } else {
        Err(format!("filter '{key}' takes [\"attribute\", [values]]"))
    }
}

fn parts(key: &str, json: Json, depth: usize) -> Result<Vec<Filter>, String> {
    let Json::Array(parts) = json else {
        return Err(format!("filter '{key}' takes a list of filters"));
    };
    parts.into_iter().map(|part| read(part, depth + 1)).collect()
}

fn no_filter() -> String {
    "a filter is an object with one key, such as {\"equal\":[\"name\",\"value\"]}, or a text such as \"name eq 'value'\"".to_owned()
}

fn known() -> Vec<&'static str> {
    let comparisons = COMPARISONS.iter().map(|(word, _)| *word);
    comparisons.chain(MATCHINGS.iter().map(|(word, _)| *word)).chain(OTHERS).collect()
}
