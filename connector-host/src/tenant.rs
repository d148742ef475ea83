//! The embedded tenant: a sandbox in this process.

use connector_core::{Error, ErrorKind, Result};
use sandbox::{Options, RecordedRequest, Sandbox, StartError};
use serde_json::json;

use crate::cli::Global;
use crate::config::Keys;

/// People of a tenant unless told otherwise.
const PEOPLE: usize = 1000;
const SEED: u64 = 1;

/// A tenant in this process.
pub struct Tenant(Sandbox);

impl Tenant {
    /// Starts a tenant on a free port of this machine.
    pub async fn embedded(global: &Global) -> Result<Self> {
        Self::start(Options { people: people(global), seed: seed(global), ..Options::default() }).await
    }

    /// Starts a tenant.
    ///
    /// # Errors
    ///
    /// An address that cannot be listened on, an option that no tenant can have.
    pub async fn start(options: Options) -> Result<Self> {
        Sandbox::start(options).await.map(Self).map_err(|error: StartError| {
            let wrong = Error::new(ErrorKind::Configuration, format!("the sandbox did not start: {error}"));
            match error {
                StartError::Listen { .. } => {
                    wrong.with_advice("choose another address with --listen; port 0 takes a free one")
                }
                StartError::Key(_) => wrong.with_advice(
                    "remove the file of --write-config, whose key is kept, to have a new key made",
                ),
                _ => wrong,
            }
        })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        self.0.base_url().to_string()
    }

    /// How many people it has.
    pub fn people(&self) -> usize {
        self.0.people()
    }

    /// Its company id.
    pub fn company(&self) -> String {
        self.0.company_id().to_string()
    }

    /// The user in whose name clients work.
    pub fn api_user(&self) -> String {
        self.0.user_id().to_string()
    }

    /// The certificate of its OAuth client.
    pub fn certificate(&self) -> String {
        self.0.certificate_pem().to_string()
    }

    /// Everything that a client needs, under the keys of the configuration.
    pub fn configuration(&self) -> Keys {
        let url = self.url();
        let url = url.trim_end_matches('/');
        let values = [
            ("url", format!("{url}/")),
            ("company_id", self.company()),
            ("username", self.api_user()),
            ("client_id", self.0.client_id().to_string()),
            ("token_url", format!("{url}/oauth/token")),
            ("grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer".to_owned()),
            ("private_key", self.0.private_key_pem().to_string()),
        ];
        values.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect()
    }

    /// What was asked of it.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.requests()
    }

    /// Ends it.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}

/// How many people the tenant has.
pub fn people(global: &Global) -> usize {
    global.people.unwrap_or(PEOPLE)
}

/// Which people.
pub fn seed(global: &Global) -> u64 {
    global.seed.unwrap_or(SEED)
}
