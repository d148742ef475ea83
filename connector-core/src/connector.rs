//! The SPI: what a connector is.

use std::sync::Arc;

use async_trait::async_trait;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::manifest::Manifest;
use crate::object::{Schema, Secret};
use crate::operation::{
    ExplainRequest, Explanation, GetOutcome, GetRequest, ImportRequest, ItemStream, LookupRequest, ObjectId,
    ResetPasswordRequest, SaveOutcome, SaveRequest, SearchRequest, TestReport, ValueList,
};

/// A connection to one target system.
///
/// There is one value per configuration, shared by every thread that uses it. Which object classes
/// and operations it has is written in its [`manifest`](Connector::manifest); an operation that is
/// not there fails with [`Unsupported`](crate::ErrorKind::Unsupported).
///
/// The [contract suite](crate::contract) says what every connector owes its callers.
///
/// # Examples
///
/// ```
/// use connector_core::memory::MemoryConnector;
/// use connector_core::operation::{ExplainRequest, Explanation, Subject};
/// use connector_core::{Connector, Context, Filter};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let subject = Subject::Filter(Filter::parse("title eq 'Engineer'")?);
/// let request = ExplainRequest { object_class: "Person".into(), subject };
/// let explanation = MemoryConnector::new().explain(&Context::new(), &request).await?;
/// if let Explanation::Filter(explanation) = explanation {
///     // What the target does not evaluate is evaluated here, and the reason is said.
///     assert_eq!(explanation.here[0].filter, "title eq 'Engineer'");
///     assert_eq!(explanation.here[0].reason, "the table gives every record");
/// }
/// # Ok::<_, Box<dyn std::error::Error>>(()) })?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[async_trait]
pub trait Connector: Send + Sync {
    /// What this connector can do, as data.
    fn manifest(&self) -> &Manifest;

    /// Tries the target with a fresh login and reads one record. May be repeated.
    ///
    /// # Errors
    ///
    /// The first step that fails, with what to do about it.
    async fn test(&self, context: &Context) -> Result<TestReport>;

    /// Describes the objects of this very target. May be repeated; answers may be cached.
    async fn schema(&self, context: &Context) -> Result<Arc<Schema>>;

    /// Looks for one object. That there is none is an answer, not an error.
    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome>;

    /// Streams the objects that satisfy a filter: exactly those for which
    /// [`Filter::matches`](crate::filter::Filter::matches) holds.
    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream;

    /// Streams all objects, in memory that does not grow with their number.
    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream;

    /// Creates an object or changes it. May be repeated: what is so already is not written again.
    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome>;

    /// Removes an object, or does what the manifest says the target has instead.
    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome>;

    /// Makes an account inactive. May be repeated: it writes nothing if the account is so already.
    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome>;

    /// Makes an account active. May be repeated: it writes nothing if the account is so already.
    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome>;

    /// Sets a password, and changes nothing else.
    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome>;

    /// Gives the values that an attribute may have. May be repeated; answers may be cached, and say their age.
    /// A connector without such lists leaves it out.
    async fn lookup(&self, _context: &Context, _request: &LookupRequest) -> Result<ValueList> {
        Err(Error::unsupported("this connector has no lists of values"))
    }

    /// Says what a search would do, or how the state of an object comes about. It changes nothing and may be
    /// repeated. A connector that cannot leaves it out.
    async fn explain(&self, _context: &Context, _request: &ExplainRequest) -> Result<Explanation> {
        Err(Error::unsupported("this connector explains nothing"))
    }

    /// A new bearer token, for a host that speaks to the target itself besides. It is no operation of the
    /// protocol, so no message asks for it: only who has loaded the connector does. A connector without tokens
    /// leaves it out.
    async fn access_token(&self, _context: &Context) -> Result<Secret> {
        Err(Error::unsupported("this connector has no tokens to hand out"))
    }
}
