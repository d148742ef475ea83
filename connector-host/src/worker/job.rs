//! One message, from its delivery to its acknowledgment.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use connector_core::protocol::{Event, MalformedRequest, Request, RequestId};
use connector_core::{Effect, Error, ErrorKind, Retry};
use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::BasicAckOptions;
use lapin::types::ShortString;
use tokio_util::sync::CancellationToken;

use super::Worker;
use super::backoff::Backoff;
use super::codec::Asked;
use super::envelope::{Envelope, Fall};
use super::failure::{self, Fate, bury, delay};
use super::journal::Journal;
use super::memory::Known;
use super::order::Turn;
use super::publisher::{Lost, Publisher};
use super::redact::hash;
use super::reply::Reply;

/// Repeats in the process wait at first so long, and at last so long.
const REPEAT: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(15));

/// One message.
pub struct Job {
    pub worker: Arc<Worker>,
    pub publisher: Arc<Publisher>,
    pub journal: Arc<Journal>,
    pub delivery: Delivery,
    pub queue: ShortString,
    /// How the broker took it out of its queue, if it did. Then it is answered, and not carried out.
    pub fall: Option<Fall>,
    /// Its place among the changes of one thing.
    pub turn: Option<Turn>,
    pub asked: Result<Asked, MalformedRequest>,
    /// Nothing new is begun.
    pub draining: CancellationToken,
    /// What is under way ends.
    pub cancellation: CancellationToken,
}

/// Whether the message is done.
type Done = bool;

impl Job {
    /// Does what the message asks for. It is acknowledged at the end, or comes again.
    pub async fn run(mut self) {
        if !self.may_begin().await {
            return;
        }
        let worker = Arc::clone(&self.worker);
        worker.metrics.running.up();
        let done = self.settle().await;
        worker.metrics.running.down();
        if let Ok(true) = done
            && self.delivery.acker.ack(BasicAckOptions::default()).await.is_err()
        {
            self.publisher.give_up();
        }
    }

    /// Waits for those before; false if the worker ends meanwhile.
    async fn may_begin(&mut self) -> bool {
        let come = async {
            if let Some(turn) = &mut self.turn {
                turn.come().await;
            }
        };
        tokio::select! {
            biased;
            () = self.draining.cancelled() => false,
            () = self.cancellation.cancelled() => false,
            () = come => true,
        }
    }

    async fn settle(&mut self) -> Result<Done, Lost> {
        let envelope = Envelope::of(&self.delivery);
        let reply_queues = &self.worker.settings.reply_queues;
        if let Some(queue) = envelope.reply_to.as_ref().filter(|queue| !reply_queues.allow(queue.as_str())) {
            return self.misdirected(&envelope, reply_queues.refusal(queue.as_str())).await;
        }
        let Asked { request, key } = match &self.asked {
            Ok(asked) => Asked { request: asked.request.clone(), key: asked.key.clone() },
            Err(malformed) => return self.refuse(&envelope, malformed.clone()).await,
        };
        let name = envelope.message_id.clone().or_else(|| request.meta.idempotency_key.clone());
        // Its failure is remembered under its name of before.
        let name = name.map(|name| envelope.replayed.map_or(name.clone(), |at| format!("{name}@{at}")));
        let line = key.as_deref().zip(name.as_deref());
        if self.fall.is_none() && line.is_some_and(|(key, name)| self.worker.parked.must_wait(key, name)) {
            delay(&self.worker, &self.publisher, &self.delivery, &envelope, &self.queue, false).await?;
            return Ok(true);
        }
        self.answer(&envelope, request, name.as_deref(), line).await
    }

    /// Keeps what asks for a reply to a place where none goes. Nothing is carried out of which nobody could hear.
    async fn misdirected(&self, envelope: &Envelope, error: Error) -> Result<Done, Lost> {
        self.worker.metrics.malformed.up();
        self.bury(&error, envelope.deadline).await?;
        Ok(true)
    }

    /// Answers what could not be understood, and keeps it for a person to look at.
    async fn refuse(&self, envelope: &Envelope, malformed: MalformedRequest) -> Result<Done, Lost> {
        self.worker.metrics.malformed.up();
        let error = malformed.error.clone();
        let event = Event::Malformed(malformed);
        let mut reply = self.reply(envelope, Instant::now() + self.worker.settings.timeout);
        reply.finish(&reply.last(&event), None).await?;
        // What is understood and just not done here needs nobody to look at it.
        if error.kind() == ErrorKind::InvalidRequest {
            self.bury(&error, envelope.deadline).await?;
        }
        Ok(true)
    }

