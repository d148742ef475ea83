//! A tenant as one set of credentials sees it: its token, its metadata, its API.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use connector_core::operation::ListValue;
use connector_core::{Effect, Error, ErrorKind, Result};
use futures_util::future::try_join_all;
use futures_util::{FutureExt as _, TryFutureExt as _};
use reqwest::Method;
use url::Url;

use super::aged::Aged;
use crate::auth::{self, TokenCache};
use crate::clock::Clock;
use crate::config::Configuration;
use crate::http::{Answer, Body, Budget, Outgoing, Scope, Transport, build_client};
use crate::mapping::model::Model;
use crate::odata::metadata::EntityType;
use crate::odata::page::{self, Page};
use crate::odata::query::Query;
use crate::odata::{batch, classify, metadata, upsert};

/// Metadata change when an administrator changes the data model. A property that has gone is noticed
/// by COE0021 sooner than this.
const METADATA_AGE: Duration = Duration::from_secs(3600);

/// A tenant as one set of credentials sees it. Shared by all calls with these credentials.
pub(crate) struct Session {
    pub configuration: Configuration,
    transport: Transport,
    tokens: TokenCache,
    /// What the tenant's metadata say of entities.
    entities: Aged<Arc<EntityType>>,
    /// The attributes of classes, as those metadata allow.
    pub models: Aged<Arc<Model>>,
    /// What the tenant said when it refused to show an entity at all.
    pub refusals: Aged<String>,
    /// Lists of values.
    pub lists: Aged<Arc<Vec<ListValue>>>,
}

impl Session {
    pub fn new(configuration: Configuration, budget: Arc<Budget>, clock: Arc<dyn Clock>) -> Result<Self> {
        let tokens = TokenCache::new(auth::strategy(&configuration)?);
        let client = build_client(&configuration)?;
        let transport = Transport::new(client, &configuration.http, budget, clock);
        let lists = Aged::new(configuration.lookup_age);
        let (entities, models) = (Aged::new(METADATA_AGE), Aged::new(METADATA_AGE));
        let refusals = Aged::new(METADATA_AGE);
        Ok(Self { configuration, transport, tokens, entities, models, refusals, lists })
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.transport.clock.now()
    }

    /// Logs in anew, whatever is cached.
    pub async fn log_in(&self, scope: &Scope) -> Result<auth::Token> {
        self.tokens.fresh(&self.transport, scope).await
    }

    /// Reads the rows that a query selects, one page of them.
    pub async fn read(&self, scope: &Scope, query: &Query) -> Result<Page> {
        self.read_at(scope, self.address(&query.encoded())?).await
    }

    /// Reads the page that a link of the tenant leads to.
    pub async fn follow(&self, scope: &Scope, link: &str) -> Result<Page> {
        let url = page::follow(link, &self.configuration.url)?;
        self.read_at(scope, url).await
    }

    async fn read_at(&self, scope: &Scope, url: Url) -> Result<Page> {
        let outgoing = get(url, "application/json");
        self.send(scope, outgoing, |answer| page::read(self.in_zone(answer), &scope.spare)).await
    }

    /// Reads many queries, as many in one request as the configuration allows. Each has an answer of its own.
    pub async fn read_many(&self, scope: &Scope, queries: &[Query]) -> Result<Vec<Result<Page>>> {
        let batches = queries.chunks(self.configuration.batch_size).map(|queries| self.batch(scope, queries));
        Ok(try_join_all(batches).await?.into_iter().flatten().collect())
    }

    async fn batch(&self, scope: &Scope, queries: &[Query]) -> Result<Vec<Result<Page>>> {
        let outgoing = Outgoing {
            method: Method::POST,
            body: Some(Body::Multipart(batch::BOUNDARY, batch::body(queries))),
            ..get(self.address("$batch")?, "multipart/mixed")
        };
        self.send(scope, outgoing, |answer| batch::read(&self.in_zone(answer), queries.len())).await
    }

    /// Calls a function that changes something although it is a GET: it is not repeated blindly. That it was taken
    /// does not say that it was done; the scope notes it as unknown.
    pub async fn change(&self, scope: &Scope, query: &Query) -> Result<Page> {
        let outgoing = Outgoing { writes: true, ..get(self.address(&query.encoded())?, "application/json") };
        self.send(scope, outgoing, |answer| page::read(self.in_zone(answer), &scope.spare)).await
    }

    /// The answer, with the zone that the configuration names, if it does.
    fn in_zone(&self, answer: Answer) -> Answer {
        Answer { zone: self.configuration.time_zone.or(answer.zone), ..answer }
    }

    /// Where records are written to.
    pub fn upsert_query(&self) -> Query {
        // Without the first option nothing can be written to an inactive person (KBA 2768078).
        let profile = self.configuration.api_option_profile.as_str();
        let query = Query::set("upsert").json().option("processInactiveEmployees", "true");
        query.option("apiOptionProfileID", profile)
    }

