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

/// What became of the topology.
#[derive(Debug, Default, serde::Serialize)]
pub struct Declared {
    /// What is there now.
    pub declared: Vec<String>,
    /// How many messages went from a queue to the one that took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<u64>,
}

/// Declares every queue and exchange. What is there as it should be stays as it is.
///
/// # Errors
///
/// One sentence about the first one that is there and different.
pub async fn declare(connection: &Connection, names: &Names, shape: Shape) -> Result<Declared> {
    check_complete(connection, names).await?;
    if Found::at(connection, names).await?.is_other(names) {
        check_write_queues(connection, names).await?;
    }
    Ok(Declared { declared: declare_all(connection, names, shape).await?, moved: None })
}

/// Declares every queue and exchange, whatever is there.
///
/// # Errors
///
/// As [`declare`].
pub(super) async fn declare_all(connection: &Connection, names: &Names, shape: Shape) -> Result<Vec<String>> {
    let mut done = Vec::new();
    for queue in all_queues(names) {
        if !declare_queue(connection, names, shape, &queue).await? {
            // The same again, for the broker's own words.
            let refused = try_declare(connection, &queue, arguments(names, shape, &queue)).await;
            refused.map_err(|error| sentence(&format!("queue {queue}"), &error))?;
        }
        done.push(format!("queue {queue}"));
    }
    let spread = ExchangeKind::Custom("x-consistent-hash".to_owned());
    let fanout = ExchangeKind::Fanout;
    for (exchange, kind) in [(names.retry(), fanout.clone()), (names.read(), fanout), (names.write(), spread)]
    {
        exchange_declare(&channel(connection).await?, &exchange, kind).await?;
        done.push(format!("exchange {exchange}"));
    }
    for name in [names.retry(), names.read()] {
        bind(&channel(connection).await?, &name, &name, "").await?;
    }
    for queue in names.writes() {
        // The routing key of a binding is the weight of the queue.
        bind(&channel(connection).await?, &queue, &names.write(), "1").await?;
    }
    Ok(done)
}

/// Every queue and stream, in the order in which they are declared.
pub(super) fn all_queues(names: &Names) -> Vec<String> {
    let first = [names.unreadable(), names.dead(), names.fallen(), names.retry(), names.memory()];
    [first.to_vec(), names.requests()].concat()
}

/// Declares a queue; false if it is there with other properties.
///
/// # Errors
///
/// Anything else that the broker says.
pub(super) async fn declare_queue(
    connection: &Connection,
    names: &Names,
    shape: Shape,
    queue: &str,
) -> Result<bool> {
    match try_declare(connection, queue, arguments(names, shape, queue)).await {
        Ok(()) => Ok(true),
        Err(error) if is(&error, AMQPSoftError::PRECONDITIONFAILED) => Ok(false),
        Err(error) => Err(sentence(&format!("queue {queue}"), &error)),
    }
}

async fn try_declare(connection: &Connection, queue: &str, arguments: FieldTable) -> lapin::Result<()> {
    let Ok(name) = short(queue) else { return Ok(()) };
    let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    let channel = connection.create_channel().await?;
    channel.queue_declare(name, options, arguments).await.map(drop)
}

/// Looks whether everything is there that a worker needs, and declares nothing.
///
/// # Errors
///
/// One sentence that names what is missing, or what there is too much of.
pub async fn check(connection: &Connection, names: &Names, queues: &[String]) -> Result<()> {
    let others = [names.retry(), names.dead(), names.memory(), names.fallen(), names.unreadable()];
    for queue in queues.iter().chain(&others) {
        look_for(connection, queue).await.map_err(|error| sentence(&format!("queue {queue}"), &error))?;
    }
    for exchange in [names.retry(), names.read(), names.write()] {
        let found = look_for_exchange(connection, &exchange).await;
        found.map_err(|error| sentence(&format!("exchange {exchange}"), &error))?;
    }
    check_write_queues(connection, names).await?;
    check_complete(connection, names).await
}

/// Whether the broker has as many queues of writes as we think. Of what is in one more, nobody would know.
async fn check_write_queues(connection: &Connection, names: &Names) -> Result<()> {
    let wanted = names.write_queues();
    let differs = |found: String| {
        let sentence = format!("--write-queues is {wanted}, and {found}");
        Error::new(ErrorKind::Configuration, sentence).with_advice(
            "give the number that was declared, the same everywhere; or stop workers and senders, and change it with \
             'sfsf-connector worker topology --migrate'",
        )
    };
    for queue in names.writes() {
        if there(connection, &queue).await?.is_none() {
            return Err(differs(format!("there is no queue {queue} at the broker")));
        }
    }
    let beyond = names.write_queue(wanted);
    match there(connection, &beyond).await? {
        Some(_) => Err(differs(format!("the broker has a queue {beyond}, which nobody would read"))),
        None => Ok(()),
    }
}