    async fn answer(
        &self,
        envelope: &Envelope,
        request: Request,
        name: Option<&str>,
        line: Option<(&str, &str)>,
    ) -> Result<Done, Lost> {
        let deadline = deadline(envelope, &request);
        let until = self.until(deadline);
        let mut reply = self.reply(envelope, until);
        let fingerprint = hash(&self.delivery.data);
        let known = match name {
            Some(name) => self.look_back(name, &fingerprint).await?,
            None => Known::Nothing,
        };
        let event = match known {
            Known::Answered(body) => {
                self.worker.metrics.remembered.up();
                reply.finish(&body, name).await?;
                self.leave(line);
                return Ok(true);
            }
            Known::Other => failed(&request.id, id_in_use()),
            Known::Nothing => match &self.fall {
                Some(fall) => failed(&request.id, fallen(fall, request.call.operation().writes())),
                None => self.execute(envelope, request, until, &mut reply).await?,
            },
        };
        let fate = match &self.fall {
            Some(_) => Fate::DeadLetter,
            None => failure::fate(&self.worker, envelope, &event, reply.has_begun()),
        };
        match fate {
            Fate::Leave => return Ok(false),
            Fate::Delay => {
                if let Some((key, name)) = line {
                    self.worker.parked.park(key, name);
                }
                delay(&self.worker, &self.publisher, &self.delivery, envelope, &self.queue, true).await?;
                return Ok(true);
            }
            Fate::Answer | Fate::DeadLetter => {}
        }
        // Before the reply is kept: whoever finds it has nothing to bury any more.
        if let (Fate::DeadLetter, Event::Error { error, .. }) = (fate, &event) {
            let expired = self.fall.as_ref().is_some_and(|fall| fall.expired).then(SystemTime::now);
            self.bury(error, deadline.into_iter().chain(expired).min()).await?;
        }
        self.count(&event);
        let name = name.filter(|_| is_settled(&event) && !reply.has_begun());
        let body = match name {
            Some(name) => self.agree(name, &fingerprint, &reply, &event).await?,
            None => reply.last(&event),
        };
        reply.finish(&body, name).await?;
        self.leave(line);
        Ok(true)
    }

    /// What is known about a message. If another worker may have had it, everything that one said is read first.
    async fn look_back(&self, name: &str, fingerprint: &str) -> Result<Known, Lost> {
        if self.delivery.redelivered || self.fall.is_some() {
            self.journal.catch_up().await?;
        }
        self.recall(name, fingerprint).await
    }

    /// Keeps a reply, and gives the one that holds: whoever kept one first has said what it is.
    async fn agree(
        &self,
        name: &str,
        fingerprint: &str,
        reply: &Reply<'_>,
        event: &Event,
    ) -> Result<Vec<u8>, Lost> {
        let body = reply.last(event);
        self.journal.keep(name, fingerprint, &body).await?;
        Ok(match (self.recall(name, fingerprint).await?, event) {
            (Known::Answered(first), _) => first,
            (Known::Other, Event::Result { id, .. } | Event::Error { id, .. }) => {
                reply.last(&failed(id, id_in_use()))
            }
            _ => body,
        })
    }

    /// Those that wait for this change in the retry queue need not any more.
    fn leave(&self, line: Option<(&str, &str)>) {
        if let Some((key, name)) = line {
            self.worker.parked.done(key, name);
        }
    }

