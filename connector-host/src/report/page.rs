//! The page itself: HTML that is XML too.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use connector_core::operation::{ImportFigures, ImportMode, ImportPhase, Summary};
use serde_json::Value as Json;

use super::{Listed, NONE, Report, chart};
use crate::output::printable;
use crate::stop::Stop;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;padding:0 1em;color:#1d2733}\
h1{font-size:1.6em;margin-bottom:0}h2{font-size:1.1em;margin-top:2em}p.when{color:#5b6b7b;margin-top:0}\
ul.tiles{display:flex;flex-wrap:wrap;gap:.7em;padding:0;list-style:none}\
ul.tiles li{flex:1;min-width:7.5em;border:1px solid #dde3ea;border-radius:6px;padding:.6em .9em;color:#5b6b7b}\
ul.tiles b{display:block;font-size:1.6em;line-height:1.2;color:#1d2733}ul.tiles li.bad{border-color:#a3260c;font-weight:400}\
ul.tiles li.bad b{color:#a3260c}table{border-collapse:collapse}\
td,th{text-align:left;padding:.2em 1.2em .2em 0;border-bottom:1px solid #dde3ea;vertical-align:top}\
th{font-weight:400;color:#5b6b7b}td.n{text-align:right}.bad{color:#a3260c;font-weight:600}\
svg{max-width:100%;height:auto}rect{fill:#3b73af}text{font:13px system-ui,sans-serif;fill:#1d2733}\
@media print{body{margin:0}h2{break-after:avoid}svg,ul,tr{break-inside:avoid}}";

const STATUSES: [(&str, &str); 6] = [
    ("t", "active"),
    ("f", "inactive"),
    ("T", "external, active"),
    ("F", "external, inactive"),
    ("e", "onboarding, active"),
    ("d", "onboarding, inactive"),
];

/// A text that is text, whatever it holds. What XML has no room for is left out or spelled out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// The page about a run that ended so, at this time.
pub fn write(report: &Report, ended: Result<&Summary, &Stop>, at: DateTime<Utc>) -> String {
    let title = format!("Import of {}", escaped(report.object_class.as_str()));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width\"/><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n\
         <p class=\"when\">Ended on {}</p>\n",
        at.format("%-d %B %Y at %H:%M UTC")
    );
    page.push_str(&verdict(report, ended));
    if let Ok(summary) = ended {
        page.push_str(&tiles(report, summary));
    }
    page.push_str(&counts(report));
    page.push_str(&list("Gone", "gone", ["Id", "Why"], &report.gone));
    page.push_str(&list("Problems", "problems", ["Id", "What is wrong with the record"], &report.problems));
    if let Ok(summary) = ended {
        page.push_str(&missing(summary));
        page.push_str(&withheld(summary));
        page.push_str(&figures(report, summary));
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Whom the run brought, in bars.
fn counts(report: &Report) -> String {
    let mut charts = String::new();
    if !report.statuses.is_empty() {
        let named = report.statuses.iter().map(|(letter, count)| (status(letter), *count));
        charts.push_str("<h2>By status</h2>\n");
        charts.push_str(&chart::bars("People by status", named, 10, grouped));
    }
    if !report.departments.is_empty() {
        let counts = report.departments.iter().map(|(name, count)| (name.clone(), *count));
        charts.push_str("<h2>By department</h2>\n");
        charts.push_str(&chart::bars("People by department", counts, 15, grouped));
    }
    charts
}

fn status(letter: &str) -> String {
    let known = STATUSES.iter().find(|(known, _)| *known == letter);
    let unknown = || match letter {
        NONE => letter.to_owned(),
        _ => format!("in a state that is not known ({letter})"),
    };
    known.map_or_else(unknown, |(letter, name)| format!("{name} ({letter})"))
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
            let problems = match summary.problems {
                0 => String::new(),
                1 => " <span class=\"bad\">One record could not be read.</span>".to_owned(),
                many => format!(" <span class=\"bad\">{} records could not be read.</span>", grouped(many)),
            };
            format!("<p>The run is complete: it brought {what}.{since}{problems}</p>\n")
        }
        Err(Stop::Failed(error)) => format!(
            "<p class=\"bad\">The run is not complete: it stopped after {} objects. {}</p>\n",
            grouped(report.objects),
            escaped(error.message())
        ),
        Err(Stop::OutputClosed) => {
            "<p class=\"bad\">The run is not complete: nobody took what it wrote.</p>\n".to_owned()
        }
    }
}

/// What a reader looks for first.
fn tiles(report: &Report, summary: &Summary) -> String {
    let figures = summary.import.as_deref();
    let mut tiles = vec![("delivered", summary.count)];
    tiles.extend(figures.and_then(|figures| figures.created).map(|count| ("of them new", count)));
    tiles.extend(figures.map(|figures| ("of them inactive", figures.inactive)));
    tiles.push(("gone", report.gone.count));
    tiles.push(("not readable", summary.problems));
    let mut list = "<ul class=\"tiles\">\n".to_owned();
    for (name, count) in tiles {
        let class = if name == "not readable" && count > 0 { " class=\"bad\"" } else { "" };
        let _ = writeln!(list, "<li{class}><b>{}</b> {name}</li>", grouped(count));
    }
    list.push_str("</ul>\n");
    list
}

/// The attributes that the run went without.
fn missing(summary: &Summary) -> String {
    let figures = summary.import.as_deref();
    let names = figures.map_or(&[][..], |figures| &figures.missing_attributes);
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<_> = names.iter().map(|name| escaped(name.as_str())).collect();
    format!(
        "<h2>Not available ({})</h2>\n<p id=\"missing\">The tenant does not have these attributes; the run went on \
         without them: {}.</p>\n",
        names.len(),
        names.join(", ")
    )
}

/// The attributes that some people came without, and what else there is to say.
fn withheld(summary: &Summary) -> String {
    let names: Vec<_> = summary
        .withheld
        .iter()
        .map(|(name, count)| format!("{} ({})", escaped(name.as_str()), grouped(*count)))
        .collect();
    let mut text = String::new();
    if !names.is_empty() {
        text.push_str(&format!(
            "<h2>Not shown ({})</h2>\n<p id=\"withheld\">The tenant did not send these attributes of everybody, \
             and of how many not; where they are missing, nobody knows whether they are empty: {}.</p>\n",
            names.len(),
            names.join(", ")
        ));
    }
    for notice in &summary.notices {
        text.push_str(&format!("<p class=\"notice\">{}.</p>\n", escaped(notice)));
    }
    text
}

fn figures(report: &Report, summary: &Summary) -> String {
    let none = ImportFigures::default();
    let counts = summary.import.as_deref().unwrap_or(&none);
    let mut rows = vec![
        ("records read".to_owned(), grouped(counts.seen)),
        ("objects delivered".to_owned(), grouped(summary.count)),
    ];
    let known = [("of them new", counts.created), ("of them known before", counts.updated)];
    let known = known.into_iter().filter_map(|(name, count)| Some((name.to_owned(), grouped(count?))));
    rows.extend(known);
    rows.push(("of them inactive".to_owned(), grouped(counts.inactive)));
    rows.push(("gone".to_owned(), grouped(report.gone.count)));
    let skipped = counts.skipped.iter();
    rows.extend(skipped.map(|(reason, count)| (format!("skipped: {}", word(reason)), grouped(*count))));
    rows.push(("requests to the tenant".to_owned(), grouped(summary.cost.requests)));
    rows.push(("of them repeats".to_owned(), grouped(summary.cost.retries)));
    rows.push(("data read".to_owned(), size(summary.cost.bytes)));
    rows.extend(counts.milliseconds.iter().map(|(phase, time)| (doing(*phase).to_owned(), seconds(*time))));
    let mut table = "<h2>In figures</h2>\n<table id=\"figures\">\n".to_owned();
    for (name, figure) in rows {
        let _ = writeln!(table, "<tr><th>{}</th><td class=\"n\">{figure}</td></tr>", escaped(&name));
    }
    table.push_str("</table>\n");
    table
}

/// What takes the time of a phase.
fn doing(phase: ImportPhase) -> &'static str {
    match phase {
        ImportPhase::Prepare => "time to log in and prepare",
        ImportPhase::Read => "time to wait for pages",
        ImportPhase::Entitlements => "time to wait for groups, roles and permissions",
        ImportPhase::Map => "time to read the records",
        ImportPhase::Confirm => "time to look for who was missing",
    }
}

/// `1234567` as people write it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", grouped(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
    }
}

fn seconds(milliseconds: u64) -> String {
    format!("{}.{} s", grouped(milliseconds / 1_000), milliseconds % 1_000 / 100)
}

/// The word of an enumeration, as it goes over the wire.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

fn list(title: &str, id: &str, heads: [&str; 2], listed: &Listed) -> String {
    if listed.count == 0 {
        return String::new();
    }
    let mut table = format!("<h2>{title} ({})</h2>\n<table id=\"{id}\">\n", grouped(listed.count));
    let _ = writeln!(table, "<thead><tr><th>{}</th><th>{}</th></tr></thead>", heads[0], heads[1]);
    for (uid, text) in &listed.lines {
        let _ = writeln!(table, "<tr><td>{}</td><td>{}</td></tr>", escaped(uid), escaped(text));
    }
    let more = listed.count - listed.lines.len() as u64;
    if more > 0 {
        let _ = writeln!(table, "<tr><td></td><td>and {} more</td></tr>", grouped(more));
    }
    table.push_str("</table>\n");
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([999, 56_789, 9_662_694].map(size), ["999 bytes", "56 kB", "9.6 MB"]);
        assert_eq!([0, 3_714, 3_600_000].map(seconds), ["0.0 s", "3.7 s", "3,600.0 s"]);
    }
}
