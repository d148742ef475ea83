//! JSON answers, written straight into bytes: a page of a thousand users must cost a few milliseconds.

use std::io::Write as _;

use crate::error::ODataError;
use crate::odata::query::shape::{NavigationShape, Shape};
use crate::odata::render::{Expander, Page, key};
use crate::state::model::EdmType;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// A shape with everything that does not depend on the row written already.
struct Template<'a> {
    entity: usize,
    /// `{"__metadata":{"uri":"…/User(`
    head: String,
    /// `)","type":"SFOData.User"}`
    tail: String,
    fields: Vec<(String, usize, EdmType)>,
    links: Vec<Link<'a>>,
}

struct Link<'a> {
    shape: &'a NavigationShape,
    /// `,"manager":`
    name: String,
    many: bool,
    expanded: Option<Template<'a>>,
    /// `{"__deferred":{"uri":"…/User(`
    deferred: String,
    /// `)/manager"}}`
    deferred_end: String,
}

impl<'a> Template<'a> {
    fn new(tenant: &Tenant, shape: &'a Shape, root: &str) -> Self {
        let entity = tenant.entity(shape.entity);
        let set = format!("{root}{}(", entity.name);
        let fields = shape.properties.iter().map(|index| {
            let property = &entity.properties[*index];
            (format!(",\"{}\":", property.name), *index, property.kind)
        });
        let links = shape.navigations.iter().map(|shape| {
            let navigation = &entity.navigations[shape.navigation];
            Link {
                shape,
                name: format!(",\"{}\":", navigation.name),
                many: navigation.many,
                expanded: shape.expanded.as_ref().map(|inner| Template::new(tenant, inner, root)),
                deferred: format!("{{\"__deferred\":{{\"uri\":\"{set}"),
                deferred_end: format!(")/{}\"}}}}", navigation.name),
            }
        });
        Self {
            entity: shape.entity,
            head: format!("{{\"__metadata\":{{\"uri\":\"{set}"),
            tail: format!(")\",\"type\":\"SFOData.{}\"}}", entity.name),
            fields: fields.collect(),
            links: links.collect(),
        }
    }

    fn write(&self, out: &mut Vec<u8>, expander: &mut Expander<'_>, row: Row) -> Result<(), ODataError> {
        let tenant = expander.tenant;
        let table = tenant.table(self.entity);
        let key = key::predicate(tenant, self.entity, row);
        out.extend_from_slice(self.head.as_bytes());
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(self.tail.as_bytes());
        for (name, index, kind) in &self.fields {
            out.extend_from_slice(name.as_bytes());
            match table.text(row, *index) {
                Some((text, true)) => plain(out, text),
                Some((text, false)) => string(out, text),
                None => value(out, &table.get(row, *index), *kind),
            }
        }
        for link in &self.links {
            out.extend_from_slice(link.name.as_bytes());
            link.write(out, expander, (self.entity, row), &key)?;
        }
        out.push(b'}');
        Ok(())
    }
}

impl Link<'_> {
    fn write(
        &self,
        out: &mut Vec<u8>,
        expander: &mut Expander<'_>,
        (entity, row): (usize, Row),
        key: &str,
    ) -> Result<(), ODataError> {
        let Some(template) = &self.expanded else {
            out.extend_from_slice(self.deferred.as_bytes());
            out.extend_from_slice(key.as_bytes());
            out.extend_from_slice(self.deferred_end.as_bytes());
            return Ok(());
        };
        let rows = expander.rows(entity, row, self.shape)?;
        if self.many {
            out.extend_from_slice(b"{\"results\":");
            list(out, expander, template, &rows)?;
            out.push(b'}');
            return Ok(());
        }
        match rows.first() {
            Some(target) => template.write(out, expander, *target),
            None => {
                out.extend_from_slice(b"null");
                Ok(())
            }
        }
    }
}

fn list(
    out: &mut Vec<u8>,
    expander: &mut Expander<'_>,
    template: &Template<'_>,
    rows: &[Row],
) -> Result<(), ODataError> {
    out.push(b'[');
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        template.write(out, expander, *row)?;
    }
    out.push(b']');
    Ok(())
}

/// `{"d":{"results":[…],"__count":"…","__next":"…"}}`
///
/// # Errors
///
/// COE0052 for an expansion that is too large.
pub(crate) fn collection(
    expander: &mut Expander<'_>,
    page: &Page<'_>,
    shape: &Shape,
    root: &str,
) -> Result<Vec<u8>, ODataError> {
    let template = Template::new(page.tenant, shape, root);
    let mut out = Vec::with_capacity(256 + page.rows.len() * 2048);
    out.extend_from_slice(b"{\"d\":{\"results\":");
    list(&mut out, expander, &template, page.rows)?;
    if let Some(count) = page.count {
        out.extend_from_slice(b",\"__count\":");
        plain(&mut out, &count.to_string());
    }
    if let Some(next) = &page.next {
        out.extend_from_slice(b",\"__next\":");
        string(&mut out, next);
    }
    out.extend_from_slice(b"}}");
    Ok(out)
}

/// `{"d":{…}}`
///
/// # Errors
///
/// COE0052 for an expansion that is too large.
pub(crate) fn single(
    expander: &mut Expander<'_>,
    shape: &Shape,
    root: &str,
    row: Row,
) -> Result<Vec<u8>, ODataError> {
    let template = Template::new(expander.tenant, shape, root);
    let mut out = Vec::with_capacity(4096);
    out.extend_from_slice(b"{\"d\":");
    template.write(&mut out, expander, row)?;
    out.push(b'}');
    Ok(out)
}

fn plain(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// A text with escapes.
fn string(out: &mut Vec<u8>, text: &str) {
    // Writing a text into a vector cannot fail.
    let _infallible = serde_json::to_writer(out, text);
}

/// 64-bit and floating numbers are strings, times have the `/Date()/` form (docs/successfactors.md#values-in-json).
fn value(out: &mut Vec<u8>, value: &Value<'_>, kind: EdmType) {
    let _infallible = match value {
        Value::Null => out.write_all(b"null"),
        Value::Text(text) | Value::Decimal(text) => return string(out, text),
        Value::Bool(flag) => write!(out, "{flag}"),
        Value::Int(number) if kind == EdmType::Int64 => write!(out, "\"{number}\""),
        Value::Int(number) => write!(out, "{number}"),
        Value::Float(number) => write!(out, "\"{number:?}\""),
        Value::Time(millis) if kind == EdmType::DateTimeOffset => write!(out, "\"/Date({millis}+0000)/\""),
        Value::Time(millis) => write!(out, "\"/Date({millis})/\""),
    };
}
