//! From a typed request to a stream of events: the one way into a connector, for every carrier.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use futures_util::future::{self, Either, FutureExt, select};
use futures_util::stream::{self, BoxStream, StreamExt};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::connector::Connector;
use crate::context::Context;
use crate::error::{Effect, Error, ErrorKind, Result};
use crate::log::Spanned;
use crate::manifest::ObjectClassManifest;
use crate::meter::Meter;
use crate::object::Secret;
use crate::operation::{ExplainRequest, ImportRequest, Item, ItemStream, Operation, Problem, Subject};
use crate::protocol::{Call, Event, Outcome, Request, RequestId};

/// Hands requests to a connector and turns what comes back into events.
#[derive(Clone)]
pub struct Dispatcher {
    connector: Arc<dyn Connector>,
}

impl Dispatcher {
    /// A dispatcher for this connector.
    pub fn new(connector: Arc<dyn Connector>) -> Self {
        Self { connector }
    }

    /// The connector behind it.
    pub fn connector(&self) -> &Arc<dyn Connector> {
        &self.connector
    }

    /// Carries a request out. Nothing happens until the stream is polled; dropping it stops the
    /// operation. The stream ends with exactly one [`Event::Result`] or [`Event::Error`], a panic in
    /// the connector included.
    pub fn dispatch(&self, request: Request, cancellation: CancellationToken) -> BoxStream<'static, Event> {
        self.dispatch_metered(request, cancellation, Meter::default())
    }

    /// The same, with a meter that tells what the request has cost so far, for a carrier that may drop the stream
    /// before its summary.
    pub fn dispatch_metered(
        &self,
        request: Request,
        cancellation: CancellationToken,
        meter: Meter,
    ) -> BoxStream<'static, Event> {
        let Request { id, call, meta, ignored } = request;
        let context = meta.context(cancellation).with_meter(meter);
        let span = tracing::error_span!("request", id = %id, correlation_id = context.correlation_id());
        let mut journal = Journal::of(&call);
        let call_site = CallSite { id, operation: call.operation(), context, ignored };
        let events = span.in_scope(|| self.start(call_site, call));
        let events = events.inspect(move |event| journal.note(event)).boxed();
        Spanned { span, events }.boxed()
    }

    /// A new bearer token of the connector's user. As every request does, this leaves a line in the log; the token is
    /// not in it.
    ///
    /// # Errors
    ///
    /// As [`Connector::access_token`], or that the call was cancelled.
    pub async fn access_token(&self, context: &Context) -> Result<Secret> {
        let obtain = async {
            let journal = Journal::new("access_token", String::new());
            let obtained = self.connector.access_token(context);
            let obtained = match context.cancellation().run_until_cancelled(obtained).await {
                Some(obtained) => obtained,
                None => Err(cancelled()),
            };
            journal.end(obtained.as_ref().map_or_else(|error| error.kind().as_str(), |_| DONE));
            obtained
        };
        let span = tracing::error_span!("request", correlation_id = context.correlation_id());
        obtain.instrument(span).await
    }

    fn start(&self, call_site: CallSite, call: Call) -> BoxStream<'static, Event> {
        if let Err(error) = self.admit(&call, &call_site.context) {
            return stream::iter([call_site.failed(error)]).boxed();
        }
        match call {
            Call::Search(search) => {
                let items = self.connector.search(&call_site.context, search);
                call_site.stream(items)
            }
            Call::Import(import) => {
                let items = self.connector.import(&call_site.context, import);
                call_site.stream(items)
            }
            call => call_site.single(Arc::clone(&self.connector), call),
        }
    }

    /// Refuses what the manifest does not offer, before anything is sent.
    fn admit(&self, call: &Call, context: &Context) -> Result<()> {
        context.check()?;
        call.check_identities()?;
        let manifest = self.connector.manifest();
        if let (Call::Lookup(_), true) = (call, manifest.lookups.is_empty()) {
            return Err(Error::unsupported(format!("{} has no lists of values", manifest.name)));
        }
        let Some(name) = call.object_class() else { return Ok(()) };
        let Some(class) = manifest.object_class(name) else {
            let known: Vec<_> = manifest.object_classes.iter().map(|class| class.name.as_str()).collect();
            return Err(Error::invalid_request(format!(
                "there is no object class '{name}'; there is {}",
                known.join(", ")
            )));
        };
        if class.operations.contains(&call.operation()) {
            return admit_options(call, class);
        }
        let operation = call.operation();
        Err(Error::unsupported(format!("{} does not {operation} objects of class '{name}'", manifest.name)))
    }
}

