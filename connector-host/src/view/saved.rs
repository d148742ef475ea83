//! What a write did.

use std::io::{self, Write};

use connector_core::operation::{PartResult, SaveAction, SaveOutcome};
use serde::Serialize;

use super::names;
use crate::output::{Output, Records, View, pairs, printable};

/// The outcome of a write.
#[derive(Serialize)]
#[serde(transparent)]
pub struct SavedView<'a>(pub &'a SaveOutcome);

impl View for SavedView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let outcome = self.0;
        let action = match outcome.action {
            SaveAction::Unchanged => out.paint.quiet(outcome.action),
            action => out.paint.success(action),
        };
        let uid = out.paint.strong(printable(outcome.uid.as_str()));
        writeln!(out, "{uid}: {action} ({} before, {} now)", outcome.presence_before, outcome.presence)?;
        let rows = rows(outcome);
        if !rows.is_empty() {
            writeln!(out, "{}", pairs(&rows))?;
        }
        for notice in &outcome.notices {
            let notice = out.paint.warning(format_args!("notice: {}", printable(notice)));
            writeln!(out, "{notice}")?;
        }
        Ok(())
    }

    fn records(&self) -> Records {
        let outcome = self.0;
        let header = ["uid", "action", "presence_before", "presence", "changed", "unchanged", "notices"];
        let row = vec![
            outcome.uid.to_string(),
            outcome.action.to_string(),
            outcome.presence_before.to_string(),
            outcome.presence.to_string(),
            names(&outcome.changed),
            names(&outcome.unchanged),
            outcome.notices.join("; "),
        ];
        Records { header: header.map(ToOwned::to_owned).to_vec(), rows: vec![row] }
    }
}

fn rows(outcome: &SaveOutcome) -> Vec<(String, String)> {
    let lists = [("changed", names(&outcome.changed)), ("unchanged", names(&outcome.unchanged))];
    let lists = lists.into_iter().filter(|(_, names)| !names.is_empty());
    let lists = lists.map(|(label, names)| (label.to_owned(), names));
    lists.chain(outcome.parts.iter().map(|part| (part.entity.clone(), said(part)))).collect()
}

/// `OK 200 the message`
fn said(part: &PartResult) -> String {
    let code = part.code.map(|code| code.to_string());
    [Some(part.status.clone()), code, part.message.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}
