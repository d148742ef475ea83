//! A running tenant.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::auth::keys::ClientKey;
use crate::error::StartError;
use crate::evidence::RecordedRequest;
use crate::fault::Fault;
use crate::habit::rights::rights;
use crate::habit::{self, users};
use crate::http::listener::{Connection, CutListener};
use crate::options::Options;
use crate::people;
use crate::server::Server;
use crate::service::jobs;
use crate::service::router::router;
use crate::state::store::Value as Cell;
use crate::state::tenant::Tenant;
use crate::tls::certificates::Certificates;
use crate::tls::listener::TlsListener;
use crate::tls::{MutualTls, Tls};

/// Characters of a control interface's token.
const SHORTEST_TOKEN: usize = 16;
/// How long a stop waits for answers that are under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// An embedded SuccessFactors tenant, listening on a local port. Dropping it stops it.
///
/// ```
/// # async fn show() -> Result<(), sandbox::StartError> {
/// let tenant = sandbox::Sandbox::start(sandbox::Options { people: 100, ..Default::default() }).await?;
/// println!("{} of company {}", tenant.base_url(), tenant.company_id());
/// tenant.stop().await;
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    pub(crate) server: Arc<Server>,
    address: SocketAddr,
    tls: Option<MutualTls>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Makes the company and serves it on the current tokio runtime. When this returns, requests are taken.
    ///
    /// # Errors
    ///
    /// [`StartError`]: the address is taken, the key cannot be used, or an option has an impossible value.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        check(&options)?;
        let key = ClientKey::new(options.private_key_pem.as_deref(), &options.api_user)?;
        let mut tenant = Tenant::new(habit::model(&options.profile)?, people::derive);
        people::populate(&mut tenant, &options);
        tenant.rights = rights(&options, &tenant)?;
        let (listener, address) = bind(options.listen).await?;
        let certificates =
            options.tls.as_ref().map(|tls| Certificates::new(tls, &options.api_user)).transpose()?;
        let secure = match (&options.tls, &certificates) {
            (Some(tls), Some(certificates)) => Some(secure(tls, certificates).await?),
            _ => None,
        };
        let client_id = options.client_id.clone().unwrap_or_else(|| client_id(&options));
        let (stop, stopping) = watch::channel(false);
        let server = Arc::new(Server::new(options, client_id, key, tenant, certificates, stopping.clone()));
        let (listener_with_tls, tls) = secure.unzip();
        let with_tls =
            listener_with_tls.map(|one| tokio::spawn(serve(one, Arc::clone(&server), stopping.clone())));
        let task = tokio::spawn(serve(CutListener(listener), Arc::clone(&server), stopping));
        Ok(Self { server, address, tls, stop, tasks: std::iter::once(task).chain(with_tls).collect() })
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end. A tenant that listens on all addresses of the machine has
    /// the first of its names in it, or else that of the loopback address.
    #[must_use]
    pub fn base_url(&self) -> String {
        let name = self.server.options.host_names.first();
        match (self.address.ip(), name) {
            (ip, Some(name)) if ip.is_unspecified() => format!("http://{name}:{}", self.address.port()),
            (ip, None) if ip.is_unspecified() => format!("http://127.0.0.1:{}", self.address.port()),
            _ => format!("http://{}", self.address),
        }
    }

    /// The address that is listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What a client needs for the port with mutual TLS; `None` if there is none.
    #[must_use]
    pub fn tls(&self) -> Option<&MutualTls> {
        self.tls.as_ref()
    }

    /// The company id of the token request.
    #[must_use]
    pub fn company_id(&self) -> &str {
        &self.server.options.company
    }

    /// The OAuth client's id, also called API key.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.server.client_id
    }

    /// The userId of the API user, which is the subject of an assertion.
    #[must_use]
    pub fn user_id(&self) -> &str {
        &self.server.options.api_user
    }

    /// The OAuth client's private key as PKCS#8 PEM.
    #[must_use]
    pub fn private_key_pem(&self) -> &str {
        &self.server.key.private_key_pem
    }

    /// The certificate that is registered for the OAuth client, as PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> &str {
        &self.server.key.certificate_pem
    }

    /// The requests that were answered, the oldest first, as far as they are remembered. The control
    /// interface is not among them.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.log.all()
    }

    /// Forgets the requests.
    pub fn clear_requests(&self) {
        self.server.log.clear();
    }

    /// Makes trouble from now on.
    pub fn inject(&self, fault: Fault) {
        self.server.faults.add(fault);
    }

    /// The troubles that are still to come.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.server.faults.all()
    }

    /// Ends all troubles that are still to come, and sets a clock right that was put wrong.
    pub fn clear_faults(&self) {
        self.server.clear_faults();
    }

    /// Ends all access tokens.
    pub fn expire_tokens(&self) {
        self.server.tokens().clear();
    }

    /// Runs HRIS sync, as the daily job of a tenant with Employee Central does: status, name and mail of
    /// everybody who has an employment are copied to their users. Gives the number of employments. The control
    /// interface does the same at `POST /sandbox/hris-sync`.
    pub fn hris_sync(&self) -> usize {
        jobs::hris_sync(&self.server)
    }

    /// Purges a user with everything that belongs to them, as a job of the tenant does: no query tells it from
    /// somebody who never was there (KBA 2628958). False if there is no such user. The control interface does the
    /// same at `POST /sandbox/purge`.
    pub fn purge(&self, user_id: &str) -> bool {
        jobs::purge(&self.server, user_id)
    }

    /// A new access token of the API user, without an assertion: to look around with curl. The control
    /// interface hands the same out at `POST /sandbox/token`.
    #[must_use]
    pub fn access_token(&self) -> String {
        crate::service::oauth::hand_out(&self.server)
    }

    /// How many users there are, whatever their status.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people_by_status().values().sum()
    }

    /// How many users there are of each status.
    #[must_use]
    pub fn people_by_status(&self) -> BTreeMap<String, usize> {
        users::by_status(&self.server.tenant())
    }

    /// What is stored of a user: every property that is not null, times in milliseconds, and the userIds at
    /// the ends of its links by the navigation's name, always as a list.
    #[must_use]
    pub fn user(&self, user_id: &str) -> Option<Map<String, Value>> {
        let tenant = self.server.tenant();
        let (entity, row) = users::find(&tenant, user_id)?;
        let mut map = Map::new();
        let properties = tenant.entity(entity).properties.iter().enumerate();
        for (index, property) in properties.filter(|(_, property)| !property.is_internal()) {
            let value = plain(&tenant.table(entity).get(row, index));
            if !value.is_null() {
                map.insert(property.name.clone(), value);
            }
        }
        for (index, navigation) in tenant.entity(entity).navigations.iter().enumerate() {
            let ends = if navigation.join.is_some() { Vec::new() } else { tenant.follow(entity, row, index) };
            if !ends.is_empty() {
                let keys =
                    ends.iter().map(|end| Value::from(tenant.table(navigation.target).key_of(*end).as_ref()));
                map.insert(navigation.name.clone(), keys.collect());
            }
        }
        Some(map)
    }

    /// Whether a user's password is `text`. False if none was ever set.
    #[must_use]
    pub fn password_matches(&self, user_id: &str, text: &str) -> bool {
        let tenant = self.server.tenant();
        users::find(&tenant, user_id).is_some_and(|(_, row)| tenant.accounts.password_matches(row, text))
    }

    /// Stops serving and waits until the port is free. Requests that hang are let go; a client that does not
    /// take its answer is waited for two seconds at most.
    pub async fn stop(mut self) {
        // The server may be gone already.
        let _gone = self.stop.send(true);
        for task in &mut self.tasks {
            if tokio::time::timeout(PATIENCE, &mut *task).await.is_err() {
                task.abort();
            }
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The server may be gone already.
        let _gone = self.stop.send(true);
    }
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let wrong = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(wrong)?;
    let address = listener.local_addr().map_err(wrong)?;
    Ok((listener, address))
}

