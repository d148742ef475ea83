//! A stream of objects on its way to standard output, as `search` and `import` have it.

use std::io::{self, Write};

use connector_core::object::{AttributeName, ConnectorObject};
use connector_core::operation::{Gone, ImportFigures, Problem, Progress, Summary};
use connector_core::protocol::Call;

use crate::app::App;
use crate::cli::SelectionArgs;
use crate::console::Console;
use crate::exit::Exit;
use crate::output::{Columns, Format, ObjectWriter, Output, counted, object_writer};
use crate::progress::Counter;
use crate::session::Session;
use crate::sink::EventSink;
use crate::stop::Stop;

/// Runs the call and writes what comes. Records that could not be read make the command end with 1.
pub async fn run(app: &mut App, call: Call, selection: &SelectionArgs, paged: bool) -> Result<Exit, Stop> {
    let session = app.session().await?;
    let format = app.format();
    let mut printer = Printer::new(app, &session, selection, format, false).await?;
    let ended = session.stream(call, &mut printer).await;
    printer.end(ended, paged).map(|summary| exit(&summary))
}

/// What a complete stream ends the command with.
pub fn exit(summary: &Summary) -> Exit {
    if summary.problems == 0 { Exit::Done } else { Exit::Refused }
}

/// The columns of a flat format: those asked for, else for CSV, whose header comes before the first
/// record, those that the schema returns by default.
async fn columns(
    session: &Session,
    selection: &SelectionArgs,
    format: Format,
) -> Result<Option<Columns>, Stop> {
    if !selection.attributes.is_empty() {
        return Ok(Some(Columns::asked(&selection.attributes)));
    }
    if format != Format::Csv {
        return Ok(None);
    }
    let schema = session.schema().await?;
    Ok(schema.object_class(&selection.class.object_class).map(Columns::of_class))
}

/// Writes objects to standard output and what else happens to standard error.
pub struct Printer<'a> {
    writer: Box<dyn ObjectWriter>,
    out: &'a mut Output,
    console: &'a Console,
    counter: Counter,
}

impl<'a> Printer<'a> {
    /// A printer in this format. `tells_gone` if some of the objects may be gone.
    pub async fn new(
        app: &'a mut App,
        session: &Session,
        selection: &SelectionArgs,
        format: Format,
        tells_gone: bool,
    ) -> Result<Self, Stop> {
        let columns = columns(session, selection, format).await?;
        // A bar between the lines of a terminal would tear them.
        let visible = !app.out.is_terminal() || format == Format::Json;
        let counter = Counter::new(&app.console, "reading", visible);
        Ok(Self {
            writer: object_writer(format, columns, tells_gone),
            out: &mut app.out,
            console: &app.console,
            counter,
        })
    }

    /// Writes the end of the stream, or its failure.
    pub fn end(&mut self, ended: Result<Summary, Stop>, paged: bool) -> Result<Summary, Stop> {
        match ended {
            Ok(summary) => {
                self.writer.end(self.out, &summary, paged)?;
                self.out.flush()?;
                self.summarize(&summary);
                Ok(summary)
            }
            Err(Stop::Failed(error)) => {
                self.writer.fail(self.out, &error)?;
                self.out.flush()?;
                Err(error.into())
            }
            Err(closed) => Err(closed),
        }
    }

    /// Standard error.
    pub fn console(&self) -> &Console {
        self.console
    }

    fn summarize(&self, summary: &Summary) {
        let seconds = self.counter.elapsed().as_secs_f64();
        let (count, requests) = (counted(summary.count, "object"), counted(summary.cost.requests, "request"));
        self.console.note(format_args!("{count}, {requests}, {seconds:.1} s"));
        if summary.residual {
            self.console.note("a part of the filter was evaluated here: the tenant cannot filter by it");
        }
        if summary.problems > 0 {
            self.console.warn(format_args!("{} could not be read", counted(summary.problems, "record")));
        }
        if !summary.withheld.is_empty() {
            let counts: Vec<_> = summary
                .withheld
                .iter()
                .map(|(name, count)| format!("{name} ({})", counted(*count, "record")))
                .collect();
            self.console.warn(format_args!(
                "some records came without {}; it is left out of them, and not empty",
                counts.join(", ")
            ));
        }
        for notice in &summary.notices {
            self.console.warn(notice);
        }
        if let Some(figures) = summary.import.as_deref() {
            self.tell_figures(figures);
        }
        if let Some(cookie) = &summary.cookie {
            self.console.note(format_args!("there is more: --cookie '{cookie}'"));
        }
    }
}

impl Printer<'_> {
    fn tell_figures(&self, figures: &ImportFigures) {
        if figures.gone > 0 {
            self.console.note(format_args!("{} gone", counted(figures.gone, "object")));
        }
        if !figures.missing_attributes.is_empty() {
            let names = listed(&figures.missing_attributes);
            self.console.warn(format_args!(
                "the tenant does not have what was wanted of everybody: {names}; the import went on without"
            ));
        }
    }
}

fn listed(names: &[AttributeName]) -> String {
    names.iter().map(AttributeName::as_str).collect::<Vec<_>>().join(", ")
}

impl EventSink for Printer<'_> {
    fn object(&mut self, object: ConnectorObject) -> io::Result<()> {
        self.writer.object(self.out, object)?;
        self.counter.record();
        Ok(())
    }

    fn problem(&mut self, problem: Problem) -> io::Result<()> {
        self.console.problem(&problem);
        self.writer.problem(self.out, &problem)
    }

    fn progress(&mut self, progress: Progress) -> io::Result<()> {
        self.counter.progress(progress);
        Ok(())
    }

    fn gone(&mut self, gone: Gone) -> io::Result<()> {
        self.writer.gone(self.out, &gone)
    }

    /// What is written is seen before the next page is asked for, and a reader that is gone is noticed.
    fn idle(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