/// No option of a request is ignored in silence.
fn admit_options(call: &Call, class: &ObjectClassManifest) -> Result<()> {
    match call {
        Call::Get(get) => class.admit_day("as_of", get.as_of),
        Call::Search(search) => class.admit_day("as_of", search.as_of),
        Call::Import(import) => admit_import(import, class),
        Call::Save(save) => class.admit_save(save),
        Call::Explain(ExplainRequest { subject: Subject::Save(save), .. }) => {
            if !class.save.dry_run || !class.operations.contains(&Operation::Save) {
                let message = format!("a save of class '{}' cannot be explained", class.name);
                return Err(Error::unsupported(message).with_attributes(["save".into()]));
            }
            class.admit_save(&save.request(class.name.clone()))
        }
        _ => Ok(()),
    }
}

fn admit_import(import: &ImportRequest, class: &ObjectClassManifest) -> Result<()> {
    let name = &class.name;
    class.admit_day("as_of", import.as_of)?;
    if import.as_of.is_some() && (import.sync_token.is_some() || import.token_only) {
        let message =
            "what has changed is told as of today, so as_of goes with neither sync_token nor token_only";
        return Err(Error::invalid_request(message).with_attributes(["as_of".into()]));
    }
    if import.sync_token.is_some() && !class.import.delta {
        let message =
            format!("objects of class '{name}' are imported as a whole, and not since a sync token");
        return Err(Error::unsupported(message).with_attributes(["sync_token".into()]));
    }
    if import.token_only && !class.import.delta {
        let message = format!("objects of class '{name}' are imported as a whole, and without sync tokens");
        return Err(Error::unsupported(message).with_attributes(["token_only".into()]));
    }
    if import.token_only && (import.sync_token.is_some() || !import.missing.is_empty()) {
        let message = "token_only brings nobody, so it goes with neither sync_token nor missing";
        return Err(Error::invalid_request(message).with_attributes(["token_only".into()]));
    }
    if !import.missing.is_empty() && !class.import.missing {
        let message = format!("objects of class '{name}' that are missing are not looked for");
        return Err(Error::unsupported(message).with_attributes(["missing".into()]));
    }
    Ok(())
}

/// The outcome of a request that did not fail.
const DONE: &str = "done";

/// What is logged about one request: a line at its end.
struct Journal {
    operation: &'static str,
    object_class: String,
    started: Instant,
    items: u64,
}

impl Journal {
    fn of(call: &Call) -> Self {
        let object_class = call.object_class().map(ToString::to_string).unwrap_or_default();
        Self::new(call.operation().as_str(), object_class)
    }

    fn new(operation: &'static str, object_class: String) -> Self {
        Self { operation, object_class, started: Instant::now(), items: 0 }
    }

    fn note(&mut self, event: &Event) {
        let outcome = match event {
            Event::Item { .. } => {
                self.items += 1;
                return;
            }
            Event::Result { .. } => DONE,
            Event::Error { error, .. } => error.kind().as_str(),
            _ => return,
        };
        self.end(outcome);
    }

    fn end(&self, outcome: &str) {
        let Self { operation, object_class, items, .. } = self;
        let elapsed_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(operation, object_class, outcome, items, elapsed_ms, "request ended");
    }
}

/// What events and errors of one request refer to.
struct CallSite {
    id: RequestId,
    operation: Operation,
    context: Context,
    /// The fields of the request that nobody reads.
    ignored: Vec<String>,
}

impl CallSite {
    fn failed(&self, error: Error) -> Event {
        let error = self.locate(error).with_ignored(self.ignored.clone());
        Event::Error { id: self.id.clone(), error }
    }

    fn locate(&self, error: Error) -> Error {
        error.in_call(self.operation, self.context.correlation_id())
    }