/// The port with TLS, and what a client needs for it.
async fn secure(tls: &Tls, certificates: &Certificates) -> Result<(TlsListener, MutualTls), StartError> {
    let (listener, address) = bind(tls.listen).await?;
    let facts = MutualTls {
        base_url: format!("https://{address}"),
        authority_pem: certificates.authority_pem.clone(),
        client_certificate_pem: certificates.client_certificate_pem.clone(),
        client_key_pem: certificates.client_key_pem.clone(),
    };
    Ok((TlsListener::new(listener, certificates)?, facts))
}

async fn serve<L>(listener: L, server: Arc<Server>, mut stopping: watch::Receiver<bool>)
where
    L: Listener<Addr = SocketAddr>,
    Connection: for<'a> Connected<IncomingStream<'a, L>>,
{
    let service = router(server).into_make_service_with_connect_info::<Connection>();
    let stopped = async move {
        let _gone = stopping.wait_for(|stopping| *stopping).await;
    };
    // Serving ends only by the signal: failures to accept are retried inside.
    let _ended = axum::serve(listener, service).with_graceful_shutdown(stopped).await;
}

fn check(options: &Options) -> Result<(), StartError> {
    let wrong = |option, reason: &str| Err(StartError::Option { option, reason: reason.to_owned() });
    if options.people < 2 {
        return wrong("people", "a tenant has at least 2, the API user and v4admin");
    }
    if options.people > 20_000_000 {
        return wrong("people", "more than 20 million do not fit");
    }
    if !(1..=1000).contains(&options.page_size) {
        return wrong("page_size", "it is from 1 to 1000");
    }
    if options.api_user.is_empty() || options.api_user == "v4admin" {
        return wrong("api_user", "it needs a name of its own");
    }
    if options.company.is_empty() {
        return wrong("company", "it needs a name");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if options.host_names.iter().any(|name| name.is_empty() || !name.bytes().all(plain)) {
        return wrong("host_names", "a name is one such as tenant.test, without a port");
    }
    if options.control_token.as_ref().is_some_and(|token| {
        token.len() < SHORTEST_TOKEN || !token.bytes().all(|byte| byte.is_ascii_graphic())
    }) {
        return wrong("control_token", "it needs 16 characters or more, without blanks");
    }
    Ok(())
}

/// A client id that looks like an API key and is the same for the same company and seed.
fn client_id(options: &Options) -> String {
    let text = format!("{}#{}", options.company, options.seed);
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn plain(value: &Cell<'_>) -> Value {
    match value {
        Cell::Null => Value::Null,
        Cell::Text(text) | Cell::Decimal(text) => Value::from(text.as_ref()),
        Cell::Bool(flag) => Value::from(*flag),
        Cell::Int(number) | Cell::Time(number) => Value::from(*number),
        Cell::Float(number) => Value::from(*number),
    }
}
