//! The open sessions: one connector each.

use std::collections::BTreeMap;
use std::sync::Arc;

use connector_core::protocol::SessionId;
use connector_core::{Connector, Dispatcher, Error, Result};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The open sessions.
#[derive(Default)]
pub struct Sessions {
    open: BTreeMap<String, Session>,
    opened: u64,
}

/// A connector, and what is done with it. Cheap to clone.
#[derive(Clone)]
pub struct Session {
    /// The way to the connector.
    pub dispatcher: Dispatcher,
    /// Ends everything that runs in the session.
    pub cancellation: CancellationToken,
    /// Everything that runs in the session.
    pub tasks: TaskTracker,
}

impl Session {
    /// Cancels what runs in the session, and waits for its answers.
    pub async fn end(self) {
        self.cancellation.cancel();
        self.drain().await;
    }

    /// Waits for what runs in the session.
    pub async fn drain(self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Sessions {
    /// Takes a connector in.
    pub fn open(&mut self, connector: Arc<dyn Connector>) -> SessionId {
        self.opened += 1;
        let name = format!("s{}", self.opened);
        let session = Session {
            dispatcher: Dispatcher::new(connector),
            cancellation: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        self.open.insert(name.clone(), session);
        SessionId(name)
    }

    /// The session with this name; without a name, the only one there is.
    pub fn get(&self, name: Option<&SessionId>) -> Result<&Session> {
        let mut all = self.open.values();
        match (name, all.next(), all.next()) {
            (Some(name), ..) => self.open.get(&name.0).ok_or_else(|| not_open(name)),
            (None, Some(only), None) => Ok(only),
            (None, None, _) => Err(Error::invalid_request("no session is open; send 'open' first")),
            (None, ..) => {
                Err(Error::invalid_request("several sessions are open; name one in params.session"))
            }
        }
    }

    /// Lets a session go.
    pub fn close(&mut self, name: &SessionId) -> Result<Session> {
        self.open.remove(&name.0).ok_or_else(|| not_open(name))
    }

    /// Lets every session go.
    pub fn close_all(&mut self) -> Vec<Session> {
        std::mem::take(&mut self.open).into_values().collect()
    }
}

fn not_open(name: &SessionId) -> Error {
    Error::invalid_request(format!("there is no open session '{name}'"))
}
