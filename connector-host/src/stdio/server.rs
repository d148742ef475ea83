//! The server: from lines to requests, and each request in a task of its own.

use connector_core::protocol::{
    Control, Event, MalformedRequest, Message, Notice, Opened, Outcome, Request, RequestId, Server,
    SessionId, Welcome,
};
use connector_core::{Error, ErrorKind, Meter, Result, Retry};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lines::{Line, LineReader};
use super::responder::Responder;
use super::running::{Full, Reins, Running};
use super::session::{Session, Sessions};
use super::writer::Outlet;
use super::{GRACE, Host};

/// Serves until the input ends, the output is closed, `shutdown` is asked for, or `ended` is cancelled.
///
/// What is under way at the end of the input may go on for a few seconds, and is cancelled then. Every
/// request has been answered when this returns, unless nobody reads the answers.
pub async fn serve<R, W>(host: Host, input: R, output: W, ended: CancellationToken)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let closed = CancellationToken::new();
    let (outlet, writing) = Outlet::new(output, closed.clone());
    let serving = async {
        let lines = LineReader::new(input, host.limits.request_bytes);
        let mut stdio = Stdio { host, outlet, sessions: Sessions::default(), running: Running::default() };
        let shutdown = tokio::select! {
            shutdown = stdio.read(lines) => shutdown,
            () = closed.cancelled() => None,
            () = ended.cancelled() => None,
        };
        let grace = if shutdown.is_some() || closed.is_cancelled() { Duration::ZERO } else { GRACE };
        stdio.finish(grace, &closed).await;
        if let Some(asked) = shutdown {
            stdio.outlet.send(&asked.done()).await;
        }
    };
    // The writer ends when the last outlet is gone.
    tokio::join!(serving, writing);
}

struct Stdio {
    host: Host,
    outlet: Outlet,
    sessions: Sessions,
    running: Running,
}

impl Stdio {
    /// Reads messages until the input ends or a shutdown is asked for, which is returned.
    async fn read<R: AsyncRead + Unpin>(&mut self, mut lines: LineReader<R>) -> Option<Unanswered> {
        while let Some(line) = lines.next().await {
            let message = match line {
                Line::Whole(bytes) => Message::from_json(&bytes),
                Line::TooLong => Err(self.too_long()),
            };
            match message {
                Ok(Message::Call { session, request }) => self.call(session.as_ref(), request).await,
                Ok(Message::Control { id, control: Control::Shutdown, ignored, .. }) => {
                    return Some(Unanswered { id, ignored });
                }
                Ok(Message::Control { id, control, ignored, .. }) => {
                    self.control(Unanswered { id, ignored }, control).await;
                }
                Ok(Message::Notice(Notice::Cancel(cancel))) => self.running.cancel(&cancel.id),
                Ok(Message::Notice(Notice::Credit(credit))) => self.running.credit(&credit),
                Err(malformed) => self.outlet.send(&Event::Malformed(malformed)).await,
            }
        }
        None
    }

    async fn control(&mut self, asked: Unanswered, control: Control) {
        let outcome = match control {
            Control::Hello(hello) => {
                tracing::info!(client = hello.client.unwrap_or_default(), "a client says hello");
                Ok(Outcome::Welcome(Box::new(self.welcome())))
            }
            Control::Open(open) => self.open(open.configuration).await.map(Outcome::Opened),
            Control::Close(close) => match self.sessions.close(&close.session) {
                Ok(session) => return self.close(asked, session),
                Err(error) => Err(error),
            },
            Control::Shutdown => Ok(Outcome::Done {}),
        };
        self.outlet.send(&asked.answer(outcome)).await;
    }

    /// Opens a session. Files are read and keys decrypted for that, off the threads that serve requests; the messages
    /// behind this one wait, since they may be for the session.
    async fn open(
        &mut self,
        configuration: Option<serde_json::Map<String, serde_json::Value>>,
    ) -> Result<Opened> {
        let configuration = configuration.or_else(|| self.host.configuration.clone()).ok_or_else(|| {
            Error::new(ErrorKind::Configuration, "there is no configuration")
                .with_advice("give params.configuration, or start the program with --config or --sandbox")
        })?;
        let provider = Arc::clone(&self.host.provider);
        let opened = tokio::task::spawn_blocking(move || provider.open(configuration)).await;
        let connector = opened.unwrap_or_else(|_| Err(Error::internal("the session could not be opened")))?;
        Ok(Opened { session: self.sessions.open(connector) })
    }

