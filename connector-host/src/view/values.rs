//! Lists of values, and which of them there are.

use std::collections::BTreeSet;
use std::io::{self, Write};

use connector_core::manifest::LookupManifest;
use connector_core::operation::{ListValue, ValueList};
use serde::Serialize;

use crate::output::{Output, Records, View, printable, render};

/// A list of values.
#[derive(Serialize)]
#[serde(transparent)]
pub struct ValuesView<'a>(pub &'a ValueList);

impl View for ValuesView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let Records { header, rows } = self.records();
        let rows = rows.into_iter().map(|row| row.iter().map(|cell| printable(cell).to_string()).collect());
        let table = render(&header, rows, out.paint);
        writeln!(out, "{table}")?;
        let age = self.0.age_ms / 1000;
        let note = out.paint.quiet(format_args!("{} values, {age} s old", self.0.values.len()));
        writeln!(out, "{note}")
    }

    fn records(&self) -> Records {
        let locales: BTreeSet<&String> = self.0.values.iter().flat_map(|value| value.labels.keys()).collect();
        let fixed = ["code", "label", "status", "key", "decode", "id"].map(ToOwned::to_owned);
        let header = fixed.into_iter().chain(locales.iter().map(|locale| (*locale).clone())).collect();
        let rows = self.0.values.iter().map(|value| row(value, &locales)).collect();
        Records { header, rows }
    }
}

fn row(value: &ListValue, locales: &BTreeSet<&String>) -> Vec<String> {
    let fixed = [
        value.code.clone(),
        value.label.clone(),
        value.status.to_string(),
        value.key.clone(),
        value.decode.clone(),
        value.id.clone().unwrap_or_default(),
    ];
    let labels = locales.iter().map(|locale| value.labels.get(*locale).cloned().unwrap_or_default());
    fixed.into_iter().chain(labels).collect()
}

/// The lists that there are.
#[derive(Serialize)]
#[serde(transparent)]
pub struct ListsView<'a>(pub &'a [LookupManifest]);

impl View for ListsView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let Records { header, rows } = self.records();
        let table = render(&header, rows.into_iter(), out.paint);
        writeln!(out, "{table}")
    }

    fn records(&self) -> Records {
        let rows = self.0.iter().map(|list| vec![list.name.clone(), list.help.clone()]).collect();
        Records { header: ["list", "what is in it"].map(ToOwned::to_owned).to_vec(), rows }
    }
}
