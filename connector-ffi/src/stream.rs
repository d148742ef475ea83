//! A stream: the events of one request, pulled by whoever wants them.

use std::sync::{Arc, Mutex, TryLockError};
use std::time::Duration;

use connector_core::protocol::{Event, Limits, RequestId};
use connector_core::{Error, ErrorKind};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::abi::sfsf_status;
use crate::engine::Engine;
use crate::failure::{Failure, line};
use crate::log;

/// A stream that nobody asked for more is given up after this time.
const ABANDONED: Duration = Duration::from_secs(600);

/// About so many bytes come at a time, however many items were asked for.
const BATCH_BYTES: usize = 1 << 20;

/// The events of one request.
pub struct Stream {
    id: RequestId,
    consumer: Mutex<Consumer>,
    cancellation: CancellationToken,
    engine: Arc<Engine>,
}

struct Consumer {
    events: Receiver<Event>,
    /// The final event, which comes by itself after all others.
    last: Option<Event>,
    finished: bool,
}

/// What a look at the stream brought.
pub enum Pulled {
    /// Events, one a line.
    Lines(Vec<u8>),
    /// The result, which is the end.
    Result(Vec<u8>),
    /// Nothing yet.
    Nothing,
}

impl Stream {
    /// A stream, and what has to be driven for events to come.
    pub fn new(
        id: RequestId,
        events: BoxStream<'static, Event>,
        cancellation: CancellationToken,
        engine: Arc<Engine>,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (sender, receiver) = channel(Limits::default().credit);
        let pump = pump(id.clone(), events, sender, cancellation.clone());
        let consumer = Consumer { events: receiver, last: None, finished: false };
        (Self { id, consumer: Mutex::new(consumer), cancellation, engine }, pump)
    }

    /// Ends the stream with an error of kind `cancelled`. It may be called at any time, from any thread.
    pub fn cancel(&self) {
        self.cancellation.cancel();
    }

    /// Waits for events and takes up to `most` of them.
    pub fn next(&self, wait: Duration, most: usize) -> Result<Pulled, Failure> {
        let mut consumer = match self.consumer.try_lock() {
            Ok(consumer) => consumer,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                let sentence = "another thread is waiting for events of this stream";
                return Err(Failure::misuse(sfsf_status::SFSF_BUSY, sentence));
            }
        };
        if consumer.finished {
            let sentence = "this stream has ended; free it with sfsf_stream_free";
            return Err(Failure::misuse(sfsf_status::SFSF_FINISHED, sentence));
        }
        let event = match consumer.last.take() {
            Some(event) => event,
            None => match self.wait(&mut consumer.events, wait)? {
                Some(event) => event,
                None => return Ok(Pulled::Nothing),
            },
        };
        if event.is_final() {
            consumer.finished = true;
            return match event {
                Event::Result { .. } => Ok(Pulled::Result(line(&event))),
                event => Err(Failure::event(&event)),
            };
        }
        Ok(Pulled::Lines(consumer.batch(&event, most)))
    }

    fn wait(&self, events: &mut Receiver<Event>, wait: Duration) -> Result<Option<Event>, Failure> {
        let handle = self.engine.handle().ok_or_else(|| Error::internal("the library is ending"))?;
        match handle.block_on(async { timeout(wait, self.wanted(events)).await }) {
            Ok(Some(event)) => Ok(Some(event)),
            // The sender is gone without a final event only if its task died.
            Ok(None) => Ok(Some(ended(&self.id, Error::internal("the stream broke off")))),
            Err(_) => Ok(None),
        }
    }

    /// The next event. After a cancellation only the final one is wanted.
    async fn wanted(&self, events: &mut Receiver<Event>) -> Option<Event> {
        loop {
            let event = events.recv().await?;
            if event.is_final() || !self.cancellation.is_cancelled() {
                return Some(event);
            }
        }
    }
}

impl Consumer {
    /// The lines of this event and of those that are there already.
    fn batch(&mut self, first: &Event, most: usize) -> Vec<u8> {
        let mut lines = line(first);
        lines.push(b'\n');
        for _ in 1..most.max(1) {
            if lines.len() >= BATCH_BYTES {
                break;
            }
            match self.events.try_recv() {
                Ok(event) if event.is_final() => {
                    self.last = Some(event);
                    break;
                }
                Ok(event) => {
                    lines.append(&mut line(&event));
                    lines.push(b'\n');
                }
                Err(_) => break,
            }
        }
        lines
    }
}

impl Drop for Stream {
    /// Nobody wants the rest.
    fn drop(&mut self) {
        self.cancellation.cancel();
    }
}

/// Brings events as far as there is room for them.
async fn pump(
    id: RequestId,
    mut events: BoxStream<'static, Event>,
    sender: Sender<Event>,
    cancellation: CancellationToken,
) {
    loop {
        let Some(event) = events.next().await else { return };
        let last = event.is_final();
        tokio::select! {
            biased;
            // The dispatcher says next that the request was cancelled.
            () = cancellation.cancelled(), if !last => {}
            sent = timeout(ABANDONED, sender.send(event)) => match sent {
                Ok(Ok(())) if !last => {}
                Ok(_) => return,
                Err(_) => break,
            },
        }
    }
    drop(events);
    let error =
        Error::new(ErrorKind::Timeout, "the stream was given up: nobody asked for more for 10 minutes");
    log::bridge().within(log::level(), || tracing::warn!(%id, "{error}"));
    // Waits until somebody makes room, or frees the stream.
    let _ = sender.send(ended(&id, error)).await;
}

fn ended(id: &RequestId, error: Error) -> Event {
    Event::Error { id: id.clone(), error }
}
