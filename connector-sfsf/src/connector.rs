//! The connector: hands each operation to its file, with the session that it is for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_trait::async_trait;
use connector_core::manifest::Manifest;
use connector_core::object::{ObjectClass, Schema, Secret, Uid};
use connector_core::operation::{
    ExplainRequest, Explanation, GetOutcome, GetRequest, ImportRequest, ItemStream, LookupRequest, ObjectId,
    ResetPasswordRequest, SaveOutcome, SaveRequest, SearchRequest, TestReport, ValueList,
};
use connector_core::{Connector, Context, Credentials, Error, ErrorKind, Result};
use futures_util::stream;

use crate::auth::saml_bearer::SamlBearer;
use crate::clock::{Clock, SystemClock};
use crate::config::{Authentication, Configuration};
use crate::entitlement::{self, Kind};
use crate::http::{Budget, Scope};
use crate::manifest::manifest;
use crate::operation;
use crate::session::Session;
use crate::user::USER;

/// Sessions of other credentials that are kept, with their tokens; the oldest goes first.
const KEPT_SESSIONS: usize = 64;

/// A connector for one tenant. Nothing is sent before an operation is called.
pub struct SuccessFactorsConnector {
    manifest: Manifest,
    session: Arc<Session>,
    clock: Arc<dyn Clock>,
    /// Sessions for credentials that came with requests.
    others: Mutex<VecDeque<(Credentials, Arc<Session>)>>,
    budgets: Budgets,
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
        let budgets = Budgets::default();
        let budget = budgets.of(&configuration);
        let session = Arc::new(Session::new(configuration, budget, Arc::clone(&clock))?);
        Ok(Self { manifest: manifest(), session, clock, others: Mutex::default(), budgets })
    }

    /// The signed SAML assertion that would be sent now, as XML, for support cases.
    ///
    /// # Errors
    ///
    /// If the configuration does not sign its own assertions.
    pub fn assertion(&self) -> Result<String> {
        let Authentication::SignedAssertion(settings) = &self.session.configuration.authentication else {
            return Err(Error::new(ErrorKind::Configuration, "this configuration signs no assertions")
                .with_advice("give private_key instead of access_token or assertion"));
        };
        Ok(SamlBearer::new(settings.as_ref().clone())?.assertion(&*self.clock)?.xml)
    }

    /// The session for a call: the connector's own, or that of the credentials that came along.
    fn session(&self, context: &Context) -> Result<Arc<Session>> {
        context.check()?;
        let Some(credentials) = context.credentials() else { return Ok(Arc::clone(&self.session)) };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, session)) = others.iter().find(|(known, _)| known == credentials) {
            return Ok(Arc::clone(session));
        }
        let configuration = self.session.configuration.with_credentials(credentials)?;
        let budget = self.budgets.of(&configuration);
        let session = Arc::new(Session::new(configuration, budget, Arc::clone(&self.clock))?);
        if others.len() == KEPT_SESSIONS {
            others.pop_front();
        }
        others.push_back((credentials.clone(), Arc::clone(&session)));
        Ok(session)
    }

    /// The session for a call that is about accounts.
    fn user_session(&self, context: &Context, class: &ObjectClass) -> Result<Arc<Session>> {
        match Class::of(class)? {
            Class::User => self.session(context),
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

/// The budgets of the tenants that sessions are open with: two users of one tenant share one.
#[derive(Default)]
struct Budgets(Mutex<HashMap<String, Weak<Budget>>>);

impl Budgets {
    fn of(&self, configuration: &Configuration) -> Arc<Budget> {
        let mut budgets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        budgets.retain(|_, budget| budget.strong_count() > 0);
        let tenant = configuration.url.to_string();
        if let Some(budget) = budgets.get(&tenant).and_then(Weak::upgrade) {
            return budget;
        }
        let budget = Arc::new(Budget::new(configuration.http.requests_in_flight));
        budgets.insert(tenant, Arc::downgrade(&budget));
        budget
    }
}

/// Says which person an error is about.
fn about(uid: &Uid) -> impl FnOnce(Error) -> Error {
    move |error| error.with_object(&ObjectClass::from(USER), Some(uid))
}

fn failed(error: Error) -> ItemStream {
    Box::pin(stream::iter([Err(error)]))
}

#[async_trait]
impl Connector for SuccessFactorsConnector {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    async fn test(&self, context: &Context) -> Result<TestReport> {
        operation::test(&*self.session(context)?, &Scope::new(context)).await
    }

    async fn schema(&self, context: &Context) -> Result<Arc<Schema>> {
        operation::schema(&*self.session(context)?, &Scope::new(context)).await
    }

    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome> {
        let (session, scope) = (self.session(context)?, Scope::new(context));
        match Class::of(&request.object_class)? {
            Class::User => operation::get(&session, &scope, request).await.map_err(about(&request.uid)),
            Class::Entitlement(kind) => entitlement::get(&session, &scope, kind, request).await,
        }
    }

    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream {
        let scope = Scope::new(context);
        match (Class::of(&request.object_class), self.session(context)) {
            (Ok(Class::User), Ok(session)) => operation::search(session, scope, request),
            (Ok(Class::Entitlement(kind)), Ok(session)) => entitlement::search(session, scope, kind, request),
            (Err(error), _) | (_, Err(error)) => failed(error),
        }
    }

    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream {
        let scope = Scope::new(context);
        match (Class::of(&request.object_class), self.session(context)) {
            (Ok(Class::User), Ok(session)) => crate::import::import(session, scope, request),
            (Ok(Class::Entitlement(kind)), Ok(session)) => entitlement::import(session, scope, kind, request),
            (Err(error), _) | (_, Err(error)) => failed(error),
        }
    }

    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome> {
        if let Class::Entitlement(kind) = Class::of(&request.object_class)? {
            let (session, scope) = (self.session(context)?, Scope::new(context));
            return scope.changing(entitlement::save(&session, &scope, kind, request)).await;
        }
        let (session, scope) = (self.session(context)?, Scope::new(context));
        let uid = operation::uid_of(request)?;
        scope.changing(operation::save(&session, &scope, request, &uid)).await.map_err(about(&uid))
    }

    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &id.object_class)?, Scope::new(context));
        scope.changing(operation::delete(&session, &scope, id)).await.map_err(about(&id.uid))
    }

    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &id.object_class)?, Scope::new(context));
        scope.changing(operation::suspend(&session, &scope, id)).await.map_err(about(&id.uid))
    }

    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &id.object_class)?, Scope::new(context));
        scope.changing(operation::resume(&session, &scope, id)).await.map_err(about(&id.uid))
    }

    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
        let (session, scope) = (self.user_session(context, &request.object_class)?, Scope::new(context));
        let result = scope.changing(operation::reset_password(&session, &scope, request)).await;
        result.map_err(about(&request.uid))
    }

    async fn lookup(&self, context: &Context, request: &LookupRequest) -> Result<ValueList> {
        operation::lookup(&*self.session(context)?, &Scope::new(context), request).await
    }

    async fn explain(&self, context: &Context, request: &ExplainRequest) -> Result<Explanation> {
        let session = self.user_session(context, &request.object_class)?;
        operation::explain(session, Scope::new(context), request).await
    }

    async fn access_token(&self, context: &Context) -> Result<Secret> {
        Ok(self.session(context)?.log_in(&Scope::new(context)).await?.value)
    }
}
