//! From the lines of requests to a writer of the host.

use std::panic;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context as TaskContext, Poll};
use std::thread::Thread;

use futures_util::Stream;
use futures_util::stream::{BoxStream, StreamExt};
use tracing::instrument::{WithDispatch, WithSubscriber as _};
use tracing::{Dispatch, dispatcher};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;

use super::level::LogLevel;
use crate::protocol::Event;

/// Takes what requests log to where a host can read it.
///
/// A line is `{"timestamp":…,"level":…,"message":…,"target":…,"span":{"id":…,"correlation_id":…},…}`. Lines
/// of libraries beneath the connector are left out: their debug lines may hold headers and bodies.
pub struct LogBridge {
    make: Box<dyn Fn(LogLevel) -> Dispatch + Send + Sync>,
    dispatches: [OnceLock<Dispatch>; 6],
}

impl LogBridge {
    /// A bridge for the lines of these crates, which are written in one piece, newline included.
    pub fn new<W>(targets: &'static [&'static str], writer: W) -> Self
    where
        W: for<'a> MakeWriter<'a> + Clone + Send + Sync + 'static,
    {
        let make = move |level: LogLevel| {
            let level = LevelFilter::from(level);
            let ours = Targets::new().with_targets(targets.iter().map(|target| (*target, level)));
            let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).with_span_list(false);
            let lines = lines.with_writer(writer.clone());
            Dispatch::new(tracing_subscriber::registry().with(ours).with(lines))
        };
        Self { make: Box::new(make), dispatches: Default::default() }
    }

    /// Starts a stream of events and lets everything it logs go over this bridge.
    pub fn follow(
        &self,
        level: LogLevel,
        start: impl FnOnce() -> BoxStream<'static, Event>,
    ) -> BoxStream<'static, Event> {
        let dispatch = self.dispatch(level);
        let events = dispatcher::with_default(&dispatch, start);
        Followed { dispatch, events }.boxed()
    }

    /// The same work, with everything it logs going over this bridge.
    pub fn accompany<F: Future>(&self, level: LogLevel, work: F) -> WithDispatch<F> {
        work.with_subscriber(self.dispatch(level))
    }

    /// Does something, and lets everything it logs go over this bridge.
    pub fn within<T>(&self, level: LogLevel, work: impl FnOnce() -> T) -> T {
        dispatcher::with_default(&self.dispatch(level), work)
    }

    fn dispatch(&self, level: LogLevel) -> Dispatch {
        self.dispatches[level as usize].get_or_init(|| (self.make)(level)).clone()
    }
}

/// Logs panics of the threads that `ours` picks out, in the place of printing them. Others are left to
/// whoever handled them before.
pub fn route_panics(ours: fn(&Thread) -> bool) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !ours(&std::thread::current()) {
            return before(info);
        }
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "the connector failed unexpectedly");
    }));
}

struct Followed {
    dispatch: Dispatch,
    events: BoxStream<'static, Event>,
}

impl Stream for Followed {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Event>> {
        let this = &mut *self;
        dispatcher::with_default(&this.dispatch, || this.events.poll_next_unpin(context))
    }
}
