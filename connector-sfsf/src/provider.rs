//! Where connectors to SuccessFactors come from.

use std::sync::Arc;

use connector_core::manifest::Manifest;
use connector_core::{Connector, Provider, Result};
use serde_json::{Map, Value as Json};

use crate::config::{Configuration, Terms};
use crate::connector::SuccessFactorsConnector;

/// Makes connectors to tenants of SuccessFactors.
#[derive(Clone, Copy, Debug, Default)]
pub struct SuccessFactorsProvider;

impl Provider for SuccessFactorsProvider {
    fn manifest(&self) -> Manifest {
        crate::manifest()
    }

    /// Besides a configuration, this takes the terms for requests that bring their connection, without one of its own:
    /// `allow_hosts` and whatever else is no connection.
    fn open(&self, configuration: Map<String, Json>) -> Result<Arc<dyn Connector>> {
        Ok(Arc::new(match Terms::alone(&configuration)? {
            Some(terms) => SuccessFactorsConnector::for_requests(terms),
            None => SuccessFactorsConnector::new(Configuration::from_map(configuration)?)?,
        }))
    }
}