/// Whether no migration was left in the middle.
async fn check_complete(connection: &Connection, names: &Names) -> Result<()> {
    for queue in [names.moving(), names.moving_memory()] {
        if there(connection, &queue).await?.is_some() {
            let sentence = format!("messages wait in {queue}, since a migration did not come to its end");
            return Err(Error::new(ErrorKind::Configuration, sentence)
                .with_advice("run 'sfsf-connector worker topology --migrate' again"));
        }
    }
    Ok(())
}

/// The queues of writes that the broker has.
pub(super) struct Found {
    /// Their numbers.
    pub numbers: Vec<u16>,
    /// Whether something spreads changes over them.
    pub in_use: bool,
}

impl Found {
    /// Nobody tells how many there are, so they are looked for, a while beyond those that we want.
    const BEYOND: u16 = 16;

    /// Looks at the broker.
    ///
    /// # Errors
    ///
    /// The connection is gone, or the user may not look.
    pub async fn at(connection: &Connection, names: &Names) -> Result<Self> {
        let exchange = look_for_exchange(connection, &names.write()).await;
        let in_use = present(&names.write(), exchange)?.is_some();
        let mut numbers = Vec::new();
        for number in 0..u16::MAX {
            if there(connection, &names.write_queue(number)).await?.is_some() {
                numbers.push(number);
            } else if number >= names.write_queues().saturating_add(Self::BEYOND) {
                break;
            }
        }
        Ok(Self { numbers, in_use })
    }

    /// Whether these are others than the ones that we want. Before the exchange is declared they may be too few.
    pub fn is_other(&self, names: &Names) -> bool {
        let too_many = self.numbers.iter().any(|number| *number >= names.write_queues());
        let too_few = self.in_use && self.numbers.len() < usize::from(names.write_queues());
        too_many || too_few
    }
}

/// How many messages wait in a queue, and how many consumers it has; none if there is no such queue.
///
/// # Errors
///
/// The connection is gone, or the user may not look.
pub(super) async fn there(connection: &Connection, queue: &str) -> Result<Option<(u32, u32)>> {
    present(queue, look_for(connection, queue).await)
}

fn present<T>(name: &str, found: lapin::Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if is(&error, AMQPSoftError::NOTFOUND) => Ok(None),
        Err(error) => Err(sentence(name, &error)),
    }
}

async fn look_for(connection: &Connection, queue: &str) -> lapin::Result<(u32, u32)> {
    let options = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
    let channel = connection.create_channel().await?;
    let found = channel.queue_declare(queue.into(), options, FieldTable::default()).await?;
    Ok((found.message_count(), found.consumer_count()))
}

async fn look_for_exchange(connection: &Connection, exchange: &str) -> lapin::Result<()> {
    let options = ExchangeDeclareOptions { passive: true, ..ExchangeDeclareOptions::default() };
    let channel = connection.create_channel().await?;
    channel.exchange_declare(exchange.into(), ExchangeKind::Fanout, options, FieldTable::default()).await
}

/// Whether the broker refused something for this reason.
pub(super) fn is(error: &lapin::Error, reason: AMQPSoftError) -> bool {
    matches!(error.kind(), lapin::ErrorKind::ProtocolError(refusal) if *refusal.kind() == AMQPErrorKind::Soft(reason))
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
                .with_advice(
                    "stop the workers and move what is in it with 'sfsf-connector worker topology --migrate'",
                )
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

/// What a queue is declared with.
fn arguments(names: &Names, shape: Shape, queue: &str) -> FieldTable {
    let mut arguments = FieldTable::default();
    let mut put = |key: &str, value: AMQPValue| {
        arguments.insert(key.into(), value);
    };
    let text = |text: &str| AMQPValue::LongString(text.into());
    if queue == names.memory() || queue == names.moving_memory() {
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
    if [names.dead(), names.unreadable(), names.moving(), names.moving_back()]
        .iter()
        .any(|plain| plain == queue)
    {
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
    // What the broker takes out of a queue by itself is as it came: workers answer it and blot it out first.
    let next = if queue == names.fallen() { names.unreadable() } else { names.fallen() };
    put("x-dead-letter-routing-key", text(&next));
    put("x-delivery-limit", AMQPValue::LongLongInt(shape.delivery_limit));
    if queue != names.read() && queue != names.fallen() {
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
