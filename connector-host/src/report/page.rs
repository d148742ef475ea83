//! The page itself: HTML that is XML too.

use std::fmt::Write as _;

use connector_core::operation::{ImportFigures, ImportMode, Summary};
use serde_json::Value as Json;

use super::{Listed, Report, chart};
use crate::stop::Stop;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;padding:0 1em;color:#1d2733}\
h1{font-size:1.5em}h2{font-size:1.1em;margin-top:2em}table{border-collapse:collapse}\
td,th{text-align:left;padding:.2em 1.2em .2em 0;border-bottom:1px solid #dde3ea;vertical-align:top}\
td.n{text-align:right}.bad{color:#a3260c;font-weight:600}svg{max-width:100%;height:auto}rect{fill:#3b73af}\
text{font:13px system-ui,sans-serif;fill:#1d2733}";

const STATUSES: [(&str, &str); 6] = [
    ("t", "active"),
    ("f", "inactive"),
    ("T", "external, active"),
    ("F", "external, inactive"),
    ("e", "onboarding, active"),
    ("d", "onboarding, inactive"),
];

/// A text that is text, whatever it holds. What XML has no room for is left out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// The page about a run that ended so.
pub fn write(report: &Report, ended: Result<&Summary, &Stop>) -> String {
    let title = format!("Import of {}", escaped(report.object_class.as_str()));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width\"/><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
    );
    page.push_str(&verdict(report, ended));
    if let Ok(summary) = ended {
        page.push_str(&figures(report, summary));
    }
    if !report.statuses.is_empty() {
        let named = report.statuses.iter().map(|(letter, count)| (status(letter), *count));
        page.push_str("<h2>By status</h2>\n");
        page.push_str(&chart::bars("People by status", named, 10, ""));
    }
    if !report.departments.is_empty() {
        let counts = report.departments.iter().map(|(name, count)| (name.clone(), *count));
        page.push_str("<h2>By department</h2>\n");
        page.push_str(&chart::bars("People by department", counts, 15, ""));
    }
    page.push_str(&list("Gone", "gone", &report.gone));
    page.push_str(&list("Problems", "problems", &report.problems));
    if let Some(figures) = ended.ok().and_then(|summary| summary.import.as_deref()) {
        page.push_str("<h2>Time</h2>\n");
        page.push_str(&chart::bars("Milliseconds by phase", phases(figures), 10, " ms"));
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn status(letter: &str) -> String {
    let known = STATUSES.iter().find(|(known, _)| *known == letter);
    known.map_or_else(|| letter.to_owned(), |(letter, name)| format!("{name} ({letter})"))
}

fn verdict(report: &Report, ended: Result<&Summary, &Stop>) -> String {
    match ended {
        Ok(summary) => {
            let figures = summary.import.as_deref();
            let what = match figures.map(|figures| figures.mode) {
                Some(ImportMode::Delta) => "who has changed since the last run",
                _ => "everybody",
            };
            let resumed = figures.is_some_and(|figures| figures.resumed);
            let since = if resumed { " The figures are of what came since its last checkpoint." } else { "" };
            format!("<p>The run is complete: it brought {what}.{since}</p>\n")
        }
        Err(Stop::Failed(error)) => format!(
            "<p class=\"bad\">The run is not complete: it stopped after {} objects. {}</p>\n",
            report.objects,
            escaped(error.message())
        ),
        Err(Stop::OutputClosed) => {
            "<p class=\"bad\">The run is not complete: nobody took what it wrote.</p>\n".to_owned()
        }
    }
}

fn figures(report: &Report, summary: &Summary) -> String {
    let none = ImportFigures::default();
    let counts = summary.import.as_deref().unwrap_or(&none);
    let mut rows =
        vec![("records read".to_owned(), counts.seen), ("objects delivered".to_owned(), summary.count)];
    rows.extend(counts.created.map(|count| ("of them new".to_owned(), count)));
    rows.extend(counts.updated.map(|count| ("of them known before".to_owned(), count)));
    rows.push(("of them inactive".to_owned(), counts.inactive));
    rows.push(("gone".to_owned(), report.gone.count));
    let skipped = counts.skipped.iter().map(|(reason, count)| (format!("skipped: {}", word(reason)), *count));
    rows.extend(skipped);
    rows.push(("requests".to_owned(), summary.cost.requests));
    rows.push(("of them repeats".to_owned(), summary.cost.retries));
    rows.push(("bytes read".to_owned(), summary.cost.bytes));
    let mut table = "<table id=\"figures\">\n".to_owned();
    for (name, count) in rows {
        let _ = writeln!(table, "<tr><th>{}</th><td class=\"n\">{count}</td></tr>", escaped(&name));
    }
    table.push_str("</table>\n");
    table
}

/// The word of an enumeration, as it goes over the wire.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

fn phases(figures: &ImportFigures) -> Vec<(String, u64)> {
    figures.milliseconds.iter().map(|(phase, time)| (word(phase), *time)).collect()
}

fn list(title: &str, id: &str, listed: &Listed) -> String {
    if listed.count == 0 {
        return String::new();
    }
    let mut table = format!("<h2>{title} ({})</h2>\n<table id=\"{id}\">\n", listed.count);
    for (uid, text) in &listed.lines {
        let _ = writeln!(table, "<tr><td>{}</td><td>{}</td></tr>", escaped(uid), escaped(text));
    }
    let more = listed.count - listed.lines.len() as u64;
    if more > 0 {
        let _ = writeln!(table, "<tr><td></td><td>and {more} more</td></tr>");
    }
    table.push_str("</table>\n");
    table
}
