//! Where connectors to SuccessFactors come from.

use std::sync::Arc;

use connector_core::manifest::Manifest;
use connector_core::{Connector, Provider, Result};
use serde_json::{Map, Value as Json};

use crate::config::Sources;
use crate::connector::SuccessFactorsConnector;

/// Makes connectors to tenants of SuccessFactors.
///
/// # Examples
///
/// ```
/// use connector_core::Provider;
/// use connector_core::operation::Operation;
/// use connector_sfsf::SuccessFactorsProvider;
///
/// let keys = serde_json::json!({
///     "url": "https://api4.successfactors.com/",
///     "company_id": "ACME",
///     "username": "sfapi",
///     "client_id": "NDJjMDlk",
///     "access_token": "a-token-of-somebody-else",
/// });
/// // Nothing is sent until the first call.
/// let connector = SuccessFactorsProvider.open(keys.as_object().cloned().unwrap_or_default())?;
/// let people = connector.manifest().object_class(&"User".into());
/// assert!(people.is_some_and(|class| class.operations.contains(&Operation::Suspend)));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
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
