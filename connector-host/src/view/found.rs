//! What became of looking for an object.

use std::io::{self, Write};

use connector_core::object::{ConnectorObject, Evidence, ObjectClass, Presence, Uid};
use connector_core::operation::GetOutcome;
use serde::Serialize;

use crate::output::{Columns, Output, Records, View, pairs, printable};

/// What became of a `get`. Its JSON is the outcome as it is.
#[derive(Serialize)]
#[serde(transparent)]
pub struct FoundView<'a> {
    outcome: &'a GetOutcome,
    #[serde(skip)]
    object_class: &'a ObjectClass,
    #[serde(skip)]
    uid: &'a Uid,
}

impl<'a> FoundView<'a> {
    /// What became of looking for this object.
    pub fn new(outcome: &'a GetOutcome, object_class: &'a ObjectClass, uid: &'a Uid) -> Self {
        Self { outcome, object_class, uid }
    }

    fn headline(&self, out: &Output) -> String {
        let presence = self.outcome.presence;
        let words = match presence {
            Presence::Active => out.paint.success(presence),
            Presence::NotFound | Presence::Ambiguous => out.paint.failure(presence),
            _ => out.paint.warning(presence),
        };
        let subject = format!("{} '{}'", self.object_class, printable(self.uid.as_str()));
        format!("{}: {words}", out.paint.strong(subject))
    }
}

impl View for FoundView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let headline = self.headline(out);
        writeln!(out, "{headline}")?;
        if let Some(object) = &self.outcome.object {
            writeln!(out, "{}", pairs(&rows(object)))?;
        }
        for name in &self.outcome.withheld {
            let line = format!("  {} did not come, which is not the same as empty", printable(name.as_str()));
            writeln!(out, "{}", out.paint.warning(line))?;
        }
        for notice in &self.outcome.notices {
            writeln!(out, "  {}", out.paint.warning(notice))?;
        }
        for candidate in &self.outcome.candidates {
            writeln!(out, "  may be {}", printable(candidate.as_str()))?;
        }
        evidence(out, &self.outcome.evidence)
    }

    fn records(&self) -> Records {
        let Some(object) = &self.outcome.object else {
            return Records {
                header: ["uid", "presence"].map(ToOwned::to_owned).to_vec(),
                rows: vec![vec![self.uid.to_string(), self.outcome.presence.to_string()]],
            };
        };
        let columns = Columns::of_object(object);
        let mut header = columns.header();
        let mut row = columns.cells(object);
        header.insert(2, "presence".to_owned());
        row.insert(2, self.outcome.presence.to_string());
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
