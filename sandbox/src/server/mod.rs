//! Everything that lives as long as the tenant runs.

pub(crate) mod function;
pub(crate) mod session;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::auth::keys::ClientKey;
use crate::auth::tokens::Tokens;
use crate::evidence::Log;
use crate::fault::Faults;
use crate::http::call::Call;
use crate::odata::paging::guard::Limits;
use crate::odata::paging::{Pages, Snapshots};
use crate::odata::read::Reader;
use crate::options::Options;
use crate::server::session::Sessions;
use crate::state::tenant::Tenant;
use crate::tls::certificates::Certificates;

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
    pub(crate) synced: AtomicI64,
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
