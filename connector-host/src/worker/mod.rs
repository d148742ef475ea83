//! The worker: requests from RabbitMQ, answered through the same dispatcher as everywhere else.
//!
//! A message in is a [`Request`](connector_core::protocol::Request) in JSON, a message out one or more
//! [`Event`](connector_core::protocol::Event)s, one a line. A message is acknowledged only when its final
//! reply, or its copy in another queue, has been confirmed by the broker. `docs/worker.md` has the whole story.

mod backoff;
mod broker;
mod codec;
mod envelope;
mod failure;
mod health;
mod job;
mod journal;
mod lane;
mod memory;
mod metrics;
mod migration;
mod names;
mod openiam;
mod order;
mod parked;
mod publisher;
mod redact;
mod replay;
mod reply;
mod reply_queues;
mod signature;
mod supervisor;
mod topology;

use std::sync::Arc;
use std::time::Duration;

use connector_core::Dispatcher;

pub use broker::{Brokers, TlsFiles, holds_password};
pub use codec::Codec;
pub use memory::Memory;
pub use migration::migrate;
pub use names::Names;
pub use openiam::Mapping;
pub use replay::{Choice, replay};
pub use reply_queues::ReplyQueues;
pub use signature::Keys;
pub use supervisor::supervise;
pub use topology::{Shape, declare};

use metrics::Metrics;
use order::Order;
use parked::Parked;
use redact::Secrets;

/// How a worker behaves.
pub struct Settings {
    /// The brokers, tried one after the other.
    pub brokers: Brokers,
    /// What queues and exchanges are called.
    pub names: Names,
    /// The queues that are read.
    pub queues: Vec<String>,
    /// Where replies may go.
    pub reply_queues: ReplyQueues,
    /// What replies are signed with in the stream that all workers share.
    pub keys: Keys,
    /// Messages of one queue that are under way at a time.
    pub concurrency: u16,
    /// How long a request may take, however long its sender waits.
    pub timeout: Duration,
    /// How long a request is repeated in this process before it goes to the retry queue.
    pub patience: Duration,
    /// How often a request goes to the retry queue before it is a dead letter.
    pub retries: u32,
    /// How often the broker may deliver a message that was never acknowledged.
    pub deliveries: i64,
    /// How long work under way may still take at the end.
    pub grace: Duration,
}

/// A worker: what outlives its connections.
pub struct Worker {
    settings: Settings,
    codec: Codec,
    secrets: Secrets,
    dispatcher: Dispatcher,
    memory: Memory,
    order: Order,
    parked: Parked,
    metrics: Arc<Metrics>,
}

impl Worker {
    /// A worker that has not connected yet.
    pub fn new(settings: Settings, codec: Codec, dispatcher: Dispatcher, memory: Memory) -> Self {
        let metrics = Arc::new(Metrics::default());
        let (order, parked) = (Order::default(), Parked::default());
        let secrets = codec.secrets();
        Self { settings, codec, secrets, dispatcher, memory, order, parked, metrics }
    }

    /// Serves health and metrics at this address, until the worker is gone.
    ///
    /// # Errors
    ///
    /// An address that cannot be listened on.
    pub async fn serve_health(&self, address: std::net::SocketAddr) -> connector_core::Result<()> {
        health::serve(address, Arc::clone(&self.metrics)).await
    }
}
