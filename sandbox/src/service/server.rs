//! The server: one request from its bytes to its answer.

use std::convert::identity;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, Response, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::auth::keys::ClientKey;
use crate::auth::tokens::Tokens;
use crate::error::ODataError;
use crate::evidence::{Log, RecordedRequest};
use crate::fault::{FaultKind, Faults, Stage, apply};
use crate::habit::groups;
use crate::habit::{hris_sync as sync, purge};
use crate::http::call::Call;
use crate::http::listener::Connection;
use crate::http::reply::{JSON, Reply};
use crate::odata::paging::guard::Limits;
use crate::odata::paging::{Pages, Snapshots, snapshot};
use crate::odata::read::Reader;
use crate::odata::write::result;
use crate::odata::write::single::{self, Written};
use crate::odata::write::upsert::upsert;
use crate::options::Options;
use crate::people;
use crate::service::browser;
use crate::service::function;
use crate::service::gate;
use crate::service::session::Sessions;
use crate::service::transaction::Transaction;
use crate::service::{batch, control, oauth};
use crate::state::tenant::Tenant;
use crate::time;
use crate::tls::certificates::Certificates;

/// The largest body that is read.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Everything that lives as long as the tenant.
pub(crate) struct Server {
    pub(crate) options: Options,
    pub(crate) client_id: String,
    pub(crate) key: ClientKey,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) stopping: watch::Receiver<bool>,
    tenant: RwLock<Tenant>,
    /// The day of the last daily HRIS sync.
    synced: AtomicI64,
    tokens: Mutex<Tokens>,
    pub(crate) pages: Pages,
    pub(crate) sessions: Sessions,
    serial: AtomicU64,
    /// The last id that a person was given.
    pub(crate) person: AtomicI64,
    /// The version of the tenant at which members were counted last.
    pub(crate) counted: AtomicU64,
    /// Seconds that the tenant's clock is ahead of the one in the options.
    skew: AtomicI64,
    /// Those of the port with TLS.
    pub(crate) certificates: Option<Certificates>,
}

impl Server {
    pub(crate) fn new(
        options: Options,
        client_id: String,
        key: ClientKey,
        tenant: Tenant,
        certificates: Option<Certificates>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let pages = Pages { snapshots: Snapshots::new(limits(&options)), ..Pages::default() };
        Self {
            log: Log::new(options.remember_requests),
            faults: Faults::new(options.faults.clone(), options.seed),
            options,
            client_id,
            key,
            stopping,
            synced: AtomicI64::new(tenant.origin.today),
            tenant: RwLock::new(tenant),
            tokens: Mutex::new(Tokens::default()),
            pages,
            skew: AtomicI64::new(0),
            sessions: Sessions::default(),
            serial: AtomicU64::new(0),
            person: AtomicI64::new(0),
            counted: AtomicU64::new(u64::MAX),
            certificates,
        }
    }

    pub(crate) fn tenant(&self) -> RwLockReadGuard<'_, Tenant> {
        self.tenant.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tenant for one writer alone.
    pub(crate) fn tenant_mut(&self) -> RwLockWriteGuard<'_, Tenant> {
        self.tenant.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs HRIS sync for everybody who has an employment, and gives their number.
    pub(crate) fn hris_sync(&self) -> usize {
        let now = self.millis();
        sync::run(&mut self.tenant_mut(), &self.options.switches, now)
    }

    /// Takes a user away; false if there is none.
    pub(crate) fn purge(&self, user_id: &str) -> bool {
        let now = self.millis();
        purge::run(&mut self.tenant_mut(), &self.options.switches, now, user_id)
    }

    /// The daily job, with the first request of a new day.
    fn daily(&self) {
        let today = time::day(self.millis());
        if self.options.switches.hris_sync_daily && self.synced.swap(today, Ordering::SeqCst) < today {
            self.hris_sync();
        }
    }

