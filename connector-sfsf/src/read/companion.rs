//! What is read apart from the records of a page, for many of them at once.

use async_trait::async_trait;
use connector_core::Result;
use connector_core::object::{ConnectorObject, ObjectClass, Uid, Value, Values};

use crate::http::Scope;
use crate::mapping::attribute::Ids;
use crate::tenant::Session;

/// Fills attributes that do not come with the records. One value serves one operation.
#[async_trait]
pub(crate) trait Companion: Send + Sync {
    /// For so many objects at a time it is read.
    fn chunk(&self, session: &Session) -> usize;

    /// Reads what belongs to these objects. `more` says that others follow, so that what is common to all of them is
    /// worth reading at once.
    ///
    /// # Errors
    ///
    /// Those of reading, and a missing permission.
    async fn load(&mut self, session: &Session, scope: &Scope, uids: &[Uid], more: bool) -> Result<()>;

    /// Puts what was read into the attributes of an object that are there for it.
    fn attach(&self, object: &mut ConnectorObject);
}

/// The objects that a list of uids means.
pub(crate) fn references(ids: &Ids, uids: impl IntoIterator<Item = Uid>) -> Values {
    let class = ObjectClass::from(ids.class);
    uids.into_iter().map(|uid| Value::reference(class.clone(), uid)).collect()
}
