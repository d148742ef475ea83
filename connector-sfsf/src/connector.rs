//! The connector: hands each operation to its file, with the session that it is for.

use std::sync::Arc;

use async_trait::async_trait;
use connector_core::manifest::{Manifest, ObjectClassManifest};
use connector_core::object::{ObjectClass, Schema, Secret, Uid};
use connector_core::operation::{
    ExplainRequest, Explanation, GetOutcome, GetRequest, ImportRequest, ItemStream, LookupRequest, ObjectId,
    ResetPasswordRequest, SaveOutcome, SaveRequest, SearchRequest, TestReport, ValueList,
};
use connector_core::{Connector, Context, Error, ErrorKind, Result};
use futures_util::{FutureExt as _, StreamExt as _, stream};
use serde_json::{Map, Value as Json};

use crate::auth::saml_bearer::SamlBearer;
use crate::clock::{Clock, SystemClock};
use crate::config::{Authentication, Configuration, Sources, Terms};
use crate::entitlement::{self, Kind};
use crate::http::Scope;
use crate::manifest::manifest;
use crate::operation;
use crate::session::Session;
use crate::sessions::Sessions;
use crate::user::USER;

/// A connector for one tenant. Nothing is sent before an operation is called.
pub struct SuccessFactorsConnector {
    manifest: Manifest,
    sessions: Arc<Sessions>,
}

impl SuccessFactorsConnector {
    /// # Errors
    ///
    /// A private key or certificate that cannot be used.
    pub fn new(configuration: Configuration) -> Result<Self> {
        Self::with_clock(configuration, Arc::new(SystemClock))
    }

    /// The same with another clock.
    ///
    /// # Errors
    ///
    /// As [`SuccessFactorsConnector::new`].
    pub fn with_clock(configuration: Configuration, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self { manifest: manifest(), sessions: Arc::new(Sessions::new(configuration, clock)?) })
    }

    /// A connector with these keys, of which it is known where they come from. Besides a configuration, they may be the
    /// terms for requests that bring their connection, without one of its own: `allow_hosts` and whatever else is no
    /// connection.
    ///
    /// # Errors
    ///
    /// One error that names every wrong key and where it stands; a private key or certificate that cannot be used.
    pub fn open(keys: Map<String, Json>, sources: &Sources) -> Result<Self> {
        let Some(terms) = Terms::alone(&keys, sources)? else {
            return Self::new(Configuration::from_sources(keys, sources)?);
        };
        let sessions = Sessions::of_requests(terms, Arc::new(SystemClock));
        Ok(Self { manifest: manifest(), sessions: Arc::new(sessions) })
    }

    /// The signed SAML assertion that would be sent now, as XML, for support cases.
    ///
    /// # Errors
    ///
    /// If the configuration does not sign its own assertions.
    pub fn assertion(&self) -> Result<String> {
        let own = self.sessions.own().map(|session| &session.configuration.authentication);
        let Some(Authentication::SignedAssertion(settings)) = own else {
            return Err(Error::new(ErrorKind::Configuration, "this configuration signs no assertions")
                .with_advice("give private_key instead of access_token or assertion"));
        };
        Ok(SamlBearer::new(settings.as_ref().clone())?.assertion(self.sessions.clock())?.xml)
    }

    /// Refuses days and expectations, which no class heeds.
    fn admit(
        &self,
        class: &ObjectClass,
        check: impl FnOnce(&ObjectClassManifest) -> Result<()>,
    ) -> Result<()> {
        self.manifest.object_class(class).map_or(Ok(()), check)
    }

    /// A stream of objects of a class, which begins with the session for it.
    fn stream(
        &self,
        context: &Context,
        class: ObjectClass,
        begin: impl FnOnce(Class, Arc<Session>, Scope) -> ItemStream + Send + 'static,
    ) -> ItemStream {
        let (sessions, context) = (Arc::clone(&self.sessions), context.clone());
        let begun = async move {
            let class = Class::of(&class)?;
            let session = sessions.of(&context).await?;
            Ok(begin(class, session, Scope::new(&context)))
        };
        begun
            .map(|begun| begun.unwrap_or_else(|error| stream::iter([Err(error)]).boxed()))
            .flatten_stream()
            .boxed()
    }

    /// The session for a call that is about accounts.
    async fn user_session(&self, context: &Context, class: &ObjectClass) -> Result<Arc<Session>> {
        match Class::of(class)? {
            Class::User => self.sessions.of(context).await,
            Class::Entitlement(kind) => {
                Err(Error::unsupported(format!("this is done to people, not to {}", kind.entity())))
            }
        }
    }
}

