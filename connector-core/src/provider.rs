//! Where connectors come from: what a carrier opens its sessions with.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::connector::Connector;
use crate::error::Result;
use crate::manifest::Manifest;

/// Makes connectors of one kind from their configurations.
pub trait Provider: Send + Sync {
    /// What its connectors can do. It asks nobody, and is the same at every call.
    fn manifest(&self) -> Manifest;

    /// A connector with this configuration, its keys as the manifest names them. Nothing is sent.
    /// It may take a moment, to read files and to decrypt keys: not for the threads of a runtime. A repeat makes another
    /// connector, with a log-in and a budget of its own.
    ///
    /// # Errors
    ///
    /// One error of kind `configuration` that names every wrong key at once, and no value.
    fn open(&self, configuration: Map<String, Json>) -> Result<Arc<dyn Connector>>;
}