    /// Writes one record.
    ///
    /// # Errors
    ///
    /// The request's, or the record's; the effect is true.
    pub async fn upsert(
        &self,
        scope: &Scope,
        record: Bytes,
        subject: upsert::UpsertRequest<'_>,
    ) -> Result<upsert::UpsertResult> {
        let outgoing = Outgoing {
            method: Method::POST,
            body: Some(Body::Json(record)),
            writes: true,
            ..get(self.address(&self.upsert_query().encoded())?, "application/json")
        };
        let row = self.send(scope, outgoing, |answer| upsert::read_one(&answer, subject)).await?;
        scope.written.note(Effect::Applied);
        Ok(row)
    }

    /// What the tenant's metadata say of one entity, read once an hour.
    ///
    /// # Errors
    ///
    /// A tenant that does not have it, or does not show it.
    pub async fn entity(&self, scope: &Scope, name: &str) -> Result<Arc<EntityType>> {
        let read = self.read_entity(scope, name).map_err(|error| not_there(name, error));
        let found = read.and_then(async |found| {
            found.ok_or_else(|| not_described(name, ErrorKind::Unsupported).with_advice(NOT_SHOWN))
        });
        self.entities.get_or(scope, name, found.boxed()).await
    }

    /// The same, of an entity that every tenant has: an address without its metadata is none of a tenant's API.
    ///
    /// # Errors
    ///
    /// As [`Session::entity`].
    pub async fn entity_of_every_tenant(&self, scope: &Scope, name: &str) -> Result<Arc<EntityType>> {
        let read = self.read_entity(scope, name).map_err(|error| no_tenant(name, error));
        let found =
            read.and_then(async |found| found.ok_or_else(|| not_described(name, ErrorKind::TargetProtocol)));
        self.entities.get_or(scope, name, found.boxed()).await
    }

    /// Only this entity's: the whole document has tens of megabytes and is slow to make (KBA 3271514). Nothing if they do
    /// not describe it.
    async fn read_entity(&self, scope: &Scope, name: &str) -> Result<Option<Arc<EntityType>>> {
        let outgoing = get(self.address(&format!("{name}/$metadata"))?, "application/xml");
        let entities = self.send(scope, outgoing, |answer| metadata::read(&answer)).await?;
        Ok(entities.into_iter().find(|entity| entity.name == name).map(Arc::new))
    }

    /// Forgets what was read of the tenant's metadata, and what it refused to show.
    pub fn forget(&self) {
        self.entities.forget();
        self.models.forget();
        self.refusals.forget();
    }

    fn address(&self, path_and_query: &str) -> Result<Url> {
        let address = format!("{}odata/v2/{path_and_query}", self.configuration.url);
        Url::parse(&address).map_err(|_| Error::internal("a query became an address that is none"))
    }

    /// Sends a request with the token, and once more with another token if the tenant refuses it. A
    /// refusal of the token means that nothing was done, so this holds for writes as well.
    async fn send<T>(
        &self,
        scope: &Scope,
        mut outgoing: Outgoing,
        read: impl Fn(Answer) -> Result<T>,
    ) -> Result<T> {
        // First the turn and then the token: in a long queue, a token would be old when its turn comes.
        let _turn = if outgoing.writes { Some(self.transport.turn_to_write(scope).await?) } else { None };
        let token = self.tokens.token(&self.transport, scope).await?;
        outgoing.bearer = Some(token.value.clone());
        // On the heap: the exchange is the largest part of every operation's future, which is moved about before it runs.
        match Box::pin(self.transport.send(scope, &outgoing, &read)).await {
            Err(error) if classify::wants_another_token(&error) => {
                let token = self.tokens.replace(&token, &self.transport, scope).await?;
                outgoing.bearer = Some(token.value);
                Box::pin(self.transport.send(scope, &outgoing, &read)).await
            }
            result => result,
        }
    }
}

/// What an entity that is not there may mean.
const NOT_SHOWN: &str = "the module may not be enabled, or the API user may not see it";

fn not_there(name: &str, error: Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => {
            Error::unsupported(format!("the tenant has no metadata of {name}")).with_advice(NOT_SHOWN)
        }
        _ => error,
    }
}

fn not_described(name: &str, kind: ErrorKind) -> Error {
    Error::new(kind, format!("the tenant's metadata do not describe {name}"))
}

fn no_tenant(name: &str, error: Error) -> Error {
    if error.kind() != ErrorKind::NotFound {
        return error;
    }
    let message = format!("there is no metadata of {name} at this address (HTTP 404 for {name}/$metadata)");
    let error_here = Error::new(ErrorKind::Configuration, message).with_advice(format!(
        "url is the API host of the data center, with nothing behind it but /odata/v2; see whether a gateway in front of \
         the tenant passes on /odata/v2/{name}/$metadata"
    ));
    match error.target() {
        Some(target) => error_here.with_target(target.clone()),
        None => error_here,
    }
}

fn get(url: Url, accept: &'static str) -> Outgoing {
    Outgoing { method: Method::GET, url, accept, body: None, bearer: None, writes: false }
}
