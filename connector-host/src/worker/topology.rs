//! The queues and exchanges: what is declared, and whether it is there.

use std::time::Duration;

use connector_core::{Error, ErrorKind, Result};
use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::protocol::{AMQPErrorKind, AMQPHardError, AMQPSoftError};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{Channel, Connection, ExchangeKind};

use super::names::{Names, short};

/// What can be chosen about the queues.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How long a message stays in the retry queue.
    pub delay: Duration,
    /// How often the broker delivers a message before it becomes a dead letter.
    pub delivery_limit: i64,
    /// How long replies stay in the stream that remembers them.
    pub remember: Duration,
    /// How large that stream gets, in bytes.
    pub memory_bytes: i64,
}

/// Declares every queue and exchange. What is there as it should be stays as it is.
///
/// # Errors
///
/// One sentence about the first one that is there and different.
pub async fn declare(connection: &Connection, names: &Names, shape: Shape) -> Result<Vec<String>> {
    let mut done = Vec::new();
    for queue in [vec![names.dead()], vec![names.retry()], vec![names.memory()], names.requests()].concat() {
        let arguments = arguments(names, shape, &queue);
        let channel = channel(connection).await?;
        let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        let declared = channel.queue_declare(short(&queue)?, options, arguments).await;
        declared.map_err(|error| sentence(&format!("queue {queue}"), &error))?;
        done.push(format!("queue {queue}"));
    }
    let spread = ExchangeKind::Custom("x-consistent-hash".to_owned());
    for (exchange, kind) in [(names.retry(), ExchangeKind::Fanout), (names.write(), spread)] {
        exchange_declare(&channel(connection).await?, &exchange, kind).await?;
        done.push(format!("exchange {exchange}"));
    }
    bind(&channel(connection).await?, &names.retry(), &names.retry(), "").await?;
    for queue in names.writes() {
        // The routing key of a binding is the weight of the queue.
        bind(&channel(connection).await?, &queue, &names.write(), "1").await?;
    }
    Ok(done)
}

/// Looks whether everything is there that a worker needs, and declares nothing.
///
/// # Errors
///
/// One sentence that names what is missing.
pub async fn check(connection: &Connection, names: &Names, queues: &[String]) -> Result<()> {
    for queue in queues.iter().chain(&[names.retry(), names.dead(), names.memory()]) {
        let options = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let channel = channel(connection).await?;
        let found = channel.queue_declare(short(queue)?, options, FieldTable::default()).await;
        found.map_err(|error| sentence(&format!("queue {queue}"), &error))?;
    }
    let options = ExchangeDeclareOptions { passive: true, ..ExchangeDeclareOptions::default() };
    let retry = names.retry();
    let channel = channel(connection).await?;
    let kind = ExchangeKind::Fanout;
    let found = channel.exchange_declare(short(&retry)?, kind, options, FieldTable::default());
    found.await.map_err(|error| sentence(&format!("exchange {retry}"), &error))
}

/// What the broker says about one of its things, in one sentence.
pub fn sentence(thing: &str, error: &lapin::Error) -> Error {
    let lapin::ErrorKind::ProtocolError(refusal) = error.kind() else {
        return Error::new(ErrorKind::ConnectionFailed, format!("{thing}: {error}"));
    };
    let configuration = |sentence: String| Error::new(ErrorKind::Configuration, sentence);
    match refusal.kind() {
        AMQPErrorKind::Soft(AMQPSoftError::NOTFOUND) => {
            configuration(format!("there is no {thing} at the broker"))
                .with_advice("declare everything once with 'sfsf-connector worker topology'")
        }
        AMQPErrorKind::Soft(AMQPSoftError::PRECONDITIONFAILED) => {
            configuration(format!("the {thing} is there with other properties: {}", refusal.get_message()))
                .with_advice("use another --prefix, or delete it when it is empty and declare it anew")
        }
        AMQPErrorKind::Soft(AMQPSoftError::ACCESSREFUSED) => {
            configuration(format!("the broker's user may not use the {thing}"))
                .with_advice("grant it with 'rabbitmqctl set_permissions'")
        }
        AMQPErrorKind::Hard(AMQPHardError::COMMANDINVALID) => configuration(format!(
            "the broker does not know the kind of {thing}"
        ))
        .with_advice("run 'rabbitmq-plugins enable rabbitmq_consistent_hash_exchange' at every broker"),
        _ => configuration(format!("the broker refuses the {thing}: {}", refusal.get_message())),
    }
}

fn arguments(names: &Names, shape: Shape, queue: &str) -> FieldTable {
    let mut arguments = FieldTable::default();
    let mut put = |key: &str, value: AMQPValue| {
        arguments.insert(key.into(), value);
    };
    let text = |text: &str| AMQPValue::LongString(text.into());
    if queue == names.memory() {
        // What is too old goes away a segment at a time.
        put("x-queue-type", text("stream"));
        put("x-max-age", text(&format!("{}s", shape.remember.as_secs())));
        put("x-max-length-bytes", AMQPValue::LongLongInt(shape.memory_bytes));
        put(
            "x-stream-max-segment-size-bytes",
            AMQPValue::LongLongInt((shape.memory_bytes / 8).clamp(1 << 16, 100 << 20)),
        );
        return arguments;
    }
    put("x-queue-type", text("quorum"));
    if queue == names.dead() {
        return arguments;
    }
    // A dead letter is moved only when it has arrived.
    put("x-dead-letter-strategy", text("at-least-once"));
    put("x-overflow", text("reject-publish"));
    put("x-dead-letter-exchange", text(""));
    if queue == names.retry() {
        // Back to the queue that it came from, which is the routing key it was sent with.
        put(
            "x-message-ttl",
            AMQPValue::LongLongInt(i64::try_from(shape.delay.as_millis()).unwrap_or(i64::MAX)),
        );
        return arguments;
    }
    put("x-dead-letter-routing-key", text(&names.dead()));
    put("x-delivery-limit", AMQPValue::LongLongInt(shape.delivery_limit));
    if queue != names.read() {
        put("x-single-active-consumer", AMQPValue::Boolean(true));
    }
    arguments
}

async fn channel(connection: &Connection) -> Result<Channel> {
    connection.create_channel().await.map_err(|error| sentence("channel", &error))
}

async fn exchange_declare(channel: &Channel, exchange: &str, kind: ExchangeKind) -> Result<()> {
    let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    let declared = channel.exchange_declare(short(exchange)?, kind, options, FieldTable::default()).await;
    declared.map_err(|error| sentence(&format!("exchange {exchange}"), &error))
}

async fn bind(channel: &Channel, queue: &str, exchange: &str, key: &str) -> Result<()> {
    let options = QueueBindOptions::default();
    let bound =
        channel.queue_bind(short(queue)?, short(exchange)?, key.into(), options, FieldTable::default());
    bound.await.map_err(|error| sentence(&format!("binding of {queue} to {exchange}"), &error))
}
