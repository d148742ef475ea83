//! Where connectors to SuccessFactors come from.

use std::sync::Arc;

use connector_core::manifest::Manifest;
use connector_core::{Connector, Provider, Result};
use serde_json::{Map, Value as Json};

use crate::config::Sources;
use crate::connector::SuccessFactorsConnector;

/// Makes connectors to tenants of SuccessFactors.
#[derive(Clone, Copy, Debug, Default)]
pub struct SuccessFactorsProvider;

impl Provider for SuccessFactorsProvider {
    fn manifest(&self) -> Manifest {
        crate::manifest()
    }

    fn open(&self, configuration: Map<String, Json>) -> Result<Arc<dyn Connector>> {
        Ok(Arc::new(SuccessFactorsConnector::open(configuration, &Sources::new())?))
    }
}
