//! The connectors of a worker: its own, and those of the connections that come in messages.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use connector_core::context::Credentials;
use connector_core::protocol::Meta;
use connector_core::{Dispatcher, Error, ErrorKind, Provider, Result};
use serde_json::{Map, Value as Json, json};

/// Connectors that are kept with their tokens, in memory only; the one that was used longest ago goes first.
const KEPT: usize = 64;

/// The connectors of a worker.
pub struct Connectors {
    provider: Arc<dyn Provider>,
    own: Option<Dispatcher>,
    others: Mutex<VecDeque<(Credentials, Dispatcher)>>,
}

impl Connectors {
    /// Connectors from this provider, with this configuration for messages that bring no connection.
    ///
    /// # Errors
    ///
    /// A configuration that the provider refuses.
    pub fn new(provider: Arc<dyn Provider>, configuration: Option<Map<String, Json>>) -> Result<Self> {
        let own = configuration.map(|keys| provider.open(keys).map(Dispatcher::new)).transpose()?;
        Ok(Self { provider, own, others: Mutex::default() })
    }

    /// The way to the connector for a request. A worker's own connector knows what to do with connection data;
    /// without one they are a configuration of their own.
    ///
    /// # Errors
    ///
    /// No connection at all, or one that is incomplete.
    pub fn dispatcher(&self, meta: &mut Meta) -> Result<Dispatcher> {
        if let Some(own) = &self.own {
            return Ok(own.clone());
        }
        let credentials = meta.credentials.take().ok_or_else(nothing_given)?;
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let found = others.iter().position(|(known, _)| *known == credentials);
        let entry = match found.and_then(|place| others.remove(place)) {
            Some(entry) => entry,
            None => (credentials.clone(), self.open(&credentials)?),
        };
        let dispatcher = entry.1.clone();
        others.push_back(entry);
        if others.len() > KEPT {
            others.pop_front();
        }
        Ok(dispatcher)
    }

    fn open(&self, credentials: &Credentials) -> Result<Dispatcher> {
        let keys = credentials.0.iter().map(|(key, value)| (key.clone(), json!(value.expose())));
        self.provider.open(keys.collect()).map(Dispatcher::new)
    }
}

fn nothing_given() -> Error {
    Error::new(ErrorKind::Configuration, "the message brings no connection, and the worker has none")
        .with_advice("put url, company_id and the others into the message, or start the worker with --config")
}
