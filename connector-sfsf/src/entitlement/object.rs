//! From a row to an entitlement. There are hundreds of them and not millions, so a tree of JSON does.

use connector_core::object::{Attribute, AttributeName, ConnectorObject, ObjectClass, Uid, Value, Values};
use connector_core::{Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::kind::{GROUPS, Kind, PERMISSIONS};
use crate::odata::edm::Scalar;

/// The id in a row: `Int64` comes as a text, and sometimes as a number.
pub(super) fn id(row: &Json, name: &str) -> Option<Uid> {
    match row.get(name)? {
        Json::String(text) if !text.is_empty() => Some(Uid::new(text.as_str())),
        Json::Number(number) => Some(Uid::new(number.to_string())),
        _ => None,
    }
}

/// A row as JSON.
pub(super) fn parse(row: &[u8]) -> Result<Json> {
    serde_json::from_slice(row)
        .map_err(|_| Error::new(ErrorKind::TargetProtocol, "a record of the tenant is not a JSON object"))
}

/// The objects of a class that a list of uids means.
pub(super) fn references(kind: &str, uids: impl IntoIterator<Item = Uid>) -> Values {
    let class = ObjectClass::from(kind);
    let reference = |uid| Value::reference(class.clone(), uid);
    uids.into_iter().map(reference).collect()
}

/// The object in a row with all that the row has.
///
/// # Errors
///
/// A row without an id, or with a value that is not of its type.
pub(super) fn read(kind: Kind, row: &[u8]) -> Result<ConnectorObject> {
    let json = parse(row)?;
    let uid = id(&json, kind.key()).ok_or_else(|| {
        Error::new(ErrorKind::TargetProtocol, format!("a record of {} has no id", kind.entity()))
    })?;
    let mut attributes = Vec::new();
    for column in kind.columns() {
        let value = scalar(json.get(column.name)).map(|scalar| column.edm.read(scalar));
        let value = value.transpose().map_err(|expected| wrong(kind, &uid, column.name, expected))?;
        attributes.push(Attribute::new(column.name, value.flatten().into_iter().collect::<Values>()));
    }
    if kind == Kind::Role {
        attributes
            .push(Attribute::new(PERMISSIONS, references(Kind::Permission.entity(), permissions(&json))));
        attributes.push(Attribute::new(GROUPS, references(Kind::Group.entity(), groups(&json))));
    }
    let name = json.get(kind.name()).and_then(Json::as_str).unwrap_or(uid.as_str()).into();
    Ok(ConnectorObject { object_class: ObjectClass::from(kind.entity()), uid, name, attributes })
}

fn wrong(kind: Kind, uid: &Uid, name: &str, expected: &str) -> Error {
    let message = format!("{}.{name} should be {expected}", kind.entity());
    Error::new(ErrorKind::TargetProtocol, message)
        .with_object(&ObjectClass::from(kind.entity()), Some(uid))
        .with_attributes([AttributeName::from(name)])
}

fn scalar(json: Option<&Json>) -> Option<Scalar<'_>> {
    match json? {
        Json::Bool(flag) => Some(Scalar::Boolean(*flag)),
        // The text "null" is how some entities write that there is nothing (reference, entities §6).
        Json::String(text) if text == "null" => None,
        Json::String(text) => Some(Scalar::Text(text.as_str().into())),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Some(Scalar::Integer(number)),
            None => number.as_f64().map(Scalar::Number),
        },
        _ => None,
    }
}

/// The permissions of an expanded role.
pub(super) fn permissions(role: &Json) -> Vec<Uid> {
    many(role.get("permissions")).filter_map(|row| id(row, Kind::Permission.key())).collect()
}

/// The groups that the rules of an expanded role grant it to.
fn groups(role: &Json) -> Vec<Uid> {
    let rules = many(role.get("rules"));
    let rows = rules.flat_map(|rule| many(rule.get("accessGroups")));
    let mut uids: Vec<Uid> = rows.filter_map(|row| id(row, Kind::Group.key())).collect();
    uids.sort();
    uids.dedup();
    uids
}

/// An expanded navigation: `{"results":[…]}`, an array, or one object. What is deferred has nothing.
fn many(navigation: Option<&Json>) -> impl Iterator<Item = &Json> {
    let rows: &[Json] = match navigation {
        Some(Json::Array(rows)) => rows,
        Some(json) => match json.get("results") {
            Some(Json::Array(rows)) => rows,
            _ if json.get("__deferred").is_some() => &[],
            _ => std::slice::from_ref(json),
        },
        None => &[],
    };
    rows.iter()
}
