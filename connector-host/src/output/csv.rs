//! Records for spreadsheets, written as they come (RFC 4180, UTF-8, `\n`).

use std::io::{self, Write};

use connector_core::Error;
use connector_core::object::{ConnectorObject, Value};
use connector_core::operation::Summary;

use super::{Columns, ObjectWriter, Output, Records, columns};

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
pub struct Csv {
    columns: Columns,
    begun: bool,
}

impl Csv {
    /// A writer of these columns.
    pub fn new(columns: Columns) -> Self {
        Self { columns, begun: false }
    }

    fn begin(&mut self, out: &mut Output) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) { Ok(()) } else { record(out, &self.columns.header()) }
    }
}

impl ObjectWriter for Csv {
    fn object(&mut self, out: &mut Output, object: ConnectorObject) -> io::Result<()> {
        self.begin(out)?;
        let cells: Vec<_> = self.columns.values(&object).iter().map(|values| cell(values)).collect();
        record(out, &cells)
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

/// A text that a spreadsheet would take for a formula is marked as a text.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
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
    fn negative_numbers_stay_numbers() {
        assert_eq!(cell(&[Value::Integer(-5)]), "-5");
        assert_eq!(cell(&["-5".into()]), "'-5");
    }
}
