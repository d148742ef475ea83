//! Queues that have to be declared anew, since what a queue was declared with cannot be changed: what is in them waits
//! in a queue in between.
//!
//! A message is taken out of one queue when the broker has confirmed it in the next one, and a queue is deleted when it
//! is empty. So a migration may end at any point, and the next one goes on: what waits in between is found there.

use std::time::{Duration, Instant};

use connector_core::{Error, ErrorKind, Result};
use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::{
    BasicAckOptions, BasicCancelOptions, BasicConsumeOptions, BasicQosOptions, QueueDeleteOptions,
};
use lapin::protocol::AMQPSoftError;
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{BasicProperties, Connection};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::envelope::{DEADLINE, Envelope, KEY, milliseconds, text};
use super::failure::copied;
use super::names::{Names, short};
use super::publisher::{Lost, Outgoing, Published, Publisher};
use super::topology::{Declared, Found, Shape, all_queues, declare_all, declare_queue, is, sentence, there};

/// The queue that a message in between was in.
const FROM: &str = "x-sfc-moved-from";
/// The routing key that it had there.
const ROUTE: &str = "x-sfc-moved-route";
/// The end of what is read of a stream.
const END: &str = "x-sfc-end";
/// How long a queue may refuse a message.
const PATIENCE: Duration = Duration::from_secs(60);
/// A queue from which nothing comes for so long has nothing more to give.
const QUIET: Duration = Duration::from_millis(300);
/// Entries of a stream that are read at a time.
const CHUNK: u16 = 256;

/// Declares every queue and exchange, and declares those anew that are there with other properties or in another
/// number. Workers and senders are stopped meanwhile.
///
/// # Errors
///
/// A queue that somebody reads; what the broker refuses. What has not arrived yet waits in between, and the next
/// migration goes on with it.
pub async fn migrate(connection: &Connection, names: &Names, shape: Shape) -> Result<Declared> {
    let publisher = Publisher::new(connection, 1, CancellationToken::new()).await;
    let publisher = publisher.map_err(|error| sentence("the broker", &error))?;
    let mover = Mover { connection, names, shape, publisher };
    // What an earlier migration began to bring back is older than whatever would be set aside now.
    let mut moved = 0;
    if there(connection, &names.moving_back()).await?.is_some() {
        moved += mover.bring_back().await?;
    }
    let leaving = mover.leaving().await?;
    let stream = !declare_if_there(&mover, &names.memory()).await?;
    if stream || !leaving.is_empty() {
        mover.nobody_reads().await?;
    }
    if stream {
        mover.set_stream_aside().await?;
    }
    mover.set_aside(&leaving).await?;
    let declared = declare_all(connection, names, shape).await?;
    moved += mover.bring_back().await?;
    mover.bring_stream_back().await?;
    Ok(Declared { declared, moved: Some(moved) })
}

/// A queue whose messages wait in between.
struct Leaving {
    name: String,
    /// Whether it is deleted, and not only emptied.
    deleted: bool,
}

struct Mover<'a> {
    connection: &'a Connection,
    names: &'a Names,
    shape: Shape,
    publisher: Publisher,
}

/// Whether a queue is as it should be. One that is not there is no matter.
async fn declare_if_there(mover: &Mover<'_>, queue: &str) -> Result<bool> {
    if there(mover.connection, queue).await?.is_none() {
        return Ok(true);
    }
    declare_queue(mover.connection, mover.names, mover.shape, queue).await
}