    /// A number that no other caller gets.
    pub(crate) fn serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    /// The tenant's time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let now = self.options.clock.now();
        let skew = TimeDelta::try_seconds(self.skew.load(Ordering::SeqCst)).unwrap_or_default();
        now.checked_add_signed(skew).unwrap_or(now)
    }

    /// Puts the tenant's clock ahead of the one in the options, or behind.
    pub(crate) fn set_skew(&self, seconds: i64) {
        self.skew.store(seconds, Ordering::SeqCst);
    }

    /// Ends all troubles, that of the clock too.
    pub(crate) fn clear_faults(&self) {
        self.faults.clear();
        self.set_skew(0);
    }

    /// The tenant's time in milliseconds.
    pub(crate) fn millis(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// The tenant for one writer alone, until the transaction is dropped.
    pub(crate) fn transaction(&self) -> Transaction<'_> {
        Transaction::new(self, self.tenant_mut())
    }

    /// Answers a batch; what it did goes into the record.
    async fn batch(&self, call: &Call, connection: &Connection, record: &mut RecordedRequest) -> Reply {
        if let Some(refusal) = gate::refusal(self, call) {
            return refusal;
        }
        let answered = match self.admit(call) {
            Ok(()) => batch::answer(self, call, connection).await,
            Err(error) => Err(error),
        };
        match answered {
            Ok(answered) => {
                record.parts = answered.parts;
                self.sessions.mark(self.described(answered.reply, call, false), call, self.now())
            }
            Err(error) => Reply::error(&error, call.format()),
        }
    }

    /// Lets a request in, or says why not.
    fn admit(&self, call: &Call) -> Result<(), ODataError> {
        oauth::logon(self, call)?;
        Sessions::check(call, self.options.switches.csrf_on_cookie_writes)?;
        self.daily();
        Ok(())
    }

    /// What the tenant itself answers.
    fn answer(&self, call: &Call) -> Reply {
        let limit = self.options.switches.max_url_bytes;
        if limit > 0 && call.raw_path.len() + 1 + call.raw_query.len() > limit {
            return apply::html(StatusCode::URI_TOO_LONG);
        }
        if let Some(refusal) = gate::refusal(self, call) {
            return refusal;
        }
        match call.raw_path.as_str() {
            "/oauth/token" => oauth::token(self, call),
            "/oauth/validate" => oauth::validate(self, call),
            "/oauth/idp" if self.options.switches.oauth_idp => oauth::idp::answer(self, call),
            _ => self.odata(call).unwrap_or_else(|error| Reply::error(&error, call.format())),
        }
    }

    fn odata(&self, call: &Call) -> Result<Reply, ODataError> {
        let segments = call.segments().ok_or_else(ODataError::invalid_endpoint)?;
        self.admit(call)?;
        let reads = call.method == Method::GET || call.method == Method::HEAD;
        let reply = match segments[..] {
            ["upsert"] => self.upsert(call),
            _ if reads => self.read(call, &segments),
            _ if function::find(&segments).is_some_and(|one| one.takes(&call.method)) => {
                self.read(call, &segments)
            }
            [segment] => self.write(call, segment),
            _ => Err(ODataError::entity_not_found(&segments.join("/"))),
        };
        let reply = self.described(reply?, call, reads);
        if segments == ["logout"] {
            return Ok(reply);
        }
        Ok(self.sessions.mark(reply, call, self.now()))
    }

    /// The headers of an answer that is no part of a batch (EC sheet B1: a read that was captured in 2025).
    fn described(&self, reply: Reply, call: &Call, reads: bool) -> Reply {
        // Writes and parts of a batch say 1.0 where they were captured (KBA 3405898, 3709239).
        let reply = with_hints(reply, call, if reads { "2.0" } else { "1.0" })
            .with_header("company-id", self.options.company.as_str());
        if !reads {
            return reply;
        }
        let (records, tree) = (reply.records, reply.tree);
        let reply = reply
            .with_header("sfodataservertimezone", time::zone(self.options.switches.server_utc_offset_minutes))
            .with_header(
                "apiqueryexecutiontimestamp",
                self.now().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            );
        match tree {
            Some(tree) => reply
                .with_header("record-count", records.to_string())
                .with_header("x-sf-record-count-recursive", tree.to_string()),
            None => reply,
        }
    }

    fn upsert(&self, call: &Call) -> Result<Reply, ODataError> {
        if call.method != Method::POST {
            return Err(ODataError::entity_not_found("upsert"));
        }
        let faults = self.faults.take(call, Stage::Rows);
        let now = self.millis();
        let applied = upsert(call, &mut self.tenant_mut(), &self.options, now, &faults)?;
        Ok(result::reply(&applied.rows, call.format()))
    }

    fn write(&self, call: &Call, segment: &str) -> Result<Reply, ODataError> {
        let switches = &self.options.switches;
        let (written, _) = single::write(call, segment, &mut self.tenant_mut(), switches, self.millis())?;
        match written {
            Written::Created(entity, row) => self.reader(call, &self.tenant()).created(entity, row),
            Written::Changed => Ok(Reply::ok(JSON, "").with_records(1)),
        }
    }

    pub(crate) fn read(&self, call: &Call, segments: &[&str]) -> Result<Reply, ODataError> {
        groups::count(self, call);
        people::turn(self);
        if let Some(function) = function::find(segments) {
            return function.answer(self, call);
        }
        let later = call.option("paging") == Some("snapshot") && call.option("$skiptoken").is_some();
        if later && self.options.switches.snapshot_needs_session && !Sessions::has_one(call) {
            return Err(snapshot::lost());
        }
        self.reader(call, &self.tenant()).answer(segments)
    }

    pub(crate) fn reader<'a>(&'a self, call: &'a Call, tenant: &'a Tenant) -> Reader<'a> {
        Reader {
            call,
            tenant,
            switches: &self.options.switches,
            pages: &self.pages,
            page_size: self.options.page_size,
            now: self.now(),
        }
    }

    /// Does what the faults say that come before the tenant's own answer. `None` goes on to that.
    pub(crate) async fn before(
        &self,
        faults: &[FaultKind],
        call: &Call,
        connection: &Connection,
    ) -> Option<Reply> {
        for fault in faults {
            match fault {
                FaultKind::Latency(millis) => tokio::time::sleep(Duration::from_millis(*millis)).await,
                FaultKind::Hang => self.hang().await,
                FaultKind::CutBefore => {
                    connection.cut_after(0);
                    return Some(Reply::new(StatusCode::OK, "text/plain", ""));
                }
                FaultKind::ExpireTokens(status) => {
                    self.tokens().clear();
                    return Some(Reply::error(&oauth::rejected(*status), call.format()));
                }
                FaultKind::RevokeToken(status) => {
                    let token =
                        call.header(header::AUTHORIZATION).split_once(' ').map_or("", |(_, token)| token);
                    self.tokens().revoke(token.trim());
                    return Some(Reply::error(&oauth::rejected(*status), call.format()));
                }
                FaultKind::ClockSkew(seconds) => self.set_skew(*seconds),
                FaultKind::LoseSnapshot => self.pages.snapshots.clear(),
                FaultKind::BlockSnapshots => self.pages.snapshots.block(self.now()),
                other => {
                    if let Some(reply) = apply::instead(other, call) {
                        return Some(reply);
                    }
                }
            }
        }
        None
    }

    /// Answers a request, with the troubles that meet it before and after.
    async fn troubled(
        &self,
        call: &Call,
        connection: &Connection,
        record: &mut RecordedRequest,
    ) -> (Reply, Vec<FaultKind>) {
        let mut faults = self.faults.take(call, Stage::Before);
        if let Some(reply) = self.before(&faults, call, connection).await {
            return (reply, faults);
        }
        let mut reply = if batch::is_meant(call) {
            self.batch(call, connection, record).await
        } else {
            self.answer(call)
        };
        let after = self.faults.take_after(call, &reply);
        after.iter().for_each(|fault| self.spoil(fault, &mut reply, call, connection));
        faults.extend(after);
        (reply, faults)
    }

    /// Does to an answer what a fault says.
    pub(crate) fn spoil(&self, fault: &FaultKind, reply: &mut Reply, call: &Call, connection: &Connection) {
        apply::spoil(fault, reply, call, connection, self.options.switches.uri_port);
    }

    /// Waits until the tenant stops.
    async fn hang(&self) {
        let mut stopping = self.stopping.clone();
        // An error means that the tenant is gone.
        let _gone = stopping.wait_for(|stopping| *stopping).await;
    }
}

