//! `delete`, `suspend` and `resume` ask for one thing about one object, and need nothing but its identity.

use serde::{Deserialize, Serialize};

use crate::object::{ObjectClass, Uid};

/// One object of the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectId {
    /// Its class.
    pub object_class: ObjectClass,
    /// Its uid.
    pub uid: Uid,
}

impl ObjectId {
    /// The object of this class with this uid.
    ///
    /// # Examples
    ///
    /// ```
    /// use connector_core::memory::MemoryConnector;
    /// use connector_core::operation::{ObjectId, SaveAction};
    /// use connector_core::{Connector, Context};
    ///
    /// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
    /// let (connector, context) = (MemoryConnector::with_people(3), Context::new());
    /// let person = ObjectId::new("Person", "P000002");
    /// assert_eq!(connector.suspend(&context, &person).await?.action, SaveAction::Suspended);
    /// // It may be repeated: who is inactive already is not written again.
    /// assert_eq!(connector.suspend(&context, &person).await?.action, SaveAction::Unchanged);
    /// let outcome = connector.resume(&context, &person).await?;
    /// assert!(outcome.action == SaveAction::Revived && outcome.presence.is_active());
    /// # Ok::<_, Box<dyn std::error::Error>>(()) })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(object_class: impl Into<ObjectClass>, uid: impl Into<Uid>) -> Self {
        Self { object_class: object_class.into(), uid: uid.into() }
    }
}
