//! A connector with what accompanies each call. The one place that runs a call.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use connector_core::object::Schema;
use connector_core::operation::{
    Explanation, GetOutcome, SaveOutcome, SchemaRequest, Summary, TestReport, TestRequest, ValueList,
};
use connector_core::protocol::{Call, Event, Meta, Outcome, Request, RequestId};
use connector_core::{Connector, Dispatcher, Error, ErrorKind};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use tokio_util::sync::CancellationToken;

use crate::sink::{EventSink, NoItems};
use crate::stop::Stop;

/// A connector with what accompanies each call.
pub struct Session {
    dispatcher: Dispatcher,
    meta: Meta,
    cancellation: CancellationToken,
    next_id: AtomicI64,
}

impl Session {
    /// A session over this connector.
    pub fn new(connector: Arc<dyn Connector>, meta: Meta, cancellation: CancellationToken) -> Self {
        Self { dispatcher: Dispatcher::new(connector), meta, cancellation, next_id: AtomicI64::new(1) }
    }

    /// Runs a call to its end. Streamed items go to the sink as they come.
    pub async fn run(&self, call: Call, sink: &mut dyn EventSink) -> Result<Outcome, Stop> {
        let id = RequestId::Number(self.next_id.fetch_add(1, Ordering::Relaxed));
        let request = Request { id, call, meta: self.meta.clone(), ignored: Vec::new() };
        let events = self.dispatcher.dispatch(request, self.cancellation.clone());
        tokio::select! {
            biased;
            outcome = drive(events, sink) => outcome,
            () = self.cancellation.cancelled() => Err(cancelled()),
        }
    }

    /// Runs a call that streams.
    pub async fn stream(&self, call: Call, sink: &mut dyn EventSink) -> Result<Summary, Stop> {
        match self.run(call, sink).await? {
            Outcome::Summary(summary) => Ok(summary),
            _ => Err(unexpected()),
        }
    }

    /// Runs a call that writes.
    pub async fn write(&self, call: Call) -> Result<SaveOutcome, Stop> {
        match self.run(call, &mut NoItems).await? {
            Outcome::Saved(outcome) => Ok(outcome),
            _ => Err(unexpected()),
        }
    }

    /// Looks one object up.
    pub async fn get(&self, call: Call) -> Result<GetOutcome, Stop> {
        match self.run(call, &mut NoItems).await? {
            Outcome::Got(outcome) => Ok(outcome),
            _ => Err(unexpected()),
        }
    }

    /// Gives a list of values.
    pub async fn values(&self, call: Call) -> Result<ValueList, Stop> {
        match self.run(call, &mut NoItems).await? {
            Outcome::Values(list) => Ok(list),
            _ => Err(unexpected()),
        }
    }

    /// Explains a filter or an object.
    pub async fn explanation(&self, call: Call) -> Result<Explanation, Stop> {
        match self.run(call, &mut NoItems).await? {
            Outcome::Explanation(explanation) => Ok(explanation),
            _ => Err(unexpected()),
        }
    }

    /// Describes the target's objects.
    pub async fn schema(&self) -> Result<Arc<Schema>, Stop> {
        match self.run(Call::Schema(SchemaRequest {}), &mut NoItems).await? {
            Outcome::Schema(schema) => Ok(schema),
            _ => Err(unexpected()),
        }
    }

    /// Tries the target.
    pub async fn test(&self) -> Result<TestReport, Stop> {
        match self.run(Call::Test(TestRequest {}), &mut NoItems).await? {
            Outcome::Test(report) => Ok(report),
            _ => Err(unexpected()),
        }
    }
}

/// Hands events on until the final one. Leaving early drops the stream, which stops the operation.
async fn drive(mut events: BoxStream<'static, Event>, sink: &mut dyn EventSink) -> Result<Outcome, Stop> {
    loop {
        let event = match events.next().now_or_never() {
            Some(event) => event,
            None => {
                sink.idle()?;
                events.next().await
            }
        };
        match event {
            Some(Event::Item { object, .. }) => sink.object(object)?,
            Some(Event::Problem { problem, .. }) => sink.problem(problem)?,
            Some(Event::Progress { progress, .. }) => sink.progress(progress)?,
            Some(Event::Gone { gone, .. }) => sink.gone(gone)?,
            Some(Event::Checkpoint { sync_token, .. }) => sink.checkpoint(sync_token)?,
            Some(Event::Result { outcome, .. }) => return Ok(outcome),
            Some(Event::Error { error, .. }) => return Err(error.into()),
            Some(Event::KeepAlive { .. }) => {}
            Some(Event::Malformed(_)) | None => return Err(unexpected()),
        }
    }
}

fn cancelled() -> Stop {
    Error::new(ErrorKind::Cancelled, "stopped").into()
}

fn unexpected() -> Stop {
    Error::internal("the connector answered with something that was not asked for").into()
}