    /// Carries a request out, and repeats it while that makes sense. Items go to the requester as they come.
    async fn execute(
        &self,
        envelope: &Envelope,
        mut request: Request,
        until: Instant,
        reply: &mut Reply<'_>,
    ) -> Result<Event, Lost> {
        let id = request.id.clone();
        if envelope.deliveries >= self.worker.settings.deliveries {
            let sentence = format!("the message was delivered {} times before", envelope.deliveries);
            return Ok(failed(&id, poison(sentence, request.call.operation().writes())));
        }
        if request.meta.correlation_id.is_none() {
            request.meta.correlation_id = envelope.correlation_id.as_ref().map(ToString::to_string);
        }
        let patient = until.min(Instant::now() + self.worker.settings.patience);
        let mut backoff = Backoff::new(REPEAT.0, REPEAT.1);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            request.meta.deadline_ms = Some(u64::try_from(left.as_millis()).unwrap_or(u64::MAX));
            let event = self.attempt(request.clone(), reply).await?;
            let Some(wait) = repeat_after(&event, &mut backoff) else { return Ok(event) };
            if reply.has_begun() || Instant::now() + wait >= patient {
                return Ok(event);
            }
            self.worker.metrics.repeated.up();
            reply.forget();
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.draining.cancelled() => return Ok(failed(&id, stopped())),
                () = self.cancellation.cancelled() => return Ok(failed(&id, stopped())),
            }
        }
    }

    /// Carries a request out once, until its last event.
    async fn attempt(&self, request: Request, reply: &mut Reply<'_>) -> Result<Event, Lost> {
        let id = request.id.clone();
        let mut events = self.worker.dispatcher.dispatch(request, self.cancellation.child_token());
        while let Some(event) = events.next().await {
            if event.is_final() {
                return Ok(event);
            }
            if !reply.push(&event).await? {
                let gone =
                    Error::new(ErrorKind::InvalidRequest, "the requester takes no more parts of the reply");
                return Ok(failed(&id, gone));
            }
        }
        Ok(failed(&id, Error::internal("the connector ended without an answer")))
    }

    /// Sends a copy without its secrets to the dead letters, with the queue that the message was in.
    async fn bury(&self, error: &Error, deadline: Option<SystemTime>) -> Result<(), Lost> {
        let home = self.fall.as_ref().and_then(|fall| fall.queue.as_deref());
        let queue = home.unwrap_or(self.queue.as_str());
        bury(&self.worker, &self.publisher, &self.delivery, queue, error, deadline).await
    }

    /// Until when the request has to be done: what the message says, and never longer than the worker allows.
    fn until(&self, deadline: Option<SystemTime>) -> Instant {
        let left = deadline.map(|at| at.duration_since(SystemTime::now()).unwrap_or_default());
        Instant::now()
            + left.map_or(self.worker.settings.timeout, |left| left.min(self.worker.settings.timeout))
    }

    fn reply<'a>(&'a self, envelope: &'a Envelope, until: Instant) -> Reply<'a> {
        Reply::new(&self.worker, &self.publisher, envelope, until)
    }

    async fn recall(&self, name: &str, fingerprint: &str) -> Result<Known, Lost> {
        self.worker.memory.recall(name, fingerprint).await.map_err(|error| self.unusable(&error))
    }

    /// Without its memory the worker could not keep its promises, so it takes nothing until that is mended.
    fn unusable(&self, error: &Error) -> Lost {
        tracing::error!(%error, "replies cannot be remembered");
        self.publisher.give_up()
    }

    fn count(&self, event: &Event) {
        match event {
            Event::Error { .. } => self.worker.metrics.failed.up(),
            _ => self.worker.metrics.succeeded.up(),
        }
    }
}

/// When the sender stops waiting, as the properties and the request say it.
fn deadline(envelope: &Envelope, request: &Request) -> Option<SystemTime> {
    let wanted =
        request.meta.deadline_ms.map(|time| envelope.sent + Duration::from_millis(time.min(1 << 40)));
    wanted.into_iter().chain(envelope.deadline).min()
}

/// How long to wait before a repeat, if one makes sense.
fn repeat_after(event: &Event, backoff: &mut Backoff) -> Option<Duration> {
    let Event::Error { error, .. } = event else { return None };
    match error.retry() {
        Retry::Later { after } if error.kind() != ErrorKind::Cancelled => {
            let wait = backoff.wait();
            Some(after.map_or(wait, |after| after.max(wait)))
        }
        _ => None,
    }
}

/// Whether a repeat of the message would end in the same way.
fn is_settled(event: &Event) -> bool {
    match event {
        Event::Result { .. } => true,
        Event::Error { error, .. } => error.retry() == Retry::Never,
        _ => false,
    }
}

fn failed(id: &RequestId, error: Error) -> Event {
    Event::Error { id: id.clone(), error }
}

fn stopped() -> Error {
    Error::new(ErrorKind::Cancelled, "the worker ends")
}

/// What no worker survived. Each of them may have made the change before it died.
fn poison(delivered: String, writes: bool) -> Error {
    unsettled(Error::internal(format!("{delivered}, and no worker survived it")), writes)
}

/// What the broker itself took out of its queue. Nobody can know whether a worker had it before and died.
fn fallen(fall: &Fall, writes: bool) -> Error {
    if !fall.expired {
        return poison("the broker delivered the message as often as it may".to_owned(), writes);
    }
    unsettled(
        Error::new(ErrorKind::Timeout, "the message expired in its queue before it was answered"),
        writes,
    )
}

fn unsettled(error: Error, writes: bool) -> Error {
    if !writes {
        return error;
    }
    error.with_effect(Effect::Unknown).with_advice("look whether the change was made before you repeat it")
}

fn id_in_use() -> Error {
    Error::invalid_request("another request had this message id")
        .with_advice("a repeat has the same body; a new request has an id of its own")
}
