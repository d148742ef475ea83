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

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::object::Secret;
    use connector_sfsf::SuccessFactorsProvider;

    fn meta(token: usize) -> Meta {
        let keys = [("url", "https://tenant.example".to_owned()), ("access_token", format!("token {token}"))];
        let keys = keys.map(|(key, value)| (key.to_owned(), Secret::new(value)));
        Meta { credentials: Some(Credentials(keys.into())), ..Meta::default() }
    }

    fn kept(connectors: &Connectors) -> Vec<String> {
        let others = connectors.others.lock().unwrap();
        others.iter().map(|(credentials, _)| credentials.0["access_token"].expose().to_owned()).collect()
    }

    #[test]
    fn so_many_connections_are_kept_and_the_one_that_was_used_longest_ago_goes() {
        let connectors = Connectors::new(Arc::new(SuccessFactorsProvider), None).unwrap();
        for token in 0..KEPT {
            connectors.dispatcher(&mut meta(token)).unwrap();
        }
        // The first one is used again, so that the second one is the oldest.
        connectors.dispatcher(&mut meta(0)).unwrap();
        assert_eq!(kept(&connectors).len(), KEPT);
        connectors.dispatcher(&mut meta(KEPT)).unwrap();
        let kept = kept(&connectors);
        assert_eq!(kept.len(), KEPT);
        assert!(kept.contains(&"token 0".to_owned()) && !kept.contains(&"token 1".to_owned()), "{kept:?}");
    }

    #[test]
    fn a_connection_that_is_refused_is_not_kept() {
        let connectors = Connectors::new(Arc::new(SuccessFactorsProvider), None).unwrap();
        let mut incomplete = meta(1);
        incomplete.credentials.as_mut().unwrap().0.remove("url");
        assert!(connectors.dispatcher(&mut incomplete).is_err());
        assert!(kept(&connectors).is_empty());
    }
}
