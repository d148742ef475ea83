//! Explanations of filters and of people.

use std::io::{self, Write};

use connector_core::operation::{
    Explanation, FilterExplanation, ObjectExplanation, PlannedRecord, SaveExplanation,
};
use serde::Serialize;

use super::names;
use crate::output::{Output, Records, View, printable};

/// An explanation.
#[derive(Serialize)]
#[serde(transparent)]
pub struct ExplanationView<'a>(pub &'a Explanation);

impl View for ExplanationView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        match self.0 {
            Explanation::Filter(filter) => {
                let headline = out.paint.strong(printable(&filter.filter));
                writeln!(out, "{headline}")?;
            }
            Explanation::Object(object) => {
                let uid = out.paint.strong(printable(object.uid.as_str()));
                writeln!(out, "{uid}: {}", object.presence)?;
            }
            Explanation::Save(save) => {
                let uid = save.uid.as_ref().map_or("a new object", |uid| uid.as_str());
                let uid = out.paint.strong(printable(uid));
                writeln!(out, "{uid}: would be {} ({} now)", save.action, save.presence)?;
            }
        }
        for (label, text) in lines(self.0) {
            writeln!(out, "  {label:<8} {}", printable(&text))?;
        }
        Ok(())
    }

    fn records(&self) -> Records {
        let rows = lines(self.0).into_iter().map(|(label, text)| vec![label.to_owned(), text]).collect();
        Records { header: ["step", "text"].map(ToOwned::to_owned).to_vec(), rows }
    }
}

fn lines(explanation: &Explanation) -> Vec<(&'static str, String)> {
    match explanation {
        Explanation::Filter(filter) => of_filter(filter),
        Explanation::Object(object) => of_object(object),
        Explanation::Save(save) => of_save(save),
    }
}

fn of_filter(filter: &FilterExplanation) -> Vec<(&'static str, String)> {
    let query = filter.query.clone().unwrap_or_else(|| "nothing: nobody can satisfy this".to_owned());
    let target = filter.at_target.iter().map(|condition| ("tenant", condition.clone()));
    let here = filter.here.iter().map(|part| ("here", format!("{}: {}", part.filter, part.reason)));
    [("sent", query)].into_iter().chain(target).chain(here).collect()
}

fn of_object(object: &ObjectExplanation) -> Vec<(&'static str, String)> {
    let asked = object.evidence.iter().map(|e| ("asked", format!("{}: {}", e.query, e.answer)));
    asked.chain(object.reasons.iter().map(|reason| ("so", reason.clone()))).collect()
}

fn of_save(save: &SaveExplanation) -> Vec<(&'static str, String)> {
    let lists = [("change", names(&save.changed)), ("is so", names(&save.unchanged))];
    let lists = lists.into_iter().filter(|(_, names)| !names.is_empty());
    let records = save.records.iter().flat_map(of_record);
    lists.chain(records).chain(save.notices.iter().map(|notice| ("notice", notice.clone()))).collect()
}

/// A record as it would be sent: the request, and its body.
fn of_record(record: &PlannedRecord) -> [(&'static str, String); 2] {
    [("send", format!("{} {}", record.method, record.path)), ("body", record.body.clone())]
}