impl Mover<'_> {
    /// The queues that cannot stay as they are, in the order in which they are emptied. Of the queues of writes all leave or
    /// none: which person belongs to which of them depends on all. The last one goes first, so that an interrupted
    /// migration finds too few of them.
    async fn leaving(&self) -> Result<Vec<Leaving>> {
        let found = Found::at(self.connection, self.names).await?;
        let writes: Vec<_> =
            found.numbers.iter().rev().map(|number| self.names.write_queue(*number)).collect();
        let mut anew = found.is_other(self.names);
        for queue in &writes {
            anew = anew || !declare_if_there(self, queue).await?;
        }
        let mut leaving = Vec::new();
        let others = all_queues(self.names).into_iter();
        for name in others.filter(|queue| *queue != self.names.memory() && !writes.contains(queue)) {
            let deleted = !declare_if_there(self, &name).await?;
            // What is to come back to a queue of writes may belong to another one.
            if deleted || (anew && name == self.names.retry()) {
                leaving.push(Leaving { name, deleted });
            }
        }
        // The retry queue is emptied while the queues are there that it leads to.
        leaving.sort_by_key(|queue| queue.name != self.names.retry());
        if anew {
            leaving.extend(writes.into_iter().map(|name| Leaving { name, deleted: true }));
        }
        Ok(leaving)
    }

    /// Workers are stopped. Of a stream the broker does not say who reads it, so every queue is looked at.
    async fn nobody_reads(&self) -> Result<()> {
        let found = Found::at(self.connection, self.names).await?;
        let writes = found.numbers.iter().map(|number| self.names.write_queue(*number));
        for queue in [self.names.read(), self.names.fallen()].into_iter().chain(writes) {
            if let Some((_, consumers @ 1..)) = there(self.connection, &queue).await? {
                let sentence = format!("nothing can be moved while {consumers} consumers read {queue}");
                return Err(Error::new(ErrorKind::PreconditionFailed, sentence)
                    .with_advice("stop the workers and the senders first"));
            }
        }
        Ok(())
    }

    async fn set_aside(&self, leaving: &[Leaving]) -> Result<()> {
        if leaving.is_empty() {
            return Ok(());
        }
        self.declare(&self.names.moving()).await?;
        for queue in leaving {
            self.unbind(&queue.name).await?;
            let moved =
                self.each(&queue.name, async |delivery| self.aside(&queue.name, delivery).await).await?;
            tracing::info!(queue = queue.name, moved, "messages wait in between");
        }
        // The last step: until then the retry queue could still send something back.
        for queue in leaving.iter().filter(|queue| queue.deleted) {
            self.each(&queue.name, async |delivery| self.aside(&queue.name, delivery).await).await?;
            self.delete(&queue.name).await?;
        }
        Ok(())
    }

    /// Nothing more comes into a queue by its exchange.
    async fn unbind(&self, queue: &str) -> Result<()> {
        let (exchange, key) = match queue {
            _ if queue == self.names.read() => (self.names.read(), ""),
            _ if queue.starts_with(&self.names.write()) => (self.names.write(), "1"),
            _ => return Ok(()),
        };
        let channel = self.connection.create_channel().await.map_err(|error| sentence("channel", &error))?;
        let arguments = FieldTable::default();
        let unbound = channel.queue_unbind(short(queue)?, short(&exchange)?, key.into(), arguments).await;
        match unbound {
            Err(error) if !is(&error, AMQPSoftError::NOTFOUND) => {
                Err(sentence(&format!("binding of {queue}"), &error))
            }
            _ => Ok(()),
        }
    }

    /// Puts a message into the queue in between. Its time goes on there as a deadline, so that it does not expire.
    async fn aside(&self, from: &str, delivery: &Delivery) -> Result<()> {
        let mut headers = delivery.properties.headers().clone().unwrap_or_default();
        let text = |text: &str| AMQPValue::LongString(text.into());
        headers.insert(FROM.into(), text(from));
        headers.insert(ROUTE.into(), text(delivery.routing_key.as_str()));
        if let Some(deadline) = Envelope::of(delivery).deadline {
            headers.insert(DEADLINE.into(), AMQPValue::LongLongInt(milliseconds(deadline)));
        }
        self.publish(
            "",
            &self.names.moving(),
            &delivery.data,
            copied(&delivery.properties).with_headers(headers),
        )
        .await
    }

    /// Moves everything from in between to where it belongs.
    async fn bring_back(&self) -> Result<u64> {
        let (moving, begun) = (self.names.moving(), self.names.moving_back());
        let mut moved = 0;
        if there(self.connection, &moving).await?.is_some() {
            self.declare(&begun).await?;
            moved = self.each(&moving, async |delivery| self.back(delivery).await).await?;
            self.delete(&moving).await?;
        }
        if there(self.connection, &begun).await?.is_some() {
            self.delete(&begun).await?;
        }
        Ok(moved)
    }

    async fn back(&self, delivery: &Delivery) -> Result<()> {
        let mut headers = FieldTable::default();
        let before = delivery.properties.headers().clone().unwrap_or_default();
        for (name, value) in before.inner() {
            if ![FROM, ROUTE].contains(&name.as_str()) {
                headers.insert(name.clone(), value.clone());
            }
        }
        let (exchange, route) = self.way_back(&before);
        self.publish(&exchange, &route, &delivery.data, copied(&delivery.properties).with_headers(headers))
            .await
    }

    /// The exchange and the routing key that lead a message to where it was, or to what took the place of that.
    fn way_back(&self, headers: &FieldTable) -> (String, String) {
        let from = text(headers, FROM).unwrap_or_else(|| self.names.read());
        let route = text(headers, ROUTE).unwrap_or_default();
        // Before it went through the retry queue a change had the key of its person.
        let person = text(headers, KEY).unwrap_or_else(|| route.clone());
        if from == self.names.retry() {
            let home = self.names.requests().contains(&route);
            return if home { (from, route) } else { (self.names.write(), person) };
        }
        if from.starts_with(&format!("{}.", self.names.write())) {
            return (self.names.write(), person);
        }
        (String::new(), from)
    }

    /// Copies the stream of replies. It stays until all of it has been copied, so that the copy can begin anew.
    async fn set_stream_aside(&self) -> Result<()> {
        let (stream, aside) = (self.names.memory(), self.names.moving_memory());
        if there(self.connection, &aside).await?.is_some() {
            self.remove(&aside).await?;
        }
        self.declare(&aside).await?;
        self.copy(&stream, &aside).await?;
        self.remove(&stream).await.map(drop)
    }

    async fn bring_stream_back(&self) -> Result<()> {
        let (stream, aside) = (self.names.memory(), self.names.moving_memory());
        if there(self.connection, &aside).await?.is_none() {
            return Ok(());
        }
        // What has been copied already comes twice, and of two replies to a message the first one holds.
        self.copy(&aside, &stream).await?;
        self.remove(&aside).await.map(drop)
    }

    /// Copies the entries of a stream, up to a mark that is put at its end.
    async fn copy(&self, from: &str, to: &str) -> Result<()> {
        let mark = uuid::Uuid::new_v4().to_string();
        let mut headers = FieldTable::default();
        headers.insert(END.into(), AMQPValue::LongString(mark.as_str().into()));
        self.publish("", from, &[], BasicProperties::default().with_headers(headers)).await?;
        let wrong = |error: lapin::Error| sentence(&format!("stream {from}"), &error);
        let channel = self.connection.create_channel().await.map_err(wrong)?;
        channel.basic_qos(CHUNK, BasicQosOptions::default()).await.map_err(wrong)?;
        let mut arguments = FieldTable::default();
        arguments.insert("x-stream-offset".into(), AMQPValue::LongString("first".into()));
        let options = BasicConsumeOptions::default();
        let mut entries =
            channel.basic_consume(short(from)?, "".into(), options, arguments).await.map_err(wrong)?;
        while let Some(entry) = entries.next().await {
            let entry = entry.map_err(wrong)?;
            let end = entry.properties.headers().as_ref().and_then(|headers| text(headers, END));
            if end.as_deref() == Some(mark.as_str()) {
                return Ok(());
            }
            if end.is_none() {
                self.publish("", to, &entry.data, entry.properties.clone()).await?;
            }
            entry.acker.ack(BasicAckOptions::default()).await.map_err(wrong)?;
        }
        Err(lost())
    }

    /// Takes every message out of a queue, each when `handle` is done with it; says how many there were.
    async fn each(&self, queue: &str, handle: impl AsyncFn(&Delivery) -> Result<()>) -> Result<u64> {
        let mut moved = 0;
        while there(self.connection, queue).await?.is_some_and(|(messages, _)| messages > 0) {
            moved += self.those_there(queue, &handle).await?;
        }
        Ok(moved)
    }

    /// Reads until nothing comes for a while. Queues with a single active consumer give nothing to whoever does not
    /// consume. What was on its way when reading ended is taken too.
    async fn those_there(&self, queue: &str, handle: &impl AsyncFn(&Delivery) -> Result<()>) -> Result<u64> {
        let wrong = |error: lapin::Error| sentence(&format!("queue {queue}"), &error);
        let channel = self.connection.create_channel().await.map_err(wrong)?;
        channel.basic_qos(1, BasicQosOptions::default()).await.map_err(wrong)?;
        let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
        let mut messages =
            channel.basic_consume(short(queue)?, "".into(), options, arguments).await.map_err(wrong)?;
        let (mut moved, mut ending) = (0, false);
        loop {
            match timeout(QUIET, messages.next()).await {
                Ok(Some(message)) => {
                    let message = message.map_err(wrong)?;
                    handle(&message).await?;
                    message.acker.ack(BasicAckOptions::default()).await.map_err(wrong)?;
                    moved += 1;
                }
                Err(_) if !ending => {
                    ending = true;
                    channel
                        .basic_cancel(messages.tag(), BasicCancelOptions::default())
                        .await
                        .map_err(wrong)?;
                }
                Ok(None) | Err(_) => return Ok(moved),
            }
        }
    }

    async fn publish(
        &self,
        exchange: &str,
        key: &str,
        body: &[u8],
        properties: BasicProperties,
    ) -> Result<()> {
        let (exchange, routing_key) = (short(exchange)?, short(key)?);
        let place = if exchange.as_str().is_empty() { key.to_owned() } else { exchange.to_string() };
        let message = Outgoing { exchange, routing_key, body, properties };
        match self.publisher.publish(&message, Instant::now() + PATIENCE).await {
            Ok(Published::Confirmed) => Ok(()),
            Ok(_) => Err(Error::new(ErrorKind::Unavailable, format!("{place} takes no message"))
                .with_advice("run 'sfsf-connector worker topology --migrate' again; nothing is lost")),
            Err(Lost) => Err(lost()),
        }
    }

    async fn declare(&self, queue: &str) -> Result<()> {
        if declare_queue(self.connection, self.names, self.shape, queue).await? {
            return Ok(());
        }
        let sentence = format!("the queue {queue}, in which messages wait, is there with other properties");
        Err(Error::new(ErrorKind::Configuration, sentence)
            .with_advice("finish the migration that was begun with the options of that one"))
    }

    /// Deletes a queue that is empty.
    async fn delete(&self, queue: &str) -> Result<()> {
        if there(self.connection, queue).await?.is_some_and(|(messages, _)| messages > 0) {
            let sentence = format!("messages keep coming into {queue}");
            return Err(Error::new(ErrorKind::PreconditionFailed, sentence)
                .with_advice("stop the senders, and run 'sfsf-connector worker topology --migrate' again"));
        }
        match self.remove(queue).await? {
            0 => Ok(()),
            lost => Err(Error::internal(format!(
                "{lost} messages came into {queue} in the moment when it was deleted, and are gone"
            ))
            .with_advice("stop the senders before a migration; whoever sent them has to repeat them")),
        }
    }

    /// Deletes a queue, and says how many messages were in it.
    async fn remove(&self, queue: &str) -> Result<u32> {
        let wrong = |error: lapin::Error| sentence(&format!("queue {queue}"), &error);
        let channel = self.connection.create_channel().await.map_err(wrong)?;
        let name: ShortString = short(queue)?;
        channel.queue_delete(name, QueueDeleteOptions::default()).await.map_err(wrong)
    }
}

fn lost() -> Error {
    Error::new(
        ErrorKind::ConnectionBroken,
        "the connection to the broker was lost in the middle of the migration",
    )
    .with_advice("run 'sfsf-connector worker topology --migrate' again; nothing is lost")
}
