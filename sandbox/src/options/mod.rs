//! How a tenant is made: its size, its company, its clock, and how it behaves.

pub(crate) mod access;
mod profile;
pub(crate) mod switches;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use crate::evidence::RecordedRequest;
use crate::fault::Fault;
use crate::options::access::Access;
use crate::state::clock::{Clock, SystemClock};
use crate::tls::Tls;

pub use profile::{BaseProfile, Profile};
pub use switches::{ListOrder, Switches, UriPort};

/// A callback that is given each request after its answer was made.
pub type OnRequest = Arc<dyn Fn(&RecordedRequest) + Send + Sync>;

/// What tenant to start. `Options::default()` is a company of 1,000 people on a free local port.
#[derive(Clone)]
pub struct Options {
    /// Where to listen. Port 0, the default, takes a free one.
    pub listen: SocketAddr,
    /// Names besides those of this machine's loopback, such as `tenant.test`, under which requests may ask for the
    /// tenant, without a port. Every other name in a `Host` is refused, so that no web page can reach the tenant by
    /// a name of its own that leads here.
    pub host_names: Vec<String>,
    /// What opens the control interface, sent as `Authorization: Bearer`. `None`, the default, leaves it open on a
    /// loopback address and shut on any other.
    pub control_token: Option<String>,
    /// How many rows the `User` entity has, the API user and the pseudo user `v4admin` included: the
    /// number that a query with all six statuses counts. At least 2.
    pub people: usize,
    /// The people are the same for the same seed, number and company.
    pub seed: u64,
    /// The company id, compared with its case (KBA 2524436).
    pub company: String,
    /// The userId of the API user; its username is the same text (docs/successfactors.md#basic-authentication).
    pub api_user: String,
    /// The OAuth client's private key as PKCS#8 PEM, RSA of at least 2048 bits. `None` takes one that no
    /// other tenant of this process has: that of one that has ended, or a new one.
    pub private_key_pem: Option<String>,
    /// The OAuth client's id, which SuccessFactors calls API key. `None` derives one from the seed.
    pub client_id: Option<String>,
    /// Rows of a page, 1 to 1000 (KBA 2489065).
    pub page_size: usize,
    /// The tenant's clock.
    pub clock: Arc<dyn Clock>,
    /// Which properties exist.
    pub profile: Profile,
    /// The points that are unconfirmed, and the habits that a test may want to change.
    pub switches: Switches,
    /// What the API user may see and do.
    pub access: Access,
    /// A second port, with mutual TLS. `None`, the default, has none.
    pub tls: Option<Tls>,
    /// Troubles that are there from the start.
    pub faults: Vec<Fault>,
    /// How many requests are remembered; the oldest are forgotten first.
    pub remember_requests: usize,
    /// Called with each request, for a line in a log.
    pub on_request: Option<OnRequest>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            host_names: Vec::new(),
            control_token: None,
            people: 1000,
            seed: 1,
            company: "ACME".to_owned(),
            api_user: "sfapi".to_owned(),
            private_key_pem: None,
            client_id: None,
            page_size: 1000,
            clock: Arc::new(SystemClock),
            profile: Profile::default(),
            switches: Switches::default(),
            access: Access::default(),
            tls: None,
            faults: Vec::new(),
            remember_requests: 10_000,
            on_request: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Options")
            .field("listen", &self.listen)
            .field("host_names", &self.host_names)
            .field("people", &self.people)
            .field("seed", &self.seed)
            .field("company", &self.company)
            .field("api_user", &self.api_user)
            .field("page_size", &self.page_size)
            .field("profile", &self.profile)
            .field("switches", &self.switches)
            .field("access", &self.access)
            .field("tls", &self.tls)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}
