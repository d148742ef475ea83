//! The body of an upsert, in JSON or Atom.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value};

use crate::error::ODataError;
use crate::http::uri;
use crate::odata::address::Address;

/// How deep inline entities may nest.
const MAX_DEPTH: usize = 10;
/// How many nodes an Atom body may have.
const MAX_NODES: u32 = 500_000;

/// One record as it came.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) address: Option<Address>,
    pub(crate) fields: Vec<(String, Incoming)>,
}

/// The value of a field as it came.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Incoming {
    /// A scalar; Atom gives texts and nulls only.
    Scalar(Value),
    /// Links: stubs that have nothing but `__metadata` (KBA 2614934).
    Links(Vec<Address>),
    /// An entity with fields of its own, which is upserted too (KBA 3307746).
    Inline(Vec<Record>),
}

fn broken(text: &str) -> ODataError {
    ODataError::bad_request_exception(text)
}

/// Reads a JSON body: one record or an array of them.
///
/// # Errors
///
/// `BadRequestException` for anything else.
pub(crate) fn from_json(body: &[u8]) -> Result<Vec<Record>, ODataError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(vec![record(map, 0)?]),
        Ok(Value::Array(list)) => list.into_iter().map(element).collect(),
        Ok(_) => Err(broken("The request body must be an entity or an array of entities")),
        Err(error) => Err(broken(&format!("The request body cannot be parsed: {error}"))),
    }
}

fn element(value: Value) -> Result<Record, ODataError> {
    match value {
        Value::Object(map) => record(map, 0),
        _ => Err(broken("The request body must be an array of entities")),
    }
}

fn record(map: Map<String, Value>, depth: usize) -> Result<Record, ODataError> {
    if depth > MAX_DEPTH {
        return Err(broken("The entities in the request body are nested too deeply"));
    }
    let mut record = Record { address: None, fields: Vec::new() };
    for (name, value) in map {
        match value {
            Value::Object(inner) if name == "__metadata" => record.address = address_of(&inner)?,
            Value::Object(inner) if inner.contains_key("__deferred") => {}
            Value::Object(mut inner) if inner.contains_key("results") => {
                let list = inner.remove("results").unwrap_or_default();
                record.fields.push((name, nested(list, depth)?));
            }
            Value::Object(_) | Value::Array(_) => record.fields.push((name, nested(value, depth)?)),
            scalar => record.fields.push((name, Incoming::Scalar(scalar))),
        }
    }
    Ok(record)
}

/// One entity or several: links if none has fields of its own.
fn nested(value: Value, depth: usize) -> Result<Incoming, ODataError> {
    let list = match value {
        Value::Array(list) => list,
        other => vec![other],
    };
    let mut records = Vec::new();
    for value in list {
        let Value::Object(map) = value else {
            return Err(broken("A navigation property needs entities"));
        };
        records.push(record(map, depth + 1)?);
    }
    Ok(linked(records))
}

fn linked(records: Vec<Record>) -> Incoming {
    if records.iter().all(|record| record.fields.is_empty() && record.address.is_some()) {
        return Incoming::Links(records.into_iter().filter_map(|record| record.address).collect());
    }
    Incoming::Inline(records)
}

fn address_of(metadata: &Map<String, Value>) -> Result<Option<Address>, ODataError> {
    let text = |name| metadata.get(name).and_then(Value::as_str);
    match (text("uri"), text("type")) {
        (Some(uri), _) => address(uri).map(Some),
        (None, Some(kind)) => {
            Ok(Some(Address { entity: kind.trim_start_matches("SFOData.").to_owned(), key: None }))
        }
        _ => Ok(None),
    }
}

/// An absolute or relative address; the host is ignored (docs/successfactors.md#upsert-requests).
fn address(text: &str) -> Result<Address, ODataError> {
    let relative = text.split_once("/odata/v2/").map_or(text, |(_, rest)| rest);
    let decoded = uri::decode(relative.trim_start_matches('/'), false);
    Address::parse(decoded.trim()).ok_or_else(|| broken(&format!("The uri {text} is not valid")))
}

/// Reads an Atom body: an entry or a feed of them.
///
/// # Errors
///
/// `BadRequestException` for anything else; document types are refused.
pub(crate) fn from_atom(body: &[u8]) -> Result<Vec<Record>, ODataError> {
    let text = std::str::from_utf8(body).map_err(|_| broken("The request body is not UTF-8"))?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| broken(&format!("The request body cannot be parsed: {error}")))?;
    entries(document.root_element(), 0)
}