    /// Closes a session beside everything else: its requests may need a moment to end.
    fn close(&self, asked: Unanswered, session: Session) {
        let outlet = self.outlet.clone();
        tokio::spawn(async move {
            session.end().await;
            outlet.send(&asked.done()).await;
        });
    }

    async fn call(&self, session: Option<&SessionId>, request: Request) {
        let id = request.id.clone();
        if let Err(refusal) = self.begin(session, request) {
            let event = match refusal {
                Refusal::Failed(error) => Event::Error { id, error },
                Refusal::Malformed(malformed) => Event::Malformed(malformed),
            };
            self.outlet.send(&event).await;
        }
    }

    /// Starts a request in a task of its own.
    fn begin(&self, session: Option<&SessionId>, request: Request) -> Result<(), Refusal> {
        let session = self.sessions.get(session)?;
        let id = request.id.clone();
        let reins = Reins {
            cancellation: session.cancellation.child_token(),
            stop: CancellationToken::new(),
            credit: Arc::new(Semaphore::new(self.host.limits.credit)),
            meter: Meter::default(),
        };
        self.running.begin(&id, &reins, self.host.limits.requests).map_err(|full| refusal(&id, full))?;
        let level = request.meta.log.unwrap_or(self.host.level);
        let (cancellation, meter) = (reins.cancellation.clone(), reins.meter.clone());
        let ignored = request.ignored.clone();
        let events =
            self.host.log.follow(level, || session.dispatcher.dispatch_metered(request, cancellation, meter));
        let (outlet, keep_alive) = (self.outlet.clone(), self.host.limits.keep_alive);
        let running = self.running.clone();
        session.tasks.spawn(async move {
            Responder { id: id.clone(), reins, outlet, keep_alive, ignored }
                .send(events, || running.end(&id))
                .await;
        });
        Ok(())
    }

    /// Waits for what is under way, for a while, and cancels the rest.
    async fn finish(&mut self, grace: Duration, closed: &CancellationToken) {
        let sessions = self.sessions.close_all();
        let all = TaskTracker::new();
        for session in &sessions {
            all.spawn(session.clone().drain());
        }
        all.close();
        tokio::select! {
            () = closed.cancelled() => {}
            _ = timeout(grace, all.wait()) => {}
        }
        for session in sessions {
            session.end().await;
        }
    }

    fn welcome(&self) -> Welcome {
        let server = Server { name: "sfsf-connector", version: env!("CARGO_PKG_VERSION") };
        Welcome::new(server, self.host.limits, self.host.provider.manifest())
    }

    fn too_long(&self) -> MalformedRequest {
        let limit = self.host.limits.request_bytes;
        let sentence = format!("this is not a request: the line is longer than {limit} bytes");
        MalformedRequest::no_request(None, sentence)
    }
}

/// Why a request did not begin.
enum Refusal {
    Failed(Error),
    Malformed(MalformedRequest),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

fn refusal(id: &RequestId, full: Full) -> Refusal {
    match full {
        Full::IdInUse => {
            let sentence = format!("this is not a request: a request with the id {id} is under way");
            Refusal::Malformed(MalformedRequest::no_request(Some(id.clone()), sentence))
        }
        Full::TooMany(limit) => Refusal::Failed(
            Error::new(ErrorKind::Unavailable, format!("{limit} requests are under way already"))
                .with_retry(Retry::Later { after: None })
                .with_advice("send the next one when one of them has been answered"),
        ),
    }
}

/// What was asked for around the operations, as far as the answer refers to it.
struct Unanswered {
    id: RequestId,
    ignored: Vec<String>,
}

impl Unanswered {
    fn answer(self, outcome: Result<Outcome>) -> Event {
        let Self { id, ignored } = self;
        match outcome {
            Ok(outcome) => Event::Result { id, outcome, ignored },
            Err(error) => Event::Error { id, error: error.with_ignored(ignored) },
        }
    }

    fn done(self) -> Event {
        self.answer(Ok(Outcome::Done {}))
    }
}
