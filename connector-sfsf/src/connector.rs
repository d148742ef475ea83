//! The connector: hands each operation to its file, with the session that it is for.

use std::sync::Arc;

use async_trait::async_trait;
use connector_core::manifest::{Manifest, ObjectClassManifest};
use connector_core::object::{ObjectClass, Schema, Secret};
use connector_core::operation::{
    ExplainRequest, Explanation, GetOutcome, GetRequest, ImportRequest, ItemStream, LookupRequest, ObjectId,
    Operation, ResetPasswordRequest, SaveOutcome, SaveRequest, SearchRequest, Subject, TestReport, ValueList,
};
use connector_core::{Connector, Context, Error, ErrorKind, Result};
use futures_util::{FutureExt as _, StreamExt as _, stream};
use serde_json::{Map, Value as Json};

use crate::auth::saml_bearer::SamlBearer;
use crate::class::call::Call;
use crate::class::registry;
use crate::clock::{Clock, SystemClock};
use crate::config::{Authentication, Configuration, Sources, Terms};
use crate::http::Scope;
use crate::manifest::manifest;
use crate::operation;
use crate::tenant::Sessions;

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

    /// Refuses what a class does not heed, such as days.
    fn admit(
        &self,
        class: &ObjectClass,
        check: impl FnOnce(&ObjectClassManifest) -> Result<()>,
    ) -> Result<()> {
        self.manifest.object_class(class).map_or(Ok(()), check)
    }

    /// A call about a class that has this operation.
    async fn call(&self, context: &Context, class: &ObjectClass, operation: Operation) -> Result<Call> {
        call(&self.sessions, context, class, operation).await
    }

    /// A stream of objects of a class, which begins with the session for it.
    fn stream(
        &self,
        context: &Context,
        (class, operation): (ObjectClass, Operation),
        admitted: Result<()>,
        begin: impl FnOnce(Call) -> ItemStream + Send + 'static,
    ) -> ItemStream {
        let (sessions, context) = (Arc::clone(&self.sessions), context.clone());
        let begun = async move {
            admitted?;
            Ok(begin(call(&sessions, &context, &class, operation).await?))
        };
        begun
            .map(|begun| begun.unwrap_or_else(|error| stream::iter([Err(error)]).boxed()))
            .flatten_stream()
            .boxed()
    }
}

async fn call(
    sessions: &Sessions,
    context: &Context,
    class: &ObjectClass,
    operation: Operation,
) -> Result<Call> {
    let class = registry::class(class)?;
    let profile = class.profile();
    if !profile.operations.contains(&operation) {
        let refused = match profile.made_elsewhere.filter(|_| operation == Operation::Save) {
            Some(elsewhere) => elsewhere.to_owned(),
            None => format!("this is done to people, not to {}", profile.name),
        };
        return Err(Error::unsupported(refused));
    }
    Ok(Call { class, session: sessions.of(context).await?, scope: Scope::new(context) })
}

#[async_trait]
impl Connector for SuccessFactorsConnector {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    async fn test(&self, context: &Context) -> Result<TestReport> {
        operation::test(&self.sessions.of(context).await?, &Scope::new(context)).await
    }

    async fn schema(&self, context: &Context) -> Result<Arc<Schema>> {
        operation::schema(&self.sessions.of(context).await?, &Scope::new(context)).await
    }

    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome> {
        self.admit(&request.object_class, |class| class.admit_day("as_of", request.as_of))?;
        let call = self.call(context, &request.object_class, Operation::Get).await?;
        operation::get(&call, request).await.map_err(call.about(&request.uid))
    }

    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream {
        let admitted = self.admit(&request.object_class, |class| class.admit_day("as_of", request.as_of));
        let wanted = (request.object_class.clone(), Operation::Search);
        self.stream(context, wanted, admitted, |call| operation::search(call, request))
    }

    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream {
        let admitted = self.admit(&request.object_class, |class| class.admit_day("as_of", request.as_of));
        let wanted = (request.object_class.clone(), Operation::Import);
        self.stream(context, wanted, admitted, |call| operation::import(call, request))
    }

    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome> {
        self.admit(&request.object_class, |class| class.admit_save(request))?;
        let call = self.call(context, &request.object_class, Operation::Save).await?;
        let uid = operation::uid_of(call.profile(), request)?;
        let saved = call.scope.changing(operation::save(&call, request, &uid)).await;
        saved.map_err(call.about(&uid))
    }

    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let call = self.call(context, &id.object_class, Operation::Delete).await?;
        call.scope.changing(operation::delete(&call, &id.uid)).await.map_err(call.about(&id.uid))
    }

    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let call = self.call(context, &id.object_class, Operation::Suspend).await?;
        call.scope.changing(operation::suspend(&call, &id.uid)).await.map_err(call.about(&id.uid))
    }

    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let call = self.call(context, &id.object_class, Operation::Resume).await?;
        call.scope.changing(operation::resume(&call, &id.uid)).await.map_err(call.about(&id.uid))
    }

    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
        let call = self.call(context, &request.object_class, Operation::ResetPassword).await?;
        let result = call.scope.changing(operation::reset_password(&call, request)).await;
        result.map_err(call.about(&request.uid))
    }

    async fn lookup(&self, context: &Context, request: &LookupRequest) -> Result<ValueList> {
        operation::lookup(&*self.sessions.of(context).await?, &Scope::new(context), request).await
    }

    async fn explain(&self, context: &Context, request: &ExplainRequest) -> Result<Explanation> {
        if let Subject::Save(save) = &request.subject {
            let save = save.request(request.object_class.clone());
            self.admit(&request.object_class, |class| class.admit_save(&save))?;
        }
        let call = self.call(context, &request.object_class, Operation::Explain).await?;
        operation::explain(call, request).await
    }

    async fn access_token(&self, context: &Context) -> Result<Secret> {
        Ok(self.sessions.of(context).await?.log_in(&Scope::new(context)).await?.value)
    }
}