fn entries(node: Node<'_, '_>, depth: usize) -> Result<Vec<Record>, ODataError> {
    match node.tag_name().name() {
        "entry" => Ok(vec![entry(node, depth)?]),
        "feed" => children(node, "entry").map(|child| entry(child, depth)).collect(),
        _ => Err(broken("The request body must be an Atom entry or feed")),
    }
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn entry(node: Node<'_, '_>, depth: usize) -> Result<Record, ODataError> {
    if depth > MAX_DEPTH {
        return Err(broken("The entities in the request body are nested too deeply"));
    }
    let mut record = Record { address: entry_address(node)?, fields: Vec::new() };
    let content = children(node, "content").next();
    let properties = content.into_iter().chain([node]).flat_map(|parent| children(parent, "properties"));
    for property in properties.flat_map(|parent| parent.children().filter(Node::is_element)) {
        record.fields.push((property.tag_name().name().to_owned(), Incoming::Scalar(scalar(property))));
    }
    for link in children(node, "link") {
        if let Some(field) = related(link, depth)? {
            record.fields.push(field);
        }
    }
    Ok(record)
}

/// The entity of an entry, from its `id` or else its category (KBA 3307746).
fn entry_address(node: Node<'_, '_>) -> Result<Option<Address>, ODataError> {
    let id = children(node, "id").next().and_then(|id| id.text()).map(str::trim).filter(|id| !id.is_empty());
    if let Some(id) = id {
        return address(id).map(Some);
    }
    let term = children(node, "category").find_map(|category| category.attribute("term"));
    Ok(term.map(|term| Address { entity: term.trim_start_matches("SFOData.").to_owned(), key: None }))
}

/// An empty element is an empty text, unless it says `m:null`.
fn scalar(node: Node<'_, '_>) -> Value {
    let null = node.attributes().any(|one| one.name() == "null" && one.value() == "true");
    if null { Value::Null } else { Value::from(node.text().unwrap_or_default()) }
}

/// A link to another entity: with `m:inline` an entity, without a reference.
fn related(link: Node<'_, '_>, depth: usize) -> Result<Option<(String, Incoming)>, ODataError> {
    let Some((_, name)) = link.attribute("rel").and_then(|rel| rel.split_once("/related/")) else {
        return Ok(None);
    };
    if let Some(inline) = children(link, "inline").next() {
        let Some(inner) = inline.children().find(Node::is_element) else { return Ok(None) };
        return Ok(Some((name.to_owned(), linked(entries(inner, depth + 1)?))));
    }
    let Some(href) = link.attribute("href") else { return Ok(None) };
    Ok(Some((name.to_owned(), Incoming::Links(vec![address(href)?]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/successfactors.md#upsert-requests: absolute, relative and bare uris; the host is ignored.
    #[test]
    fn uris_are_read_in_every_form() {
        for uri in ["User('a')", "https://host:443/odata/v2/User('a')", "/User('a')", "User(userId='a')"] {
            let body = serde_json::json!({"__metadata": {"uri": uri}}).to_string();
            let record = from_json(body.as_bytes()).unwrap().remove(0);
            assert_eq!(record.address.unwrap().single_key("userId"), Some("a"), "{uri}");
        }
        let bare = from_json(br#"{"__metadata":{"type":"SFOData.User"}}"#).unwrap().remove(0);
        assert_eq!(bare.address.unwrap().entity, "User");
    }

    /// KBA 2614934 and 3307746: a stub is a link, an entity with fields is upserted.
    #[test]
    fn stubs_are_links_and_entities_are_inline() {
        let body = br#"{"manager":{"__metadata":{"uri":"User('b')"}},
            "hr":{"__metadata":{"uri":"User('c')"},"firstName":"x"},
            "proxy":{"results":[{"__metadata":{"uri":"User('d')"}}]},
            "secondManager":{"__deferred":{"uri":"x"}}}"#;
        let record = from_json(body).unwrap().remove(0);
        assert!(matches!(&record.fields[0].1, Incoming::Links(list) if list.len() == 1));
        assert!(matches!(record.fields[1].1, Incoming::Inline(_)));
        assert!(matches!(record.fields[2].1, Incoming::Links(_)));
        assert_eq!(record.fields.len(), 3);
    }

    #[test]
    fn atom_entries_are_read() {
        let body = br#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="u:m" xmlns:d="u:d"><entry>
            <id>https://h/odata/v2/User('a')</id><content type="application/xml"><m:properties>
            <d:firstName>X</d:firstName><d:mi m:null="true"/><d:title/></m:properties></content>
            <link rel="http://schemas.microsoft.com/ado/2007/08/dataservices/related/manager" href="User('b')"/>
            </entry></feed>"#;
        let record = from_atom(body).unwrap().remove(0);
        let expected = [
            ("firstName".to_owned(), Incoming::Scalar("X".into())),
            ("mi".to_owned(), Incoming::Scalar(Value::Null)),
            ("title".to_owned(), Incoming::Scalar("".into())),
        ];
        assert_eq!(record.fields[..3], expected);
        assert!(matches!(&record.fields[3].1, Incoming::Links(_)));
    }

    #[test]
    fn nonsense_is_refused() {
        for body in ["", "5", "[5]", "{\"manager\":[1]}", "{\"__metadata\":{\"uri\":\"User('\"}}"] {
            assert!(from_json(body.as_bytes()).is_err(), "{body}");
        }
        for body in ["", "<x/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><entry>&b;</entry>"] {
            assert!(from_atom(body.as_bytes()).is_err(), "{body}");
        }
    }
}
