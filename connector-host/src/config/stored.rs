//! The configuration of the program itself, with where its keys come from.

use std::sync::Arc;

use connector_core::manifest::Manifest;
use connector_core::{Connector, Provider, Result};
use connector_sfsf::{Sources, SuccessFactorsConnector, SuccessFactorsProvider};

use super::Keys;

/// The configuration of the program itself. As a provider it opens others' configurations too; errors about its own keys
/// say where they stand.
#[derive(Clone, Default)]
pub struct Stored {
    /// Keys and values.
    pub keys: Keys,
    /// Where each key comes from.
    pub sources: Sources,
}

impl Stored {
    /// The connector that it describes.
    ///
    /// # Errors
    ///
    /// Keys that are wrong, by name and place; a private key or a certificate that cannot be used.
    pub fn connector(self) -> Result<SuccessFactorsConnector> {
        SuccessFactorsConnector::open(self.keys, &self.sources)
    }
}

impl Provider for Stored {
    fn manifest(&self) -> Manifest {
        SuccessFactorsProvider.manifest()
    }

    fn open(&self, configuration: Keys) -> Result<Arc<dyn Connector>> {
        if configuration == self.keys {
            return Ok(Arc::new(self.clone().connector()?));
        }
        SuccessFactorsProvider.open(configuration)
    }
}
