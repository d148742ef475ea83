//! `import`: everybody, or who has changed since the last time.

use std::io;

use connector_core::Error;
use connector_core::object::ConnectorObject;
use connector_core::operation::{Gone, ImportRequest, Problem, Progress, Summary, SyncToken};
use connector_core::protocol::Call;

use super::stream::{Printer, exit};
use crate::app::App;
use crate::cli::ImportArgs;
use crate::exit::Exit;
use crate::output::{Format, counted};
use crate::private::Replacement;
use crate::report::Report;
use crate::session::Session;
use crate::sink::EventSink;
use crate::state::{Closing, Run};
use crate::stop::Stop;

/// Streams the objects, and remembers how far it has come.
pub async fn run(args: &ImportArgs, app: &mut App) -> Result<Exit, Stop> {
    let format = format(args, app)?;
    let class = &args.selection.class.object_class;
    let page = args.report.as_deref().map(Replacement::begin).transpose()?;
    let state = args.state.as_deref().map(|path| Run::begin(path, class, args.full)).transpose()?;
    let request = state.as_ref().map_or_else(|| args.request(), |state| state.complete(args.request()));
    let session = app.session().await?;
    let tells_gone = args.state.is_some() || request.sync_token.is_some();
    let printer = Printer::new(app, &session, &args.selection, format, tells_gone).await?;
    if state.as_ref().is_some_and(Run::goes_on) {
        printer.console().note("going on from the last checkpoint");
    }
    let full_already = state.as_ref().is_none_or(Run::is_full);
    let mut sink =
        Recorder { printer, state, failure: None, report: args.report.as_ref().map(|_| Report::new(class)) };
    let ended = session.stream(Call::Import(request), &mut sink).await;
    let ended = sink.end(ended, args.max_gone);
    if let (Some(page), Some(report)) = (page, &sink.report) {
        let text = report.page(ended.as_ref(), chrono::Utc::now());
        page.finish(|file| io::Write::write_all(file, text.as_bytes()))?;
    }
    let exit = exit(&ended?);
    if args.inventory && !full_already {
        let counted = take_inventory(args, &session).await?;
        tell(sink.printer.console(), &counted);
    }
    Ok(exit)
}

/// A state holds what was written, so only formats will do that write as things come.
fn format(args: &ImportArgs, app: &App) -> Result<Format, Error> {
    match (args.state.is_some(), app.global.output) {
        (false, _) => Ok(app.format()),
        (true, None) => Ok(Format::Ndjson),
        (true, Some(format @ (Format::Ndjson | Format::Csv))) => Ok(format),
        (true, Some(_)) => Err(Error::invalid_request("--state needs --output ndjson or csv")
            .with_advice("a table or a JSON document that was killed half-way cannot be gone on with")),
    }
}

/// Reads the keys of everybody, and compares them with those who are known.
async fn take_inventory(args: &ImportArgs, session: &Session) -> Result<(Closing, u8), Stop> {
    let (Some(path), selection) = (args.state.as_deref(), &args.selection) else {
        return Ok((Closing::default(), args.max_gone));
    };
    let mut sink = Inventory(Run::inventory(path, &selection.class.object_class)?);
    let request = ImportRequest {
        filter: selection.filter.clone(),
        attributes_to_get: Some(Vec::new()),
        ..ImportRequest::new(selection.class.object_class.clone())
    };
    session.stream(Call::Import(request), &mut sink).await?;
    Ok((sink.0.close_inventory(args.max_gone)?, args.max_gone))
}

/// Says who is missing.
fn tell(console: &crate::console::Console, (closing, max_gone): &(Closing, u8)) {
    if let Some((missing, known)) = closing.suspicious {
        console.warn(format_args!(
            "{missing} of {known} did not come, more than {max_gone} %: this is taken for a mistake, and nobody is let \
             go; see whether the API user still sees everybody, or say --max-gone 100"
        ));
    } else if closing.missing > 0 {
        let missing = counted(closing.missing as u64, "object");
        console.note(format_args!(
            "{missing} did not come; the next run looks for them before it says that they are gone"
        ));
    }
}

/// Keeps keys, and nothing else.
struct Inventory(Run);

impl EventSink for Inventory {
    fn object(&mut self, object: ConnectorObject) -> io::Result<()> {
        self.0.came(&object.uid)
    }

    /// Whoever cannot be read is there.
    fn problem(&mut self, problem: Problem) -> io::Result<()> {
        problem.error.context().uid.as_ref().map_or(Ok(()), |uid| self.0.came(uid))
    }
}

/// Prints what comes, and remembers it.
struct Recorder<'a> {
    printer: Printer<'a>,
    state: Option<Run>,
    /// Why the state could not be written.
    failure: Option<Error>,
    report: Option<Report>,
}

impl Recorder<'_> {
    fn end(&mut self, ended: Result<Summary, Stop>, max_gone: u8) -> Result<Summary, Stop> {
        let ended = match self.failure.take() {
            Some(failure) => Err(failure.into()),
            None => ended,
        };
        let state = self.state.take();
        let ended = ended.map(|mut summary| {
            if let (Some(state), Some(figures)) = (&state, &mut summary.import) {
                figures.created = Some(state.created);
                figures.updated = Some(state.updated);
            }
            summary
        });
        let summary = self.printer.end(ended, false)?;
        match state {
            Some(state) => {
                tell(self.printer.console(), &(state.close(summary.sync_token.clone(), max_gone)?, max_gone))
            }
            None => self.tell_token(&summary),
        }
        Ok(summary)
    }

    fn tell_token(&self, summary: &Summary) {
        if let Some(token) = &summary.sync_token {
            self.printer.console().note(format_args!("what changes from now on: --since {token}"));
        }
    }
}

impl EventSink for Recorder<'_> {
    fn object(&mut self, object: ConnectorObject) -> io::Result<()> {
        if let Some(state) = &mut self.state {
            state.came(&object.uid)?;
        }
        if let Some(report) = &mut self.report {
            report.object(&object);
        }
        self.printer.object(object)
    }

    fn problem(&mut self, problem: Problem) -> io::Result<()> {
        // Whoever cannot be read is there. Of another problem the object comes, too, and is counted then.
        if let (Some(state), Some(uid), true) =
            (&mut self.state, &problem.error.context().uid, problem.kind.loses_object())
        {
            state.came(uid)?;
        }
        if let Some(report) = &mut self.report {
            report.problem(&problem);
        }
        self.printer.problem(problem)
    }

    fn progress(&mut self, progress: Progress) -> io::Result<()> {
        self.printer.progress(progress)
    }

    fn gone(&mut self, gone: Gone) -> io::Result<()> {
        // Whom nobody knew need not be let go of.
        if self.state.as_mut().is_some_and(|state| !state.gone(&gone.uid)) {
            return Ok(());
        }
        if let Some(report) = &mut self.report {
            report.gone(&gone);
        }
        self.printer.gone(gone)
    }

    /// First what came is written, and then that it was.
    fn checkpoint(&mut self, token: SyncToken) -> io::Result<()> {
        self.printer.idle()?;
        let Some(state) = &mut self.state else { return Ok(()) };
        state.checkpoint(token).map_err(|error| {
            let told = io::Error::other(error.to_string());
            self.failure = Some(error);
            told
        })
    }

    fn idle(&mut self) -> io::Result<()> {
        self.printer.idle()
    }
}
