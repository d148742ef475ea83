//! Messages out, each confirmed by the broker.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::ShortString;
use lapin::{BasicProperties, Channel, Confirmation, Connection};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::reply_queues::is_direct;

/// A full queue is asked again at first so soon, and at last so seldom.
const FULL: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The way out of one connection.
///
/// A returned message says nothing about which publication it was, so a channel has one at a time.
pub struct Publisher {
    channels: Mutex<Vec<Channel>>,
    free: Semaphore,
    lost: CancellationToken,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// It is in a queue.
    Confirmed,
    /// There is no such queue.
    Unroutable,
    /// The queue was full all the time.
    Full,
}

/// The connection is gone: whatever was not acknowledged comes again.
#[derive(Clone, Copy, Debug)]
pub struct Lost;

/// A message and where it goes.
pub struct Outgoing<'a> {
    /// The exchange; the default one if empty.
    pub exchange: ShortString,
    /// The routing key; the queue, for the default exchange.
    pub routing_key: ShortString,
    /// What it says.
    pub body: &'a [u8],
    /// What accompanies it.
    pub properties: BasicProperties,
}

impl Publisher {
    /// So many channels of a connection. `lost` is cancelled when one of them breaks.
    ///
    /// # Errors
    ///
    /// As the connection has them.
    pub async fn new(connection: &Connection, count: usize, lost: CancellationToken) -> lapin::Result<Self> {
        let mut channels = Vec::with_capacity(count);
        for _ in 0..count {
            let channel = connection.create_channel().await?;
            channel.confirm_select(ConfirmSelectOptions::default()).await?;
            channels.push(channel);
        }
        Ok(Self { channels: Mutex::new(channels), free: Semaphore::new(count), lost })
    }

    /// Sends a message and waits until it is safe. A full queue is asked again until `until`.
    ///
    /// # Errors
    ///
    /// The connection broke, so that nobody knows.
    pub async fn publish(&self, message: &Outgoing<'_>, until: Instant) -> Result<Published, Lost> {
        let Ok(_permit) = self.free.acquire().await else { return Err(Lost) };
        let Some(channel) = self.lock().pop() else { return Err(Lost) };
        let published = tokio::select! {
            published = publish(&channel, message, until) => published,
            () = self.lost.cancelled() => return Err(Lost),
        };
        match published {
            Ok(published) => {
                self.lock().push(channel);
                Ok(published)
            }
            Err(error) => {
                tracing::warn!(%error, "a message could not be sent");
                self.lost.cancel();
                Err(Lost)
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Channel>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn publish(channel: &Channel, message: &Outgoing<'_>, until: Instant) -> lapin::Result<Published> {
    let mut backoff = Backoff::new(FULL.0, FULL.1);
    // The broker hands a direct reply over, and says all the same that it found no queue for it.
    let mandatory = !(message.exchange.as_str().is_empty() && is_direct(message.routing_key.as_str()));
    loop {
        let options = BasicPublishOptions { mandatory, ..BasicPublishOptions::default() };
        let (exchange, key) = (message.exchange.clone(), message.routing_key.clone());
        let properties = message.properties.clone();
        let confirm = channel.basic_publish(exchange, key, options, message.body, properties).await?.await?;
        match confirm {
            Confirmation::Ack(None) => return Ok(Published::Confirmed),
            Confirmation::Ack(Some(_)) | Confirmation::Nack(Some(_)) => return Ok(Published::Unroutable),
            Confirmation::Nack(None) | Confirmation::NotRequested => {}
        }
        let wait = backoff.wait();
        if Instant::now() + wait >= until {
            return Ok(Published::Full);
        }
        tokio::time::sleep(wait).await;
    }
}

impl Publisher {
    /// Ends the connection, since it leads nowhere.
    pub fn give_up(&self) -> Lost {
        self.lost.cancel();
        Lost
    }
}
