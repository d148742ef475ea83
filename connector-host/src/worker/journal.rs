//! What the workers know of each other: their replies, in a stream of the broker that every worker reads.
//!
//! The stream decides. Of two replies to one message the first one in it holds, for every worker; so a reply is
//! sent only when it stands in the stream and has been read from there.
//!
//! Entries are signed. What anybody else put into the stream is not looked at, but counted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use connector_core::{Error, Result};
use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{BasicProperties, Channel, Connection, Consumer};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::Worker;
use super::envelope::{AT, FINGERPRINT, MESSAGE, SIGNATURE, milliseconds, number, text};
use super::memory::{Entry, Memory};
use super::metrics::Metrics;
use super::names::short;
use super::publisher::{Lost, Outgoing, Published, Publisher};
use super::signature::{Keys, Signed};
use super::topology;

/// Entries that are read at a time.
const CHUNK: u16 = 256;
/// A reply that is larger is not kept.
const LARGEST: usize = 1 << 20;
/// What was read in the last while before a connection ended is read again: clocks differ.
const AGAIN: Duration = Duration::from_secs(600);
/// How long the stream may refuse an entry.
const PATIENCE: Duration = Duration::from_secs(60);

/// The stream of replies, for as long as one connection lasts.
pub struct Journal {
    queue: ShortString,
    publisher: Arc<Publisher>,
    keys: Keys,
    waiting: Waiting,
    lost: CancellationToken,
}

/// Who waits until an entry has been read, by the entry's ticket.
type Waiting = Arc<Mutex<HashMap<String, oneshot::Sender<()>>>>;

impl Journal {
    /// Begins to read the stream, from where this memory ends.
    ///
    /// # Errors
    ///
    /// One sentence about a stream or a memory that cannot be read.
    pub async fn open(
        connection: &Connection,
        worker: &Worker,
        publisher: Arc<Publisher>,
        lost: CancellationToken,
    ) -> Result<Self> {
        let (memory, keys) = (worker.memory.clone(), worker.settings.keys.clone());
        let name = worker.settings.names.memory();
        let from = begin(memory.latest().await?, memory.oldest());
        let wrong = |error: lapin::Error| topology::sentence(&format!("stream {name}"), &error);
        let queue = short(&name)?;
        let consumer = consume(connection, queue.clone(), from).await.map_err(wrong)?;
        let waiting = Waiting::default();
        let reader = Reader {
            memory,
            stream: name,
            keys: keys.clone(),
            metrics: Arc::clone(&worker.metrics),
            waiting: Arc::clone(&waiting),
            lost: lost.clone(),
        };
        tokio::spawn(reader.run(consumer));
        Ok(Self { queue, publisher, keys, waiting, lost })
    }

    /// Waits until everything has been read that stands in the stream now.
    ///
    /// # Errors
    ///
    /// The connection is gone.
    pub async fn catch_up(&self) -> Result<(), Lost> {
        self.append("", "", &[]).await
    }

    /// Puts a reply into the stream, and waits until the memory has read it. Which reply holds is in the memory
    /// then. One that is too large is not kept.
    ///
    /// # Errors
    ///
    /// The connection is gone.
    pub async fn keep(&self, message: &str, request: &str, reply: &[u8]) -> Result<(), Lost> {
        if reply.len() > LARGEST {
            return Ok(());
        }
        self.append(message, request, reply).await
    }

    /// Puts an entry into the stream; one without a message only marks a place.
    async fn append(&self, message: &str, request: &str, reply: &[u8]) -> Result<(), Lost> {
        let headers = self.headers(message, request, reply);
        let ticket = uuid::Uuid::new_v4().to_string();
        let (read, wait) = oneshot::channel();
        lock(&self.waiting).insert(ticket.clone(), read);
        let properties = BasicProperties::default()
            .with_delivery_mode(2)
            .with_message_id(ticket.into())
            .with_headers(headers);
        let (exchange, routing_key) = ("".into(), self.queue.clone());
        let message = Outgoing { exchange, routing_key, body: reply, properties };
        match self.publisher.publish(&message, Instant::now() + PATIENCE).await? {
            Published::Confirmed => {}
            Published::Unroutable | Published::Full => return Err(self.publisher.give_up()),
        }
        tokio::select! {
            read = wait => read.map_err(|_| Lost),
            () = self.lost.cancelled() => Err(Lost),
        }
    }

    fn headers(&self, message: &str, request: &str, reply: &[u8]) -> FieldTable {
        let at = milliseconds(SystemTime::now());
        let signature = self.keys.sign(Signed { stream: self.queue.as_str(), message, request, at, reply });
        let mut headers = FieldTable::default();
        headers.insert(AT.into(), AMQPValue::LongLongInt(at));
        let texts =
            [(MESSAGE, Some(message)), (FINGERPRINT, Some(request)), (SIGNATURE, signature.as_deref())];
        for (name, text) in texts {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                headers.insert(name.into(), AMQPValue::LongString(text.into()));
            }
        }
        headers
    }
}

