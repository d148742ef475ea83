//! Dead letters go back to where they came from.

use std::time::{Duration, Instant, SystemTime};

use connector_core::{Error, Result};
use lapin::Connection;
use lapin::message::Delivery;
use lapin::options::{BasicAckOptions, BasicGetOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use tokio_util::sync::CancellationToken;

use super::envelope::{
    ATTEMPTS, DEADLINE, Envelope, Fall, QUEUE, REASON, REPLAYED, milliseconds, own_headers, text,
};
use super::failure::copied;
use super::names::{Names, short};
use super::publisher::{Lost, Outgoing, Published, Publisher};
use super::redact::is_redacted;
use super::topology::sentence;

/// How long a full queue is waited for.
const FULL: Duration = Duration::from_secs(30);

/// What became of the dead letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Replayed {
    /// They are back in their queues.
    pub replayed: u32,
    /// They lost a secret when they died, so nobody could carry them out.
    pub without_secrets: u32,
    /// Their senders had stopped waiting, and may have asked anew or given up since.
    pub expired: u32,
    /// Nobody knows their queue, or it is not there.
    pub homeless: u32,
}

/// What goes back to its queue.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// So many at most.
    pub limit: u32,
    /// Those too whose senders have stopped waiting.
    pub expired: bool,
}

/// Moves the dead letters that are there now and chosen. Those that cannot go back stay.
///
/// # Errors
///
/// No such queue; a connection that breaks. What has not been moved by then is still there.
pub async fn replay(connection: &Connection, names: &Names, choice: Choice) -> Result<Replayed> {
    let dead = short(&names.dead())?;
    let wrong = |error: &lapin::Error| sentence(&format!("queue {dead}"), error);
    let channel = connection.create_channel().await.map_err(|error| wrong(&error))?;
    let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
    let queue = channel.queue_declare(dead.clone(), passive, FieldTable::default()).await;
    let there = queue.map_err(|error| wrong(&error))?.message_count();
    let publisher =
        Publisher::new(connection, 1, CancellationToken::new()).await.map_err(|error| wrong(&error))?;
    let mut done = Replayed::default();
    for _ in 0..there.min(choice.limit) {
        let got = channel.basic_get(dead.clone(), BasicGetOptions::default()).await;
        let Some(message) = got.map_err(|error| wrong(&error))? else { break };
        let moved = send_back(&publisher, names, &message.delivery, choice.expired, &mut done).await;
        // What is not acknowledged stays, and is not seen again before this channel ends.
        if moved.map_err(|Lost| Error::internal("the connection to the broker was lost"))? {
            message.acker.ack(BasicAckOptions::default()).await.map_err(|error| wrong(&error))?;
        }
    }
    Ok(done)
}

async fn send_back(
    publisher: &Publisher,
    names: &Names,
    delivery: &Delivery,
    expired: bool,
    done: &mut Replayed,
) -> Result<bool, Lost> {
    if is_redacted(&delivery.data) {
        done.without_secrets += 1;
        return Ok(false);
    }
    let Some(queue) = home(names, delivery) else {
        done.homeless += 1;
        return Ok(false);
    };
    let late = is_late(delivery);
    if late && !expired {
        done.expired += 1;
        return Ok(false);
    }
    let mut headers = FieldTable::default();
    let spent = [ATTEMPTS, REASON, QUEUE, if late { DEADLINE } else { "" }];
    for (name, value) in own_headers(delivery.properties.headers().as_ref()).inner() {
        if !spent.contains(&name.as_str()) {
            headers.insert(name.clone(), value.clone());
        }
    }
    headers.insert(REPLAYED.into(), AMQPValue::LongLongInt(milliseconds(SystemTime::now())));
    let mut properties = copied(&delivery.properties).with_headers(headers);
    if late {
        // Its time begins anew, or it would be over at once.
        properties =
            properties.with_timestamp(u64::try_from(milliseconds(SystemTime::now()) / 1000).unwrap_or(0));
    }
    let message = Outgoing { exchange: "".into(), routing_key: queue, body: &delivery.data, properties };
    let published = publisher.publish(&message, Instant::now() + FULL).await?;
    match published {
        Published::Confirmed => done.replayed += 1,
        Published::Unroutable | Published::Full => done.homeless += 1,
    }
    Ok(published == Published::Confirmed)
}

/// Whether the sender of a dead letter has stopped waiting: as the worker noted it, or as the broker did that buried
/// it before workers read what it takes out of their queues.
fn is_late(delivery: &Delivery) -> bool {
    let fell = Fall::of(delivery.properties.headers().as_ref());
    let deadline = Envelope::of(delivery).deadline;
    fell.is_some_and(|fall| fall.expired) || deadline.is_some_and(|deadline| deadline <= SystemTime::now())
}

/// The queue that a dead letter was in: as the worker noted it, or else as the broker did. It is one of requests.
fn home(names: &Names, delivery: &Delivery) -> Option<ShortString> {
    let headers = delivery.properties.headers().as_ref();
    let noted = headers.and_then(|headers| text(headers, QUEUE));
    let queue = noted.or_else(|| Fall::of(headers)?.queue)?;
    names.requests().contains(&queue).then(|| ShortString::try_new(queue).ok()).flatten()
}
