//! The SAP SuccessFactors connector.

/// The configuration of one tenant.
#[derive(Clone, Debug)]
pub struct Configuration {}
impl Configuration {
    /// Reads a configuration from its keys and values.
    ///
    /// # Errors
    ///
    /// One error that names every wrong key at once, and never a value.
    pub fn from_map(_keys: serde_json::Map<String, serde_json::Value>) -> connector_core::Result<Self> {
        Ok(Self {})
    }
}
/// A connector for one tenant.
pub struct SuccessFactorsConnector {}
impl SuccessFactorsConnector {
    /// A connector; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// A key or certificate that cannot be read.
    pub fn new(_configuration: Configuration) -> connector_core::Result<Self> {
        Ok(Self {})
    }
    /// The signed SAML assertion that the connector would send now, as XML.
    ///
    /// # Errors
    ///
    /// If the configuration has no private key.
    pub fn assertion(&self) -> connector_core::Result<String> {
        Ok(String::new())
    }
}