    fn single(self, connector: Arc<dyn Connector>, call: Call) -> BoxStream<'static, Event> {
        let work = async move {
            let work = AssertUnwindSafe(run(&*connector, &self.context, call)).catch_unwind();
            let cancellation = self.context.cancellation().cancelled();
            // A connector that notices the cancellation itself goes first: it knows what it did.
            let result = match select(pin!(work), pin!(cancellation)).await {
                Either::Left((Ok(result), _)) => result,
                Either::Left((Err(panic), _)) => Err(self.unsettled(panicked(&*panic))),
                Either::Right(_) => Err(self.unsettled(cancelled())),
            };
            match result {
                Ok(outcome) => Event::Result { id: self.id, outcome, ignored: self.ignored },
                Err(error) => self.failed(error),
            }
        };
        stream::once(work).boxed()
    }

    /// Nobody knows how far the connector came.
    fn unsettled(&self, error: Error) -> Error {
        if self.operation.writes() { error.with_effect(Effect::Unknown) } else { error }
    }

    fn stream(self, items: ItemStream) -> BoxStream<'static, Event> {
        let cancellation = self.context.cancellation().clone();
        let items = AssertUnwindSafe(items)
            .catch_unwind()
            .map(|item| item.unwrap_or_else(|panic| Err(panicked(&*panic))))
            // A connector need not watch the cancellation: its stream ends here, and is dropped.
            .take_until(cancellation.clone().cancelled_owned())
            .chain(stream::once(future::lazy(move |_| Err(cut_short(&cancellation)))));
        let mut sequence = 0;
        let mut ended = false;
        let events = items.map(move |item| self.event(item, &mut sequence));
        // The event that ends a request is the last one, whatever a faulty connector sends after it.
        events
            .take_while(move |event| future::ready(!std::mem::replace(&mut ended, event.is_final())))
            .boxed()
    }

    fn event(&self, item: Result<Item>, sequence: &mut u64) -> Event {
        let id = self.id.clone();
        match item {
            Ok(Item::Object(object)) => {
                *sequence += 1;
                Event::Item { id, sequence: *sequence - 1, object }
            }
            Ok(Item::Problem(Problem { kind, error })) => {
                Event::Problem { id, problem: Problem { kind, error: self.locate(error) } }
            }
            Ok(Item::Progress(progress)) => Event::Progress { id, progress },
            Ok(Item::Gone(gone)) => Event::Gone { id, gone },
            Ok(Item::Checkpoint(token)) => Event::Checkpoint { id, sync_token: token },
            Ok(Item::End(summary)) => {
                let ignored = self.ignored.clone();
                Event::Result { id, outcome: Outcome::Summary(summary), ignored }
            }
            Err(error) => self.failed(error),
        }
    }
}

async fn run(connector: &dyn Connector, context: &Context, call: Call) -> Result<Outcome> {
    Ok(match call {
        Call::Test(_) => Outcome::Test(connector.test(context).await?),
        Call::Schema(_) => Outcome::Schema(connector.schema(context).await?),
        Call::Get(request) => Outcome::Got(connector.get(context, &request).await?),
        Call::Save(request) => Outcome::Saved(connector.save(context, &request).await?),
        Call::Delete(id) => Outcome::Saved(connector.delete(context, &id).await?),
        Call::Suspend(id) => Outcome::Saved(connector.suspend(context, &id).await?),
        Call::Resume(id) => Outcome::Saved(connector.resume(context, &id).await?),
        Call::ResetPassword(request) => Outcome::Saved(connector.reset_password(context, &request).await?),
        Call::Lookup(request) => Outcome::Values(connector.lookup(context, &request).await?),
        Call::Explain(request) => Outcome::Explanation(connector.explain(context, &request).await?),
        Call::Search(_) | Call::Import(_) => {
            return Err(Error::internal("a stream was asked for one answer"));
        }
    })
}

/// Why a stream has neither summary nor error.
fn cut_short(cancellation: &CancellationToken) -> Error {
    if cancellation.is_cancelled() {
        return cancelled();
    }
    Error::internal("the stream ended without a summary")
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "the call was cancelled")
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Error::new(ErrorKind::Internal, format!("the connector failed unexpectedly: {text}"))
        .with_advice("please report this with the correlation id")
}
