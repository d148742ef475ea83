//! Answering one request: its events, as fast as the caller takes them.

use std::time::Duration;

use connector_core::operation::{StreamStatus, Summary};
use connector_core::protocol::{Event, Outcome, RequestId};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::time::timeout;

use super::running::Reins;
use super::writer::Outlet;

/// Sends the events of one request as far as there is credit for them.
pub struct Responder {
    pub id: RequestId,
    pub reins: Reins,
    pub outlet: Outlet,
    pub keep_alive: Duration,
    /// The fields of the request that nobody reads.
    pub ignored: Vec<String>,
}

/// What has been sent of a stream.
#[derive(Default)]
struct Sent {
    objects: u64,
    problems: u64,
}

impl Responder {
    /// Sends events until the final one. Items and problems wait for credit; meanwhile at most one of
    /// them is in hand, and nothing more is asked of the connector.
    /// `ended` is called before the final event is sent, since whoever reads that may use the id again.
    pub async fn send(self, mut events: BoxStream<'static, Event>, ended: impl FnOnce()) {
        let mut sent = Sent::default();
        while let Some(event) = self.next(&mut events).await {
            let Some(event) = event else {
                drop(events);
                ended();
                return self.outlet.send(&self.stopped(&sent)).await;
            };
            if sent.counts(&event) && !self.may_send().await {
                // Stopped or cancelled: the event is not wanted, and the next turn says which it was.
                sent.discount(&event);
                continue;
            }
            if event.is_final() {
                ended();
                return self.outlet.send(&event).await;
            }
            self.outlet.send(&event).await;
        }
    }

    /// The next event, or `Some(None)` if the caller has enough. Says that the request is alive meanwhile.
    async fn next(&self, events: &mut BoxStream<'static, Event>) -> Option<Option<Event>> {
        self.alive(async {
            tokio::select! {
                biased;
                () = self.reins.stop.cancelled() => Some(None),
                event = events.next() => event.map(Some),
            }
        })
        .await
    }

    /// Waits for credit; false if the request was stopped or cancelled instead.
    async fn may_send(&self) -> bool {
        self.alive(async {
            tokio::select! {
                biased;
                () = self.reins.stop.cancelled() => false,
                () = self.reins.cancellation.cancelled() => false,
                permit = self.reins.credit.acquire() => permit.map(|permit| permit.forget()).is_ok(),
            }
        })
        .await
    }

    /// Waits, and says so each time that nothing has happened for a while.
    async fn alive<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            match timeout(self.keep_alive, &mut work).await {
                Ok(done) => return done,
                Err(_) => self.outlet.send(&Event::KeepAlive { id: self.id.clone() }).await,
            }
        }
    }

    fn stopped(&self, sent: &Sent) -> Event {
        let summary = Summary {
            count: sent.objects,
            problems: sent.problems,
            cost: self.reins.meter.cost(),
            ..Summary::new(StreamStatus::Stopped)
        };
        let (outcome, ignored) = (Outcome::Summary(summary), self.ignored.clone());
        Event::Result { id: self.id.clone(), outcome, ignored }
    }
}

impl Sent {
    /// Counts what takes credit, and says whether it does.
    fn counts(&mut self, event: &Event) -> bool {
        match event {
            Event::Item { .. } => self.objects += 1,
            Event::Problem { .. } => self.problems += 1,
            Event::Gone { .. } => {}
            _ => return false,
        }
        true
    }

    fn discount(&mut self, event: &Event) {
        match event {
            Event::Item { .. } => self.objects -= 1,
            Event::Problem { .. } => self.problems -= 1,
            _ => {}
        }
    }
}
