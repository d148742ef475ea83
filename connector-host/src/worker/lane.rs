//! The queues of one connection, each read through a channel of its own.

use std::sync::Arc;

use connector_core::Result;
use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::{FieldTable, ShortString};
use lapin::{Channel, Connection, Consumer};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Worker;
use super::envelope::Fall;
use super::job::Job;
use super::journal::Journal;
use super::names::short;
use super::publisher::Publisher;
use super::topology;

/// Replies that are on their way at a time.
const REPLIES: usize = 16;

/// The queues of one connection.
pub struct Lanes {
    worker: Arc<Worker>,
    publisher: Arc<Publisher>,
    journal: Arc<Journal>,
    lanes: Vec<Lane>,
    tasks: TaskTracker,
    draining: CancellationToken,
    lost: CancellationToken,
}

/// One queue.
struct Lane {
    queue: ShortString,
    channel: Channel,
    consumer: Consumer,
}

impl Lanes {
    /// Begins to read every queue of the worker.
    ///
    /// # Errors
    ///
    /// One sentence that names what is missing at the broker.
    pub async fn open(
        worker: &Arc<Worker>,
        connection: &Connection,
        lost: CancellationToken,
    ) -> Result<Self> {
        let publisher = Publisher::new(connection, REPLIES, lost.clone()).await;
        let publisher = Arc::new(publisher.map_err(|error| topology::sentence("the broker", &error))?);
        let journal = Journal::open(connection, worker, Arc::clone(&publisher), lost.clone()).await?;
        let mut lanes = Vec::new();
        // What the broker took out of any of the queues is read by every worker, whatever its share is.
        for queue in worker.settings.queues.iter().chain([&worker.settings.names.fallen()]) {
            // What kills whoever receives it takes nothing else with it.
            let alone = *queue == worker.settings.names.fallen();
            let prefetch = if alone { 1 } else { worker.settings.concurrency };
            let lane = Lane::open(connection, short(queue)?, prefetch).await;
            lanes.push(lane.map_err(|error| topology::sentence(queue, &error))?);
        }
        let (tasks, draining) = (TaskTracker::new(), CancellationToken::new());
        Ok(Self {
            worker: Arc::clone(worker),
            publisher,
            journal: Arc::new(journal),
            lanes,
            tasks,
            draining,
            lost,
        })
    }

    /// Reads until the connection is lost or the worker ends. Then what is under way may go on for a while.
    pub async fn run(self, ended: &CancellationToken) {
        let reading: Vec<_> = self.lanes.iter().map(|lane| self.read(lane)).collect();
        let reading = futures_util::future::join_all(reading);
        tokio::select! {
            _ = reading => {}
            () = self.lost.cancelled() => {}
            () = ended.cancelled() => self.stop_reading().await,
        }
        self.draining.cancel();
        self.tasks.close();
        if ended.is_cancelled() {
            drop(tokio::time::timeout(self.worker.settings.grace, self.tasks.wait()).await);
        }
        self.lost.cancel();
        self.tasks.wait().await;
    }

    /// Reads one queue; when that ends, the connection is given up.
    async fn read(&self, lane: &Lane) {
        let mut consumer = lane.consumer.clone();
        let mut is_first = true;
        while let Some(delivery) = consumer.next().await {
            // The first one may mean that another worker read the queue until now.
            if std::mem::take(&mut is_first) && self.journal.catch_up().await.is_err() {
                break;
            }
            match delivery {
                Ok(delivery) => self.take(delivery, &lane.queue),
                Err(error) => {
                    tracing::warn!(queue = %lane.queue, %error, "the queue cannot be read any more");
                    break;
                }
            }
        }
        self.lost.cancel();
    }

    /// Begins with a message. Its turn is taken here, in the order of the queue.
    fn take(&self, delivery: Delivery, queue: &ShortString) {
        self.worker.metrics.received.up();
        tracing::debug!(queue = %queue, redelivered = delivery.redelivered, "received");
        if delivery.redelivered {
            self.worker.metrics.redelivered.up();
        }
        let asked = self.worker.codec.decode(&delivery.data);
        let fall = (queue.as_str() == self.worker.settings.names.fallen()).then(|| {
            self.worker.metrics.fallen.up();
            Fall::of(delivery.properties.headers().as_ref()).unwrap_or(Fall { queue: None, expired: false })
        });
        // What changes nothing in particular waits for its own repeats alone.
        let name = delivery.properties.message_id().as_ref().map(|id| id.as_str());
        let key = asked.as_ref().ok().and_then(|asked| asked.key.as_deref()).or(name);
        let job = Job {
            // What is not carried out any more need not wait.
            turn: key.filter(|_| fall.is_none()).map(|key| self.worker.order.take(key)),
            worker: Arc::clone(&self.worker),
            publisher: Arc::clone(&self.publisher),
            journal: Arc::clone(&self.journal),
            delivery,
            queue: queue.clone(),
            fall,
            asked,
            draining: self.draining.clone(),
            cancellation: self.lost.clone(),
        };
        self.tasks.spawn(job.run());
    }

    /// Lets other workers read. The queues of changes are kept until what is under way is done: whoever reads them
    /// next must not overtake it. What they bring meanwhile is not begun, and goes back at the end.
    async fn stop_reading(&self) {
        self.draining.cancel();
        let writes = self.worker.settings.names.writes();
        let shared = |lane: &&Lane| !writes.iter().any(|queue| queue == lane.queue.as_str());
        for lane in self.lanes.iter().filter(shared) {
            let tag = lane.consumer.tag();
            if lane.channel.basic_cancel(tag, BasicCancelOptions::default()).await.is_err() {
                return self.lost.cancel();
            }
        }
        tracing::info!("no new work is begun; what is under way is finished");
    }
}

impl Lane {
    async fn open(connection: &Connection, queue: ShortString, prefetch: u16) -> lapin::Result<Self> {
        let channel = connection.create_channel().await?;
        channel.basic_qos(prefetch, BasicQosOptions::default()).await?;
        let options = BasicConsumeOptions::default();
        let consumer =
            channel.basic_consume(queue.clone(), "".into(), options, FieldTable::default()).await?;
        Ok(Self { queue, channel, consumer })
    }
}
