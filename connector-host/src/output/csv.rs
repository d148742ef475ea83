//! Records for spreadsheets, written as they come (RFC 4180, UTF-8, `\n`).

use std::io::{self, Write};

use connector_core::Error;
use connector_core::object::{ConnectorObject, Value};
use connector_core::operation::{Gone, Summary};

use super::{Columns, ObjectWriter, Output, Records, columns, in_lines, is_invisible};

/// Writes a header and rows.
pub fn records(out: &mut impl Write, records: &Records) -> io::Result<()> {
    record(out, &records.header)?;
    for row in &records.rows {
        let cells: Vec<_> = row.iter().map(|cell| harmless(cell.clone())).collect();
        record(out, &cells)?;
    }
    Ok(())
}

/// A stream of objects.
///
/// Where some may be gone, the last column says why they are, and is empty for all others.
pub struct Csv {
    columns: Columns,
    tells_gone: bool,
    begun: bool,
}

/// The column that says why somebody is gone.
const GONE: &str = "gone";

impl Csv {
    /// A writer of these columns.
    pub fn new(columns: Columns, tells_gone: bool) -> Self {
        Self { columns, tells_gone, begun: false }
    }

    fn begin(&mut self, out: &mut impl Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let header = self.columns.header().into_iter().map(harmless);
        record(out, &header.chain(self.tells_gone.then(|| GONE.to_owned())).collect::<Vec<_>>())
    }

    fn tell_gone(&mut self, out: &mut impl Write, gone: &Gone) -> io::Result<()> {
        self.begin(out)?;
        let width = self.columns.header().len();
        let mut cells = vec![harmless(gone.uid.to_string())];
        cells.resize(width, String::new());
        cells.extend(self.tells_gone.then(|| gone.reason.as_str().to_owned()));
        record(out, &cells)
    }
}

impl ObjectWriter for Csv {
    fn object(&mut self, out: &mut Output, object: ConnectorObject) -> io::Result<()> {
        self.begin(out)?;
        let cells = self.columns.values(&object).into_iter().map(|values| cell(&values));
        record(out, &cells.chain(self.tells_gone.then(String::new)).collect::<Vec<_>>())
    }

    fn gone(&mut self, out: &mut Output, gone: &Gone) -> io::Result<()> {
        self.tell_gone(out, gone)
    }

    fn end(&mut self, out: &mut Output, _: &Summary, _: bool) -> io::Result<()> {
        self.begin(out)
    }

    fn fail(&mut self, _: &mut Output, _: &Error) -> io::Result<()> {
        Ok(())
    }
}

fn record(out: &mut impl Write, cells: &[String]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1024).from_writer(Vec::new());
    writer.write_record(cells)?;
    let line = writer.into_inner().map_err(|error| error.into_error())?;
    out.write_all(&line)
}

/// Numbers are left alone: they cannot hold a formula.
fn cell(values: &[Value]) -> String {
    let text = columns::cell(values);
    if let [Value::Integer(_) | Value::Decimal(_)] = values { text } else { harmless(text) }
}

/// How formulas begin, in half and full width and in small forms, which spreadsheets read alike (OWASP, CSV Injection).
const SIGNS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];

/// A text that a spreadsheet would take for a formula is marked as a text, whatever nobody sees before its sign.
fn harmless(text: String) -> String {
    let text = in_lines(&text);
    let is_formula = text.trim_start_matches(is_invisible).starts_with(SIGNS);
    // Spreadsheets that split at these take what comes next for a cell of its own.
    if is_formula || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> String {
        let mut bytes = Vec::new();
        let row = cells.iter().map(ToString::to_string).collect();
        records(&mut bytes, &Records { header: vec!["h".into(); cells.len()], rows: vec![row] }).unwrap();
        String::from_utf8(bytes).unwrap().lines().skip(1).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn separators_quotes_and_line_ends_are_quoted() {
        assert_eq!(line(&["a,b", "say \"x\"", "plain"]), r#""a,b","say ""x""",plain"#);
        assert_eq!(line(&["a\nb", "c"]), "\"a\nb\",c");
    }

    #[test]
    fn formulas_become_texts() {
        assert_eq!(line(&["=1+1", "+49 1", "-x", "@y", "a=b"]), "'=1+1,'+49 1,'-x,'@y,a=b");
    }

    #[test]
    fn formulas_behind_what_nobody_sees_become_texts() {
        for before in [
            "",
            "\n",
            " ",
            "\u{200b}",
            "\u{feff}",
            "\u{a0}",
            "\u{2060}",
            "\u{3000}",
            "\t",
            "\r",
            " \u{ad}\u{200d}",
        ] {
            for sign in SIGNS {
                let text = format!("{before}{sign}1+1");
                assert_eq!(harmless(text.clone()), format!("'{text}"), "{text:?}");
            }
        }
        for text in [" Ada", "a=b", "x -1", "", "日本"] {
            assert_eq!(harmless(text.to_owned()), text);
        }
        // What acts is spelled out, and hides no sign either.
        assert_eq!(harmless("\u{202e}=1".to_owned()), "\\u{202e}=1");
    }

    #[test]
    fn who_is_gone_has_a_row_and_a_reason() {
        let gone = Gone {
            object_class: "User".into(),
            uid: "=1".into(),
            reason: connector_core::operation::GoneReason::Removed,
            cause: connector_core::operation::GoneCause::Unknown,
            new_uid: None,
            evidence: Vec::new(),
        };
        let mut bytes = Vec::new();
        Csv::new(Columns::asked(&["mail".into()]), true).tell_gone(&mut bytes, &gone).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "uid,name,mail,gone\n'=1,,,removed\n");
    }

    #[test]
    fn negative_numbers_stay_numbers() {
        assert_eq!(cell(&[Value::Integer(-5)]), "-5");
        assert_eq!(cell(&["-5".into()]), "'-5");
    }
}
