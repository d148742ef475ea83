//! What became of looking for an object.

use std::io::{self, Write};

use connector_core::object::{ConnectorObject, Evidence, ObjectClass, Presence, Uid};
use connector_core::operation::Lookup;
use serde::Serialize;

use crate::output::{Columns, Output, Records, View, pairs, printable};

/// A lookup and what was looked for. Its JSON is the lookup as it is.
#[derive(Serialize)]
#[serde(transparent)]
pub struct LookupView<'a> {
    lookup: &'a Lookup,
    #[serde(skip)]
    object_class: &'a ObjectClass,
    #[serde(skip)]
    uid: &'a Uid,
}

impl<'a> LookupView<'a> {
    /// What became of looking for this object.
    pub fn new(lookup: &'a Lookup, object_class: &'a ObjectClass, uid: &'a Uid) -> Self {
        Self { lookup, object_class, uid }
    }

    fn headline(&self, out: &Output) -> String {
        let presence = self.lookup.presence;
        let words = match presence {
            Presence::Active => out.paint.success(presence),
            Presence::NotFound | Presence::Ambiguous => out.paint.failure(presence),
            _ => out.paint.warning(presence),
        };
        let subject = format!("{} '{}'", self.object_class, printable(self.uid.as_str()));
        format!("{}: {words}", out.paint.strong(subject))
    }
}

impl View for LookupView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let headline = self.headline(out);
        writeln!(out, "{headline}")?;
        if let Some(object) = &self.lookup.object {
            writeln!(out, "{}", pairs(&rows(object)))?;
        }
        for candidate in &self.lookup.candidates {
            writeln!(out, "  may be {}", printable(candidate.as_str()))?;
        }
        evidence(out, &self.lookup.evidence)
    }

    fn records(&self) -> Records {
        let Some(object) = &self.lookup.object else {
            return Records {
                header: ["uid", "presence"].map(ToOwned::to_owned).to_vec(),
                rows: vec![vec![self.uid.to_string(), self.lookup.presence.to_string()]],
            };
        };
        let columns = Columns::of_object(object);
        let mut header = columns.header();
        let mut row = columns.cells(object);
        header.insert(2, "presence".to_owned());
        row.insert(2, self.lookup.presence.to_string());
        Records { header, rows: vec![row] }
    }
}

/// What has a value.
fn rows(object: &ConnectorObject) -> Vec<(String, String)> {
    let columns = Columns::of_object(object);
    let cells = columns.header().into_iter().zip(columns.cells(object));
    cells.filter(|(_, value)| !value.is_empty()).collect()
}

fn evidence(out: &mut Output, evidence: &[Evidence]) -> io::Result<()> {
    for Evidence { query, answer } in evidence {
        let line = out.paint.quiet(format_args!("  asked {}: {}", printable(query), printable(answer)));
        writeln!(out, "{line}")?;
    }
    Ok(())
}
