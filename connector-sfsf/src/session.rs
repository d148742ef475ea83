//! A tenant as one set of credentials sees it: its token, its metadata, its API.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use connector_core::{Effect, Error, ErrorKind, Result};
use futures_util::future::try_join_all;
use reqwest::Method;
use serde_json::Value as Json;
use tokio::sync::Mutex;
use url::Url;

use crate::auth::{self, TokenCache};
use crate::clock::Clock;
use crate::config::Configuration;
use crate::http::{Answer, Body, Budget, Outgoing, Scope, Transport, build_client};
use crate::lists::ListCache;
use crate::odata::metadata::EntityType;
use crate::odata::page::{self, Page, Trail};
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::odata::{batch, classify, metadata, upsert};
use crate::user::{Employments, UserModel};

/// Metadata change when an administrator changes the data model. A property that has gone is noticed
/// by COE0021 sooner than this.
const METADATA_AGE: Duration = Duration::from_secs(3600);

/// A tenant as one set of credentials sees it. Shared by all calls with these credentials.
pub(crate) struct Session {
    pub configuration: Configuration,
    transport: Transport,
    tokens: TokenCache,
    model: Mutex<Option<(Instant, Arc<UserModel>)>>,
    /// Lists of values that were read.
    pub lists: ListCache,
    /// Whether the tenant can be asked for employments.
    pub employments: Employments,
}

impl Session {
    pub fn new(configuration: Configuration, budget: Arc<Budget>, clock: Arc<dyn Clock>) -> Result<Self> {
        let tokens = TokenCache::new(auth::strategy(&configuration)?);
        let client = build_client(&configuration)?;
        let transport = Transport::new(client, &configuration.http, budget, clock);
        Ok(Self {
            configuration,
            transport,
            tokens,
            model: Mutex::new(None),
            lists: ListCache::default(),
            employments: Employments::default(),
        })
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

    /// Reads all rows that a query selects, page by page. For lists that fit into memory.
    ///
    /// # Errors
    ///
    /// A list that takes more than the largest answer; pages that lead nowhere.
    pub async fn read_all(&self, scope: &Scope, query: &Query) -> Result<Vec<Row>> {
        let mut page = self.read(scope, query).await?;
        let (mut rows, mut trail, mut size) = (Vec::new(), Trail::default(), 0);
        loop {
            trail.remember(&page)?;
            size += page.rows.iter().map(|row| row.len()).sum::<usize>();
            if size > self.configuration.http.max_answer {
                return Err(too_long(&self.configuration));
            }
            rows.append(&mut page.rows);
            let Some(link) = page.next.take() else { return Ok(rows) };
            page = self.follow(scope, &link).await?;
        }
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

    /// Writes one record of `User`. `properties` are the names that an error may be about.
    pub async fn upsert(&self, scope: &Scope, record: &Json, properties: &[String]) -> Result<upsert::Row> {
        // Without the second option nothing can be written to an inactive person (KBA 2768078).
        let profile = self.configuration.api_option_profile.as_str();
        let query = Query::set("upsert").json().option("processInactiveEmployees", "true");
        let query = query.option("apiOptionProfileID", profile);
        let outgoing = Outgoing {
            method: Method::POST,
            body: Some(Body::Json(Bytes::from(record.to_string()))),
            writes: true,
            ..get(self.address(&query.encoded())?, "application/json")
        };
        let row = self.send(scope, outgoing, |answer| upsert::read_one(&answer, properties)).await?;
        scope.written.note(Effect::Applied);
        Ok(row)
    }

    /// The attributes that `User` has on this tenant, read once an hour.
    pub async fn model(&self, scope: &Scope) -> Result<Arc<UserModel>> {
        let mut cached = scope.within(async { Ok(self.model.lock().await) }).await?;
        if let Some((_, model)) = cached.as_ref().filter(|(read, _)| read.elapsed() < METADATA_AGE) {
            return Ok(Arc::clone(model));
        }
        // Only this entity's: the whole document has tens of megabytes and is slow to make (KBA 3271514).
        let outgoing = get(self.address("User/$metadata")?, "application/xml");
        let entities =
            self.send(scope, outgoing, |answer| metadata::read(&answer)).await.map_err(no_metadata)?;
        let model = Arc::new(UserModel::new(&entities)?);
        *cached = Some((Instant::now(), Arc::clone(&model)));
        Ok(model)
    }

    /// What the tenant's metadata say of one entity.
    ///
    /// # Errors
    ///
    /// A tenant that does not have it, or does not show it.
    pub async fn entity(&self, scope: &Scope, name: &str) -> Result<EntityType> {
        let outgoing = get(self.address(&format!("{name}/$metadata"))?, "application/xml");
        let entities = self.send(scope, outgoing, |answer| metadata::read(&answer)).await;
        let entities = entities.map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::unsupported(format!("the tenant has no metadata of {name}"))
                .with_advice("the module may not be enabled, or the API user may not see it"),
            _ => error,
        })?;
        let found = entities.into_iter().find(|entity| entity.name == name);
        found.ok_or_else(|| Error::unsupported(format!("the tenant's metadata do not describe {name}")))
    }

    /// Forgets the metadata, and the properties that an error named, if the tenant no longer has them.
    pub async fn forget_model(&self) {
        *self.model.lock().await = None;
        self.employments.forget();
    }

    /// Puts a model without some properties in the place of the cached one.
    pub async fn hide(&self, model: &UserModel, error: &Error) -> Option<Arc<UserModel>> {
        let reduced = Arc::new(model.without(&error.context().attributes)?);
        *self.model.lock().await = Some((Instant::now(), Arc::clone(&reduced)));
        Some(reduced)
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
        match self.transport.send(scope, &outgoing, &read).await {
            Err(error) if classify::wants_another_token(&error) => {
                let token = self.tokens.replace(&token, &self.transport, scope).await?;
                outgoing.bearer = Some(token.value);
                self.transport.send(scope, &outgoing, &read).await
            }
            result => result,
        }
    }
}

/// Every tenant has metadata of its users, so an address without them is none of a tenant's API.
fn no_metadata(error: Error) -> Error {
    if error.kind() != ErrorKind::NotFound {
        return error;
    }
    let message = "there is no metadata of User at this address (HTTP 404 for User/$metadata)";
    let error_here = Error::new(ErrorKind::Configuration, message).with_advice(
        "url is the API host of the data center, with nothing behind it but /odata/v2; see whether a gateway in front of \
         the tenant passes on /odata/v2/User/$metadata",
    );
    match error.target() {
        Some(target) => error_here.with_target(target.clone()),
        None => error_here,
    }
}

fn too_long(configuration: &Configuration) -> Error {
    let most = configuration.http.max_answer >> 20;
    Error::new(ErrorKind::TargetProtocol, format!("a list of the tenant takes more than {most} MiB"))
        .with_advice("max_answer says how large a list may be; nothing of it was used")
}

fn get(url: Url, accept: &'static str) -> Outgoing {
    Outgoing { method: Method::GET, url, accept, body: None, bearer: None, writes: false }
}
