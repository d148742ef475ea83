//! Atom answers: what the tenant speaks unless JSON is asked for.

use std::fmt::Write as _;

use crate::error::ODataError;
use crate::odata::query::shape::{NavigationShape, Shape};
use crate::odata::render::{Expander, Page, key};
use crate::state::model::{EdmType, Navigation};
use crate::state::store::{Row, Value};
use crate::time;
use crate::xml::escape;

const NAMESPACES: &str = "xmlns=\"http://www.w3.org/2005/Atom\" \
    xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" \
    xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\"";
const SCHEME: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/scheme";
const RELATED: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/related/";

/// Writes Atom into a text.
pub(crate) struct Writer<'a, 'e> {
    out: String,
    expander: &'e mut Expander<'a>,
    root: &'e str,
    updated: &'e str,
}

impl<'a, 'e> Writer<'a, 'e> {
    pub(crate) fn new(expander: &'e mut Expander<'a>, root: &'e str, updated: &'e str) -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), expander, root, updated }
    }

    /// A feed with a page of entries.
    ///
    /// # Errors
    ///
    /// COE0052 for an expansion that is too large.
    pub(crate) fn feed(mut self, page: &Page<'_>, shape: &Shape) -> Result<String, ODataError> {
        let name = page.tenant.entity(shape.entity).name.clone();
        let (root, updated) = (escape(self.root), self.updated);
        self.put(&format!("<feed {NAMESPACES} xml:base=\"{root}\">"));
        if let Some(count) = page.count {
            self.put(&format!("<m:count>{count}</m:count>"));
        }
        self.put(&format!(
            "<title type=\"text\">{name}</title><id>{root}{name}</id><updated>{updated}</updated>\
             <link rel=\"self\" title=\"{name}\" href=\"{name}\"/>"
        ));
        for row in page.rows {
            self.entry(shape, *row, "")?;
        }
        if let Some(next) = &page.next {
            self.put(&format!("<link rel=\"next\" href=\"{}\"/>", escape(next)));
        }
        self.put("</feed>");
        Ok(self.out)
    }

    /// A document of one entry.
    ///
    /// # Errors
    ///
    /// COE0052 for an expansion that is too large.
    pub(crate) fn document(mut self, shape: &Shape, row: Row) -> Result<String, ODataError> {
        let attributes = format!(" {NAMESPACES} xml:base=\"{}\"", escape(self.root));
        self.entry(shape, row, &attributes)?;
        Ok(self.out)
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn entry(&mut self, shape: &Shape, row: Row, attributes: &str) -> Result<(), ODataError> {
        let tenant = self.expander.tenant;
        let entity = tenant.entity(shape.entity);
        let key = key::predicate(tenant, shape.entity, row);
        let (root, updated, name) = (escape(self.root), self.updated, &entity.name);
        let head = format!(
            "<entry{attributes}><id>{root}{name}({key})</id><title type=\"text\"></title>\
             <updated>{updated}</updated><author><name></name></author>\
             <link rel=\"edit\" title=\"{name}\" href=\"{name}({key})\"/>"
        );
        self.put(&head);
        for navigation in &shape.navigations {
            let target = &entity.navigations[navigation.navigation];
            self.link(shape.entity, row, navigation, target, &format!("{name}({key})"))?;
        }
        self.put(&format!(
            "<category term=\"SFOData.{name}\" scheme=\"{SCHEME}\"/>\
             <content type=\"application/xml\"><m:properties>"
        ));
        for index in &shape.properties {
            let property = &entity.properties[*index];
            let value = tenant.table(shape.entity).get(row, *index);
            element(&mut self.out, &property.name, property.kind, &value);
        }
        self.put("</m:properties></content></entry>");
        Ok(())
    }

    fn link(
        &mut self,
        entity: usize,
        row: Row,
        shape: &NavigationShape,
        navigation: &Navigation,
        from: &str,
    ) -> Result<(), ODataError> {
        let kind = if navigation.many { "feed" } else { "entry" };
        let name = &navigation.name;
        self.put(&format!(
            "<link rel=\"{RELATED}{name}\" type=\"application/atom+xml;type={kind}\" title=\"{name}\" \
             href=\"{from}/{name}\">"
        ));
        if let Some(inner) = &shape.expanded {
            let rows = self.expander.rows(entity, row, shape)?;
            self.put("<m:inline>");
            if navigation.many {
                self.put(&format!("<feed><title type=\"text\">{name}</title>"));
            }
            for row in rows {
                self.entry(inner, row, "")?;
            }
            self.put(if navigation.many { "</feed></m:inline>" } else { "</m:inline>" });
        }
        self.put("</link>");
        Ok(())
    }
}

/// A property as an element; everything but texts names its type.
fn element(out: &mut String, name: &str, kind: EdmType, value: &Value<'_>) {
    let _infallible = match kind {
        EdmType::String => write!(out, "<d:{name}"),
        _ => write!(out, "<d:{name} m:type=\"{}\"", kind.name()),
    };
    let text = match value {
        Value::Null => {
            out.push_str(" m:null=\"true\"></d:");
            out.push_str(name);
            out.push('>');
            return;
        }
        Value::Text(text) | Value::Decimal(text) => escape(text).into_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Time(millis) => time::iso(*millis, kind == EdmType::DateTimeOffset),
    };
    let _infallible = write!(out, ">{text}</d:{name}>");
}