/// How many unread snapshots the tenant takes from its API user. All callers count as that one.
fn limits(options: &Options) -> Limits {
    let switches = &options.switches;
    Limits {
        caller: format!("{}|{}", options.company, options.api_user),
        per_entity: switches.snapshot_quota,
        entities: switches.snapshot_quota_entities,
        status: StatusCode::from_u16(switches.snapshot_block_status).unwrap_or(StatusCode::BAD_REQUEST),
    }
}

/// The headers that every answer has (protocol sheet §11).
pub(crate) fn with_hints(mut reply: Reply, call: &Call, version: &str) -> Reply {
    let missing: Vec<&str> = ["X-SF-Correlation-Id", "successfactors-sourcetype"]
        .into_iter()
        .filter(|name| call.header(*name).is_empty())
        .collect();
    // The version comes first and the hint last, as captured in batches (KBA 3405898, 3709239).
    reply.headers.insert(0, ("dataserviceversion", version.to_owned()));
    if missing.is_empty() {
        return reply;
    }
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let text = format!("{} {verb} missing in request headers", missing.join(", "));
    reply.with_header("successfactors-message", text)
}

/// The router: one handler for every path, with compression for clients that take it.
pub(crate) fn router(server: Arc<Server>) -> Router {
    let compression = CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest);
    Router::new().fallback(handle).with_state(server).layer(compression)
}

pub(crate) async fn handle(
    State(server): State<Arc<Server>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return Reply::new(StatusCode::PAYLOAD_TOO_LARGE, "text/plain", "").into_response();
    };
    let call = Call::new(parts, body, connection.peer.clone());
    let checked = browser::check(&call, &server.options).map_err(|error| Reply::error(&error, call.format()));
    if call.raw_path.starts_with(control::PREFIX) {
        return checked.map_or_else(identity, |()| control::answer(&server, &call)).into_response();
    }
    let mut record = RecordedRequest::new(&call, server.now());
    let (reply, faults) = match checked {
        Ok(()) => server.troubled(&call, &connection, &mut record).await,
        Err(reply) => (reply, Vec::new()),
    };
    let cut = faults.iter().any(FaultKind::cuts) || record.parts_cut();
    record.faults = faults.iter().map(ToString::to_string).collect();
    record.status = if cut { 0 } else { reply.status.as_u16() };
    record.records = reply.records;
    record.bytes = reply.body.len();
    record.duration = started.elapsed();
    let record = server.log.add(record);
    if let Some(on_request) = &server.options.on_request {
        on_request(&record);
    }
    dated(reply, server.now()).into_response()
}

/// The tenant's own time, by which clients can tell that their clock is off.
fn dated(reply: Reply, at: DateTime<Utc>) -> Reply {
    reply.with_header("date", at.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
}
