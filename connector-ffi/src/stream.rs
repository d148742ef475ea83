//! A stream: the events of one request, pulled by whoever wants them.

use std::sync::{Arc, Mutex, TryLockError};
use std::time::Duration;

use connector_core::operation::Operation;
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

/// Who asked, for errors that come from here.
#[derive(Clone)]
pub struct Caller {
    pub operation: Operation,
    pub correlation_id: String,
}

/// The events of one request.
pub struct Stream {
    id: RequestId,
    caller: Caller,
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
        caller: Caller,
        events: BoxStream<'static, Event>,
        cancellation: CancellationToken,
        engine: Arc<Engine>,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (sender, receiver) = channel(Limits::default().credit);
        let pump = pump(id.clone(), caller.clone(), events, sender, cancellation.clone());
        let consumer = Consumer { events: receiver, last: None, finished: false };
        (Self { id, caller, consumer: Mutex::new(consumer), cancellation, engine }, pump)
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
            Ok(None) => Ok(Some(self.ended(Error::internal("the stream broke off")))),
            Err(_) => Ok(None),
        }
    }

    fn ended(&self, error: Error) -> Event {
        ended(&self.id, &self.caller, error)
    }

    /// The next event. After a cancellation only the final one is wanted; and if something was passed over for
    /// it, it is no success, even if the request was through before the cancellation came.
    async fn wanted(&self, events: &mut Receiver<Event>) -> Option<Event> {
        let mut incomplete = false;
        loop {
            match events.recv().await? {
                Event::Result { .. } if incomplete => {
                    let error = Error::new(ErrorKind::Cancelled, "the call was cancelled");
                    return Some(self.ended(error));
                }
                event if event.is_final() || !self.cancellation.is_cancelled() => return Some(event),
                event => incomplete |= matches!(event, Event::Item { .. } | Event::Problem { .. }),
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
    caller: Caller,
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
    let _ = sender.send(ended(&id, &caller, error)).await;
}

fn ended(id: &RequestId, caller: &Caller, error: Error) -> Event {
    Event::Error { id: id.clone(), error: error.in_call(caller.operation, &caller.correlation_id) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

    use super::*;
    use connector_core::object::ConnectorObject;
    use connector_core::operation::{Operation, StreamStatus, Summary};
    use connector_core::protocol::Outcome;
    use futures_util::stream;

    fn item(sequence: u64) -> Event {
        let object = ConnectorObject {
            object_class: "User".into(),
            uid: "x".into(),
            name: "x".into(),
            attributes: Vec::new(),
        };
        Event::Item { id: RequestId::Number(1), sequence, object }
    }

    fn summary() -> Event {
        let summary = Summary { count: 2, ..Summary::new(StreamStatus::Complete) };
        Event::Result { id: RequestId::Number(1), outcome: Outcome::Summary(summary), ignored: Vec::new() }
    }

    /// A stream whose events are all there.
    fn stream_of(events: Vec<Event>) -> Stream {
        let engine = Engine::get().unwrap();
        let caller = Caller { operation: Operation::Search, correlation_id: "c-1".to_owned() };
        let id = RequestId::Number(1);
        let (events, token) = (stream::iter(events).boxed(), CancellationToken::new());
        let (stream, pump) = Stream::new(id, caller, events, token, Arc::clone(&engine));
        engine.handle().unwrap().block_on(pump);
        stream
    }

    #[test]
    fn a_cancelled_stream_whose_items_are_passed_over_is_no_success() {
        let stream = stream_of(vec![item(0), item(1), summary()]);
        assert!(matches!(stream.next(Duration::ZERO, 1), Ok(Pulled::Lines(_))));
        stream.cancel();
        let Err(failure) = stream.next(Duration::ZERO, 1) else { panic!("a short success") };
        assert_eq!(failure.status, sfsf_status::SFSF_CANCELLED);
        let json = String::from_utf8(failure.json).unwrap();
        assert!(json.contains("search: the call was cancelled [correlation c-1]"), "{json}");
    }

    #[test]
    fn a_result_of_which_nothing_is_missing_survives_a_cancellation_that_comes_too_late() {
        let stream = stream_of(vec![summary()]);
        stream.cancel();
        assert!(matches!(stream.next(Duration::ZERO, 1), Ok(Pulled::Result(_))));
    }
}
