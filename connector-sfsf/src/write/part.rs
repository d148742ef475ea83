//! One part of a change: what goes to one entity of the tenant.

use async_trait::async_trait;
use connector_core::Result;
use connector_core::object::{AttributeName, Uid};
use connector_core::operation::{PartResult, PlannedRecord};

use crate::class::call::Call;

/// What goes to one entity.
#[async_trait]
pub(crate) trait Part: Send + Sync {
    /// Looks whether it can be sent. Nothing of the change has been sent yet.
    ///
    /// # Errors
    ///
    /// Those of reading; what the tenant is known to refuse.
    async fn check(&mut self, call: &Call) -> Result<()>;

    /// What would be sent, to the byte, secrets aside.
    ///
    /// # Errors
    ///
    /// What cannot be sent.
    fn planned(&self, call: &Call) -> Result<Vec<PlannedRecord>>;

    /// Sends it, and says what the tenant made of it. May be repeated.
    ///
    /// # Errors
    ///
    /// The tenant's. If the effect is unknown, reading back did not settle it.
    async fn send(&self, call: &Call) -> Result<Sent>;

    /// The attributes that it is about, if an error behind it is to name them.
    fn attributes(&self) -> Vec<AttributeName>;
}

/// A part that was sent.
#[derive(Debug)]
pub(crate) struct Sent {
    pub result: PartResult,
    /// What the caller should know besides.
    pub notices: Vec<String>,
}

/// Objects that come into an attribute, or leave it.
#[derive(Clone, Debug)]
pub(crate) struct Values {
    pub attribute: AttributeName,
    pub added: Vec<Uid>,
    pub removed: Vec<Uid>,
}
