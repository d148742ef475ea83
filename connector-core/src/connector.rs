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
/// # Errors
///
/// What every method but the manifest may fail with is said once, here; what is particular to one, with it.
///
/// - Before anything is sent: [`InvalidRequest`](crate::ErrorKind::InvalidRequest) (an unknown object class, a uid that is
///   empty), [`Unsupported`](crate::ErrorKind::Unsupported) (what the manifest does not list, a day for a class without days),
///   [`InvalidAttribute`](crate::ErrorKind::InvalidAttribute) (an attribute that there is not),
///   [`Configuration`](crate::ErrorKind::Configuration) and [`ServiceAuth`](crate::ErrorKind::ServiceAuth).
/// - On the way: [`ConnectionFailed`](crate::ErrorKind::ConnectionFailed),
///   [`ConnectionBroken`](crate::ErrorKind::ConnectionBroken), [`RateLimited`](crate::ErrorKind::RateLimited),
///   [`Unavailable`](crate::ErrorKind::Unavailable), [`Timeout`](crate::ErrorKind::Timeout),
///   [`Cancelled`](crate::ErrorKind::Cancelled), [`PermissionDenied`](crate::ErrorKind::PermissionDenied) and
///   [`TargetProtocol`](crate::ErrorKind::TargetProtocol).
///
/// Of what writes, the [effect](crate::Error::effect) of the error says what became of the change: after `not_applied` a
/// repeat begins anew, after `unknown` or `applied` a repeat finds out what is left to do. Whatever reads has no effect,
/// and may be repeated.
///
/// The [contract suite](crate::contract) says what every connector owes its callers.
#[async_trait]
pub trait Connector: Send + Sync {
    /// What this connector can do, as data. It asks nobody, and is the same at every call.
    fn manifest(&self) -> &Manifest;

    /// Tries the target with a fresh login and reads one record. A repeat tries again.
    ///
    /// # Errors
    ///
    /// The first step that fails, with what to do about it.
    async fn test(&self, context: &Context) -> Result<TestReport>;

    /// Describes the objects of this very target. A repeat may give a kept answer.
    ///
    /// # Errors
    ///
    /// Those of every method.
    async fn schema(&self, context: &Context) -> Result<Arc<Schema>>;

    /// Looks for one object. A repeat looks again.
    ///
    /// # Errors
    ///
    /// Those of every method. That there is no such object, or that there are several, is an answer and no error.
    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome>;

    /// Streams the objects that satisfy a filter: exactly those for which
    /// [`Filter::matches`](crate::filter::Filter::matches) holds. A repeat begins anew; pages by cookie go on where the
    /// page before ended.
    ///
    /// # Errors
    ///
    /// Those of every method, as the last item of the stream; a filter on what cannot be read, or with a literal that is
    /// not of its attribute's type, is [`InvalidAttribute`](crate::ErrorKind::InvalidAttribute). A record that cannot be read
    /// is a [`Problem`](crate::operation::Problem), and the stream goes on.
    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream;

    /// Streams all objects, or those that changed since a token, in memory that does not grow with their number. A repeat
    /// with the token of a checkpoint goes on there; one with the same token brings at least the same.
    ///
    /// # Errors
    ///
    /// As [`search`](Connector::search); a token that belongs to another class or filter is
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream;

    /// Creates an object or changes it. A repeat writes nothing that is so already; one with
    /// [`expected`](SaveRequest::expected) fails, since the object has changed.
    ///
    /// # Errors
    ///
    /// Those of every method; [`AlreadyExists`](crate::ErrorKind::AlreadyExists) and
    /// [`NotFound`](crate::ErrorKind::NotFound) by the request's mode; [`InvalidAttribute`](crate::ErrorKind::InvalidAttribute)
    /// and [`PasswordPolicy`](crate::ErrorKind::PasswordPolicy) for what the target does not take;
    /// [`PreconditionFailed`](crate::ErrorKind::PreconditionFailed) if the object is not as expected;
    /// [`Conflict`](crate::ErrorKind::Conflict) if somebody else is changing it;
    /// [`Partial`](crate::ErrorKind::Partial) if some records were written and others not.
    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome>;

    /// Removes an object, or does what the manifest says the target has instead. A repeat fails where objects are removed,
    /// and writes nothing where they are made inactive.
    ///
    /// # Errors
    ///
    /// Those of every method; [`NotFound`](crate::ErrorKind::NotFound);
    /// [`Conflict`](crate::ErrorKind::Conflict) if somebody else is changing the object.
    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome>;

    /// Makes an account inactive. A repeat writes nothing if the account is so already.
    ///
    /// # Errors
    ///
    /// As [`delete`](Connector::delete).
    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome>;

    /// Makes an account active. A repeat writes nothing if the account is so already.
    ///
    /// # Errors
    ///
    /// As [`delete`](Connector::delete).
    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome>;

    /// Sets a password, and changes nothing else. A repeat sets it again, which a target that remembers passwords may
    /// refuse.
    ///
    /// # Errors
    ///
    /// As [`delete`](Connector::delete), and [`PasswordPolicy`](crate::ErrorKind::PasswordPolicy).
    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome>;

    /// Gives the values that an attribute may have. A repeat may give a kept answer, which says its age.
    /// A connector without such lists leaves it out.
    ///
    /// # Errors
    ///
    /// Those of every method; a list that there is not is [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    async fn lookup(&self, _context: &Context, _request: &LookupRequest) -> Result<ValueList> {
        Err(Error::unsupported("this connector has no lists of values"))
    }

    /// Says what a search would do, how the state of an object comes about, or what a save would write. It changes nothing,
    /// and a repeat looks again. A connector that cannot leaves it out.
    ///
    /// # Errors
    ///
    /// Those of every method; of a save, those that it would fail with before it sends anything.
    async fn explain(&self, _context: &Context, _request: &ExplainRequest) -> Result<Explanation> {
        Err(Error::unsupported("this connector explains nothing"))
    }

    /// A new bearer token, for a host that speaks to the target itself besides. It is no operation of the
    /// protocol, so no message asks for it: only who has loaded the connector does. A repeat logs in again. A connector
    /// without tokens leaves it out.
    ///
    /// # Errors
    ///
    /// Those of every method; [`Unsupported`](crate::ErrorKind::Unsupported) without tokens.
    async fn access_token(&self, _context: &Context) -> Result<Secret> {
        Err(Error::unsupported("this connector has no tokens to hand out"))
    }
}