/// What an object class is.
enum Class {
    User,
    Entitlement(Kind),
}

impl Class {
    fn of(class: &ObjectClass) -> Result<Self> {
        if class.is(USER) || class.is(ObjectClass::ACCOUNT) {
            return Ok(Self::User);
        }
        Kind::of(class).map(Self::Entitlement).ok_or_else(|| {
            let known: Vec<_> = [USER].into_iter().chain(Kind::ALL.map(Kind::entity)).collect();
            Error::invalid_request(format!(
                "there is no object class '{class}'; there is {}",
                known.join(", ")
            ))
        })
    }
}

/// Says which person an error is about.
fn about(uid: &Uid) -> impl FnOnce(Error) -> Error {
    move |error| error.with_object(&ObjectClass::from(USER), Some(uid))
}

#[async_trait]
impl Connector for SuccessFactorsConnector {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    async fn test(&self, context: &Context) -> Result<TestReport> {
        operation::test(&*self.sessions.of(context).await?, &Scope::new(context)).await
    }

    async fn schema(&self, context: &Context) -> Result<Arc<Schema>> {
        operation::schema(&*self.sessions.of(context).await?, &Scope::new(context)).await
    }

    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome> {
        self.admit(&request.object_class, |class| class.admit_day("as_of", request.as_of))?;
        let (session, scope) = (self.sessions.of(context).await?, Scope::new(context));
        match Class::of(&request.object_class)? {
            Class::User => operation::get(&session, &scope, request).await.map_err(about(&request.uid)),
            Class::Entitlement(kind) => entitlement::get(&session, &scope, kind, request).await,
        }
    }

    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream {
        if let Err(error) = self.admit(&request.object_class, |class| class.admit_day("as_of", request.as_of))
        {
            return stream::iter([Err(error)]).boxed();
        }
        self.stream(context, request.object_class.clone(), |class, session, scope| match class {
            Class::User => operation::search(session, scope, request),
            Class::Entitlement(kind) => entitlement::search(session, scope, kind, request),
        })
    }

    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream {
        if let Err(error) = self.admit(&request.object_class, |class| class.admit_day("as_of", request.as_of))
        {
            return stream::iter([Err(error)]).boxed();
        }
        self.stream(context, request.object_class.clone(), |class, session, scope| match class {
            Class::User => crate::import::import(session, scope, request),
            Class::Entitlement(kind) => entitlement::import(session, scope, kind, request),
        })
    }

    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome> {
        self.admit(&request.object_class, |class| class.admit_save(request))?;
        if let Class::Entitlement(kind) = Class::of(&request.object_class)? {
            let (session, scope) = (self.sessions.of(context).await?, Scope::new(context));
            return scope.changing(entitlement::save(&session, &scope, kind, request)).await;
        }
        let (session, scope) = (self.sessions.of(context).await?, Scope::new(context));
        let uid = operation::uid_of(request)?;
        scope.changing(operation::save(&session, &scope, request, &uid)).await.map_err(about(&uid))
    }

    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &id.object_class).await?, Scope::new(context));
        scope.changing(operation::delete(&session, &scope, id)).await.map_err(about(&id.uid))
    }

    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &id.object_class).await?, Scope::new(context));
        scope.changing(operation::suspend(&session, &scope, id)).await.map_err(about(&id.uid))
    }

    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &id.object_class).await?, Scope::new(context));
        scope.changing(operation::resume(&session, &scope, id)).await.map_err(about(&id.uid))
    }

    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
        let (session, scope) =
            (self.user_session(context, &request.object_class).await?, Scope::new(context));
        let result = scope.changing(operation::reset_password(&session, &scope, request)).await;
        result.map_err(about(&request.uid))
    }

    async fn lookup(&self, context: &Context, request: &LookupRequest) -> Result<ValueList> {
        operation::lookup(&*self.sessions.of(context).await?, &Scope::new(context), request).await
    }

    async fn explain(&self, context: &Context, request: &ExplainRequest) -> Result<Explanation> {
        let session = self.user_session(context, &request.object_class).await?;
        operation::explain(session, Scope::new(context), request).await
    }

    async fn access_token(&self, context: &Context) -> Result<Secret> {
        Ok(self.sessions.of(context).await?.log_in(&Scope::new(context)).await?.value)
    }
}
