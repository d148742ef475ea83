//! Connections come and go, and the worker stays: whatever breaks, everything is built anew.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use connector_core::Error;
use futures_util::StreamExt;
use lapin::Event;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::Worker;
use super::backoff::Backoff;
use super::lane::Lanes;
use super::topology;

const RECONNECT: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));
/// A broker that has just started may hold back its queues until they have a leader, much longer than that takes.
const OPEN: Duration = Duration::from_secs(15);
/// A connection that lasted so long was a good one.
const STEADY: Duration = Duration::from_secs(10);

/// Serves until `ended` is cancelled and what was under way is done.
pub async fn supervise(worker: Arc<Worker>, ended: CancellationToken) {
    let mut backoff = Backoff::new(RECONNECT.0, RECONNECT.1);
    let mut number = 0;
    while !ended.is_cancelled() {
        let started = Instant::now();
        tokio::select! {
            () = serve(&worker, number, &ended) => {}
            () = never_connected(&worker, &ended) => {}
        }
        number += 1;
        if started.elapsed() > STEADY {
            backoff.reset();
        }
        tokio::select! {
            () = tokio::time::sleep(backoff.wait()) => {}
            () = ended.cancelled() => {}
        }
    }
}

/// An end that comes while no connection is up needs no order.
async fn never_connected(worker: &Worker, ended: &CancellationToken) {
    ended.cancelled().await;
    if worker.metrics.consuming.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// One connection, from its beginning to its end.
async fn serve(worker: &Arc<Worker>, number: usize, ended: &CancellationToken) {
    let brokers = &worker.settings.brokers;
    let place = brokers.place(number);
    let connection = match brokers.connect(number).await {
        Ok(connection) => connection,
        Err(error) => return tracing::warn!("{error}"),
    };
    let lost = CancellationToken::new();
    // What is looked for may be missing as it should, which the watch would take for an error.
    let (names, queues) = (&worker.settings.names, &worker.settings.queues);
    let open = async {
        topology::check(&connection, names, queues).await?;
        let watch = watch(connection.events_listener(), Arc::clone(worker), lost.clone());
        let watch = AbortOnDropHandle::new(tokio::spawn(watch));
        Ok::<_, Error>((Lanes::open(worker, &connection, lost.clone()).await?, watch))
    };
    match timeout(OPEN, open).await {
        Ok(Ok((lanes, _watch))) => {
            worker.metrics.connections.up();
            worker.metrics.consuming.store(true, Ordering::Relaxed);
            tracing::info!(broker = place, queues = ?worker.settings.queues, "the worker reads");
            lanes.run(ended).await;
            worker.metrics.consuming.store(false, Ordering::Relaxed);
        }
        Ok(Err(error)) => tracing::warn!(broker = place, "{error}"),
        Err(_) => tracing::warn!(broker = place, "the queues of the broker do not answer within {OPEN:?}"),
    }
    lost.cancel();
    // A connection that is broken already cannot be closed, which is as well.
    let closing = connection.close(200, "bye".into());
    drop(timeout(Duration::from_secs(5), closing).await);
    if !ended.is_cancelled() {
        tracing::warn!(broker = place, "the connection ended; everything is built anew");
    }
}

async fn watch(
    events: impl futures_util::Stream<Item = Event>,
    worker: Arc<Worker>,
    lost: CancellationToken,
) {
    let mut events = std::pin::pin!(events);
    while let Some(event) = events.next().await {
        match event {
            Event::ConnectionBlocked(reason) => {
                worker.metrics.blocked.store(true, Ordering::Relaxed);
                tracing::warn!(reason, "the broker takes nothing at the moment");
            }
            Event::ConnectionUnblocked => worker.metrics.blocked.store(false, Ordering::Relaxed),
            // Of one channel: whoever used it says what is wrong, in a better sentence.
            Event::Error(error) if error.is_amqp_soft_error() => lost.cancel(),
            Event::Error(error) => {
                worker.metrics.blocked.store(false, Ordering::Relaxed);
                tracing::warn!(%error, "the connection to the broker is lost");
                lost.cancel();
            }
            _ => {}
        }
    }
}