async fn consume(
    connection: &Connection,
    queue: ShortString,
    from: u64,
) -> lapin::Result<(Channel, Consumer)> {
    let channel = connection.create_channel().await?;
    channel.basic_qos(CHUNK, BasicQosOptions::default()).await?;
    let mut arguments = FieldTable::default();
    arguments.insert("x-stream-offset".into(), AMQPValue::Timestamp(from));
    let consumer = channel.basic_consume(queue, "".into(), BasicConsumeOptions::default(), arguments).await?;
    Ok((channel, consumer))
}

/// When reading begins, in seconds since 1970. A place in the stream would be nearer, and would be wrong in a stream
/// that was declared anew.
fn begin(latest: Option<i64>, oldest: i64) -> u64 {
    let again = i64::try_from(AGAIN.as_millis()).unwrap_or(0);
    let from = latest.map_or(oldest, |latest| latest.saturating_sub(again).max(oldest));
    u64::try_from(from / 1000).unwrap_or(0)
}

/// Whoever reads the stream.
struct Reader {
    memory: Memory,
    stream: String,
    keys: Keys,
    metrics: Arc<Metrics>,
    waiting: Waiting,
    lost: CancellationToken,
}

impl Reader {
    /// Reads until the connection is lost.
    async fn run(self, (_channel, consumer): (Channel, Consumer)) {
        let mut chunks = consumer.ready_chunks(usize::from(CHUNK));
        let reading = async {
            while let Some(chunk) = chunks.next().await {
                match chunk.into_iter().collect::<lapin::Result<Vec<_>>>() {
                    Ok(deliveries) => self.learn(deliveries).await?,
                    Err(error) => {
                        tracing::warn!(%error, "the stream of replies cannot be read any more");
                        break;
                    }
                }
            }
            Result::<(), Error>::Ok(())
        };
        tokio::select! {
            ended = reading => if let Err(error) = ended {
                // Without its memory the worker could not keep its promises, so it takes nothing until that is mended.
                tracing::error!(%error, "replies cannot be remembered");
            },
            () = self.lost.cancelled() => {}
        }
        self.lost.cancel();
    }

    async fn learn(&self, mut deliveries: Vec<Delivery>) -> Result<()> {
        let last = deliveries.last().map(|delivery| delivery.acker.clone());
        deliveries.retain(|delivery| self.is_ours(delivery));
        let latest = deliveries.iter().filter_map(at).max().unwrap_or(i64::MIN);
        let tickets: Vec<_> =
            deliveries.iter().filter_map(|entry| entry.properties.message_id().clone()).collect();
        self.memory.learn(deliveries.into_iter().filter_map(entry).collect(), latest).await?;
        {
            let mut waiting = lock(&self.waiting);
            for ticket in tickets {
                // Whoever gave up waiting needs no word.
                let _ = waiting.remove(ticket.as_str()).map(|read| read.send(()));
            }
        }
        if let Some(acker) = last {
            // An error means that the connection is gone, which the next read says.
            drop(acker.ack(BasicAckOptions { multiple: true }).await);
        }
        Ok(())
    }

    /// Whether a worker made this entry. The time in any other one counts for nothing either.
    fn is_ours(&self, delivery: &Delivery) -> bool {
        let signed = delivery.properties.headers().as_ref().is_some_and(|headers| {
            let (message, request) = (text(headers, MESSAGE), text(headers, FINGERPRINT));
            let signed = Signed {
                stream: &self.stream,
                message: message.as_deref().unwrap_or_default(),
                request: request.as_deref().unwrap_or_default(),
                at: number(headers, AT).unwrap_or_default(),
                reply: &delivery.data,
            };
            text(headers, SIGNATURE).is_some_and(|signature| self.keys.verify(signed, &signature))
        });
        if !signed {
            self.metrics.forged.up();
            tracing::warn!(stream = %self.stream, "an entry that no worker with our key signed is ignored");
        }
        signed
    }
}

fn at(delivery: &Delivery) -> Option<i64> {
    number(delivery.properties.headers().as_ref()?, AT)
}

/// The reply in a delivery; none in those that only ask how far somebody has read.
fn entry(delivery: Delivery) -> Option<Entry> {
    let headers = delivery.properties.headers().as_ref()?;
    let (message, request) = (text(headers, MESSAGE)?, text(headers, FINGERPRINT)?);
    Some(Entry { message, request, at: number(headers, AT)?, reply: delivery.data })
}

fn lock(waiting: &Waiting) -> std::sync::MutexGuard<'_, HashMap<String, oneshot::Sender<()>>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
