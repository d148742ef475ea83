//! Standard output: what the next program in a pipe reads.
//!
//! One file per format. Everything is written through [`Output`], which notices that the reader is gone.

mod columns;
mod csv;
mod json;
mod ndjson;
mod paint;
mod table;
mod text;

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use connector_core::Error;
use connector_core::object::ConnectorObject;
use connector_core::operation::{Gone, Problem, Summary};
use serde::Serialize;
use serde_json::{Value as Json, json};

pub use self::table::{figures, pairs, render};
pub use columns::Columns;
pub use paint::Paint;
use text::is_invisible;
pub use text::{counted, in_lines, printable};

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For eyes
    Table,
    /// One document, indented
    Json,
    /// One compact object a line, as they come
    Ndjson,
    /// A header line and one record a line, safe to open in a spreadsheet
    Csv,
}

impl Format {
    /// What holds if nothing is asked for: tables for eyes, lines for programs.
    pub fn default_for(terminal: bool) -> Self {
        if terminal { Self::Table } else { Self::Ndjson }
    }
}

/// Standard output, buffered. A write fails as soon as the reader is known to be gone.
pub struct Output {
    writer: Box<dyn Write + Send>,
    terminal: bool,
    /// How text is marked.
    pub paint: Paint,
    told: bool,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        let stdout = io::stdout();
        let (terminal, paint) = (stdout.is_terminal(), Paint::for_stream(&stdout));
        Self { writer: Box::new(BufWriter::new(stdout)), terminal, paint, told: false }
    }

    /// Whether a person looks at it.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes one result.
    pub fn show(&mut self, format: Format, view: &impl View) -> io::Result<()> {
        match format {
            Format::Table => view.text(self)?,
            Format::Json => json::document(self, view)?,
            Format::Ndjson => ndjson::line(self, view)?,
            Format::Csv => csv::records(self, &view.records())?,
        }
        self.flush()
    }

    /// Writes one value as JSON: on one line for [`Format::Ndjson`], else indented.
    pub fn json(&mut self, format: Format, value: &impl Serialize) -> io::Result<()> {
        match format {
            Format::Ndjson => ndjson::line(self, value)?,
            _ => json::document(self, value)?,
        }
        self.flush()
    }

    /// Tells the next program of a failure, where the format has words for it. Told once.
    pub fn fail(&mut self, format: Format, error: &Error) -> io::Result<()> {
        if std::mem::replace(&mut self.told, true) {
            return Ok(());
        }
        match format {
            Format::Json | Format::Ndjson => self.json(format, &json!({"error": error})),
            Format::Table | Format::Csv => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A result that can be shown in every format; its JSON is that of the wire protocol.
pub trait View: Serialize {
    /// For eyes.
    fn text(&self, out: &mut Output) -> io::Result<()>;

    /// For spreadsheets.
    fn records(&self) -> Records;
}

/// A header and rows of as many cells.
pub struct Records {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Writes a stream of objects.
pub trait ObjectWriter {
    /// An object.
    fn object(&mut self, out: &mut Output, object: ConnectorObject) -> io::Result<()>;

    /// What is wrong with a record.
    fn problem(&mut self, _out: &mut Output, _problem: &Problem) -> io::Result<()> {
        Ok(())
    }

    /// An object that is gone. No format keeps it to itself.
    fn gone(&mut self, out: &mut Output, gone: &Gone) -> io::Result<()>;

    /// The end of the stream; `paged` if the caller asked for a page and needs its cookie.
    fn end(&mut self, out: &mut Output, summary: &Summary, paged: bool) -> io::Result<()>;

    /// The stream failed. What came before stays valid.
    fn fail(&mut self, out: &mut Output, error: &Error) -> io::Result<()>;
}

/// A problem where objects stand beside it: the error, and what kind of problem it is.
fn problem_line(problem: &Problem) -> Json {
    json!({"problem": problem.error, "kind": problem.kind})
}

/// The writer of a format. CSV takes its columns from `columns`, a table falls back to its own choice. `tells_gone`
/// where some may be gone: a format whose header comes first has to know.
pub fn object_writer(format: Format, columns: Option<Columns>, tells_gone: bool) -> Box<dyn ObjectWriter> {
    match format {
        Format::Table => Box::new(table::Table::new(columns)),
        Format::Json => Box::new(json::Array::default()),
        Format::Ndjson => Box::new(ndjson::Lines),
        Format::Csv => Box::new(csv::Csv::new(columns.unwrap_or_default(), tells_gone)),
    }
}
