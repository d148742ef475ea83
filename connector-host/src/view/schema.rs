//! What objects look like.

use std::io::{self, Write};

use connector_core::object::{AttributeInfo, ObjectClassInfo, Schema};
use serde::Serialize;

use crate::output::{Output, Records, View, render};

/// A schema.
#[derive(Serialize)]
#[serde(transparent)]
pub struct SchemaView<'a>(pub &'a Schema);

impl View for SchemaView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let header = ["attribute", "type", "length", "flags", "label"].map(ToOwned::to_owned);
        for class in &self.0.object_classes {
            let headline = out.paint.strong(headline(class));
            let table = render(&header, class.attributes.iter().map(row), out.paint);
            writeln!(out, "{headline}\n{table}")?;
        }
        Ok(())
    }

    fn records(&self) -> Records {
        let header = ["object_class", "attribute", "type", "length", "flags", "label"];
        let rows = self.0.object_classes.iter().flat_map(|class| {
            let name = class.name.to_string();
            class.attributes.iter().map(move |info| [vec![name.clone()], row(info)].concat())
        });
        Records { header: header.map(ToOwned::to_owned).to_vec(), rows: rows.collect() }
    }
}

fn headline(class: &ObjectClassInfo) -> String {
    let aliases: Vec<_> = class.aliases.iter().map(ToString::to_string).collect();
    let aliases = if aliases.is_empty() { String::new() } else { format!(" ({})", aliases.join(", ")) };
    format!("{}{aliases}, {} attributes", class.name, class.attributes.len())
}

fn row(info: &AttributeInfo) -> Vec<String> {
    let value_type = match &info.referenced_object_class {
        Some(class) => format!("{} to {class}", info.value_type),
        None => info.value_type.to_string(),
    };
    vec![
        info.name.to_string(),
        value_type,
        info.max_length.map(|length| length.to_string()).unwrap_or_default(),
        flags(info),
        info.label.clone().unwrap_or_default(),
    ]
}

fn flags(info: &AttributeInfo) -> String {
    let writable = match (info.creatable, info.updatable) {
        (true, true) => "",
        (true, false) => "create only",
        (false, true) => "update only",
        (false, false) => "read-only",
    };
    let flags = [
        (info.required, "required"),
        (!writable.is_empty(), writable),
        (!info.readable, "write-only"),
        (info.multivalued, "many"),
        (info.filterable, "filter"),
        (info.sortable, "sort"),
        (info.sensitive, "sensitive"),
    ];
    flags.into_iter().filter_map(|(on, word)| on.then_some(word)).collect::<Vec<_>>().join(", ")
}
