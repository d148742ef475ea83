//! What becomes of a message whose request failed.

use std::time::{Instant, SystemTime};

use connector_core::protocol::Event;
use connector_core::{Error, ErrorKind, Retry};
use lapin::BasicProperties;
use lapin::message::Delivery;
use lapin::types::{AMQPValue, ShortString};

use super::Worker;
use super::envelope::{ATTEMPTS, DEADLINE, Envelope, KEY, QUEUE, REASON, milliseconds, own_headers};
use super::publisher::{Lost, Outgoing, Published, Publisher};

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is answered, and done.
    Answer,
    /// It comes again later.
    Delay,
    /// It is answered, and a copy of it is kept for a person to look at.
    DeadLetter,
    /// It is left to whoever gets it next.
    Leave,
}

/// What becomes of a message whose request ended so.
///
/// `heard` says whether somebody waits for a reply, `late` whether the sender's time is over.
pub fn fate(worker: &Worker, envelope: &Envelope, end: &Event, begun: bool) -> Fate {
    let Event::Error { error, .. } = end else { return Fate::Answer };
    let heard = envelope.reply_to.is_some();
    let late = envelope.deadline.is_some_and(|deadline| deadline <= SystemTime::now());
    match (error.kind(), error.retry()) {
        (ErrorKind::Cancelled, _) => Fate::Leave,
        (ErrorKind::Internal | ErrorKind::TargetProtocol, Retry::Never) => Fate::DeadLetter,
        (_, Retry::Later { .. }) if late || begun => answer(heard),
        (_, Retry::Later { .. }) if envelope.attempts < worker.settings.retries => Fate::Delay,
        (_, Retry::Later { .. }) => Fate::DeadLetter,
        (_, Retry::Never) => answer(heard),
    }
}

/// A failure that nobody hears of is kept.
fn answer(heard: bool) -> Fate {
    if heard { Fate::Answer } else { Fate::DeadLetter }
}

/// Sends a message to the retry queue. `failed` says whether it was tried.
///
/// # Errors
///
/// The connection is gone, or there is no retry queue.
pub async fn delay(
    worker: &Worker,
    publisher: &Publisher,
    delivery: &Delivery,
    envelope: &Envelope,
    queue: &ShortString,
    failed: bool,
) -> Result<(), Lost> {
    let mut headers = own_headers(delivery.properties.headers().as_ref());
    let attempts = envelope.attempts + u32::from(failed);
    headers.insert(ATTEMPTS.into(), AMQPValue::LongLongInt(i64::from(attempts)));
    if let Some(deadline) = envelope.deadline {
        headers.insert(DEADLINE.into(), AMQPValue::LongLongInt(milliseconds(deadline)));
    }
    if delivery.exchange.as_str() == worker.settings.names.write() {
        headers.insert(KEY.into(), AMQPValue::LongString(delivery.routing_key.as_str().into()));
    }
    worker.metrics.delayed.up();
    let properties = copied(&delivery.properties).with_headers(headers);
    let exchange = worker.settings.names.retry();
    must_arrive(publisher, &exchange, queue.clone(), &delivery.data, properties).await
}

/// Sends a copy of a message, without its secrets, to the dead letters. It keeps the `deadline` after which nobody
/// waits for it any more.
///
/// # Errors
///
/// The connection is gone, or there is no queue for dead letters.
pub async fn bury(
    worker: &Worker,
    publisher: &Publisher,
    delivery: &Delivery,
    queue: &str,
    error: &Error,
    deadline: Option<SystemTime>,
) -> Result<(), Lost> {
    let mut headers = worker.secrets.headers(&own_headers(delivery.properties.headers().as_ref()));
    let reason = format!("{}: {}", error.kind(), error.message());
    headers.insert(REASON.into(), AMQPValue::LongString(reason.into()));
    headers.insert(QUEUE.into(), AMQPValue::LongString(queue.into()));
    if let Some(deadline) = deadline {
        headers.insert(DEADLINE.into(), AMQPValue::LongLongInt(milliseconds(deadline)));
    }
    worker.metrics.dead.up();
    tracing::error!(queue, kind = %error.kind(), "a message became a dead letter");
    let properties = copied(&delivery.properties).with_headers(headers);
    let body = worker.secrets.message(&delivery.data);
    let dead = ShortString::try_new(worker.settings.names.dead()).map_err(|_| Lost)?;
    must_arrive(publisher, "", dead, &body, properties).await
}

async fn must_arrive(
    publisher: &Publisher,
    exchange: &str,
    routing_key: ShortString,
    body: &[u8],
    properties: BasicProperties,
) -> Result<(), Lost> {
    let exchange = ShortString::try_new(exchange).map_err(|_| Lost)?;
    let message = Outgoing { exchange, routing_key, body, properties };
    let until = Instant::now() + std::time::Duration::from_secs(60);
    match publisher.publish(&message, until).await? {
        Published::Confirmed => Ok(()),
        // The check before the next connection says which queue is missing.
        Published::Unroutable | Published::Full => Err(publisher.give_up()),
    }
}

/// The properties of a message, to be sent on. It must not expire where it goes.
pub fn copied(before: &BasicProperties) -> BasicProperties {
    let mut copy = BasicProperties::default().with_delivery_mode(2);
    if let Some(kind) = before.content_type().clone() {
        copy = copy.with_content_type(kind);
    }
    if let Some(encoding) = before.content_encoding().clone() {
        copy = copy.with_content_encoding(encoding);
    }
    if let Some(id) = before.message_id().clone() {
        copy = copy.with_message_id(id);
    }
    if let Some(id) = before.correlation_id().clone() {
        copy = copy.with_correlation_id(id);
    }
    if let Some(queue) = before.reply_to().clone() {
        copy = copy.with_reply_to(queue);
    }
    match *before.timestamp() {
        Some(at) => copy.with_timestamp(at),
        None => copy,
    }
}
