//! From a row to an entitlement. There are hundreds of them and not millions, so a tree of JSON does.

use connector_core::object::{Attribute, AttributeName, ConnectorObject, ObjectClass, Uid, Value, Values};
use connector_core::{Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::kind::{GROUPS, Kind, PERMISSIONS};
use crate::odata::edm::Scalar;
use crate::odata::row::Row;

/// The id in a row: `Int64` comes as a text, and sometimes as a number.
pub(super) fn id(row: &Json, name: &str) -> Option<Uid> {
    match row.get(name)? {
        Json::String(text) if !text.is_empty() => Some(Uid::new(text.as_str())),
        // Of a larger one, digits were lost on the way.
        Json::Number(number) if !number.is_f64() => Some(Uid::new(number.to_string())),
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

/// The object in a row with all that the row has. What it does not have is left out: it is not empty but not known.
///
/// # Errors
///
/// A row without an id, or with a value that is not of its type.
pub(super) fn read(kind: Kind, row: &Row) -> Result<ConnectorObject> {
    let json = parse(row)?;
    let uid = id(&json, kind.key()).ok_or_else(|| {
        Error::new(ErrorKind::TargetProtocol, format!("a record of {} has no id", kind.entity()))
    })?;
    let mut attributes = Vec::new();
    for column in kind.columns() {
        let Some(value) = json.get(column.name) else { continue };
        let value = scalar(value).map(|scalar| column.edm.read(scalar, row.zone()));
        let value = value.transpose().map_err(|expected| wrong(kind, &uid, column.name, expected))?;
        attributes.push(Attribute::new(column.name, value.flatten().into_iter().collect::<Values>()));
    }
    if kind == Kind::Role {
        let permissions = permissions(&json).map(|uids| references(Kind::Permission.entity(), uids));
        attributes.extend(permissions.map(|values| Attribute::new(PERMISSIONS, values)));
        let groups = groups(&json).map(|uids| references(Kind::Group.entity(), uids));
        attributes.extend(groups.map(|values| Attribute::new(GROUPS, values)));
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

fn scalar(json: &Json) -> Option<Scalar<'_>> {
    match json {
        Json::Bool(flag) => Some(Scalar::Boolean(*flag)),
        // The text "null" is how some entities write that there is nothing (reference, entities §6).
        Json::String(text) if text == "null" => None,
        Json::String(text) => Some(Scalar::Text(text.as_str().into())),
        Json::Number(number) => Some(Scalar::Number(number.to_string().into())),
        _ => None,
    }
}

/// The permissions of a role. Nothing if they were not expanded.
pub(super) fn permissions(role: &Json) -> Option<Vec<Uid>> {
    let rows = many(role.get("permissions"))?.iter();
    Some(rows.filter_map(|row| id(row, Kind::Permission.key())).collect())
}

/// The groups that the rules of a role grant it to. Nothing if they were not expanded.
fn groups(role: &Json) -> Option<Vec<Uid>> {
    let mut uids = Vec::new();
    for rule in many(role.get("rules"))? {
        let rows = many(rule.get("accessGroups"))?.iter();
        uids.extend(rows.filter_map(|row| id(row, Kind::Group.key())));
    }
    uids.sort();
    uids.dedup();
    Some(uids)
}

/// An expanded navigation: `{"results":[…]}`, an array, or one object. What is absent or deferred says nothing.
fn many(navigation: Option<&Json>) -> Option<&[Json]> {
    match navigation? {
        Json::Null => Some(&[]),
        Json::Array(rows) => Some(rows),
        json => match json.get("results") {
            Some(Json::Array(rows)) => Some(rows),
            _ if json.get("__deferred").is_some() => None,
            _ => Some(std::slice::from_ref(json)),
        },
    }
}
