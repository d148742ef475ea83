//! A connection: one connector, and what runs in it.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use connector_core::log::LogLevel;
use connector_core::protocol::{Call, Event, Request};
use connector_core::{Connector, Context, Dispatcher, Error, Result};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::failure::{Failure, line};
use crate::log;
use crate::status::sfsf_status;
use crate::stream::{Caller, Stream};

/// One connector, shared by every thread that uses it.
pub struct Connection {
    dispatcher: Dispatcher,
    cancellation: CancellationToken,
    engine: Arc<Engine>,
}

impl Connection {
    pub fn new(connector: Arc<dyn Connector>) -> Result<Self> {
        Ok(Self {
            dispatcher: Dispatcher::new(connector),
            cancellation: CancellationToken::new(),
            engine: Engine::get()?,
        })
    }

    /// Carries a request out that has one answer, and waits for it.
    pub fn call(&self, request: Request) -> Result<Vec<u8>, Failure> {
        if matches!(request.call, Call::Search(_) | Call::Import(_)) {
            let sentence =
                format!("{} brings a stream; ask for it with sfsf_start", request.call.operation());
            return Err(Failure::misuse(sfsf_status::SFSF_MALFORMED, &sentence));
        }
        let events = self.events(request, self.cancellation.child_token());
        // The work is done on threads whose stack is ours to choose; this one only waits.
        let (sender, receiver) = sync_channel(1);
        self.spawn(async move {
            let last = events.fold(None, async |_, event| Some(event)).await;
            // Nobody waits any more only if the waiting thread is gone.
            let _ = sender.send(last);
        })?;
        match receiver.recv() {
            Ok(Some(event @ Event::Result { .. })) => Ok(line(&event)),
            Ok(Some(event)) => Err(Failure::event(&event)),
            Ok(None) | Err(_) => {
                Err(Failure::of(sfsf_status::SFSF_INTERNAL, &Error::internal("there is no answer")))
            }
        }
    }

    /// Starts a request, whose events are then asked for.
    pub fn start(&self, mut request: Request) -> Result<Stream, Failure> {
        let cancellation = self.cancellation.child_token();
        let id = request.id.clone();
        let fresh = || Context::new().correlation_id().to_owned();
        let correlation_id = request.meta.correlation_id.get_or_insert_with(fresh).clone();
        let caller = Caller { operation: request.call.operation(), correlation_id };
        let events = self.events(request, cancellation.clone());
        let (stream, pump) = Stream::new(id, caller, events, cancellation, Arc::clone(&self.engine));
        self.spawn(pump)?;
        Ok(stream)
    }

    /// A new bearer token, as JSON. It waits this long for the tenant; as long as it takes, if nothing is said.
    pub fn access_token(&self, wait: Option<Duration>) -> Result<Vec<u8>, Failure> {
        let mut context = Context::new().with_cancellation(self.cancellation.child_token());
        if let Some(wait) = wait {
            context = context.with_timeout(wait);
        }
        let dispatcher = self.dispatcher.clone();
        let (sender, receiver) = sync_channel(1);
        let obtain = async move {
            let _ = sender.send(dispatcher.access_token(&context).await);
        };
        self.spawn(log::bridge().accompany(log::level(), obtain))?;
        match receiver.recv() {
            Ok(Ok(token)) => Ok(json!({"access_token": token.expose()}).to_string().into_bytes()),
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(Failure::of(sfsf_status::SFSF_INTERNAL, &Error::internal("there is no answer"))),
        }
    }

    /// Ends everything that runs in it.
    pub fn close(&self) {
        self.cancellation.cancel();
    }

    fn events(&self, request: Request, cancellation: CancellationToken) -> BoxStream<'static, Event> {
        let level: LogLevel = request.meta.log.unwrap_or_else(log::level);
        log::bridge().follow(level, || self.dispatcher.dispatch(request, cancellation))
    }

    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> Result<(), Failure> {
        let handle = self.engine.handle().ok_or_else(|| Error::internal("the library is ending"))?;
        drop(handle.spawn(work));
        Ok(())
    }
}
