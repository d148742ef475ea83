//! The configuration of one tenant.

mod address;
mod file;
mod identity;
mod paging;
mod properties;
mod reader;
mod suggestion;
mod terms;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use connector_core::object::Secret;
use connector_core::{ErrorKind, Result};
use serde_json::{Map, Value as Json};
use url::Url;

use crate::odata::zone::Zone;
pub(crate) use address::is_loopback;
pub(crate) use paging::Paging;
pub(crate) use properties::properties;
pub(crate) use reader::PROXIES;
use reader::Reader;
pub use suggestion::similar_key;
pub(crate) use terms::{Brought, Terms};

/// The grant that SuccessFactors documents (docs/successfactors.md#token-request).
pub(crate) const SAML_BEARER_GRANT: &str = "urn:ietf:params:oauth:grant-type:saml2-bearer";

/// Where keys come from, such as `acme.toml, line 3`, for errors about them. The names of the keys are in lower case.
pub type Sources = BTreeMap<String, String>;

/// What the connector has to know about a tenant. The keys and their meaning stand in the manifest.
#[derive(Clone)]
pub struct Configuration {
    /// What requests may bring in its place.
    pub(crate) terms: Arc<Terms>,
    pub(crate) url: Url,
    pub(crate) authentication: Authentication,
    pub(crate) statuses: Vec<char>,
    /// Whether employments that begin later are looked for.
    pub(crate) future_hires: bool,
    pub(crate) page_size: u32,
    /// The zone of the tenant's server, whatever it says itself.
    pub(crate) time_zone: Option<Zone>,
    /// How the pages of an import follow one another.
    pub(crate) paging: Paging,
    /// How many ranges of keys of an import are read at the same time.
    pub(crate) parallel: usize,
    pub(crate) sync: SyncSettings,
    /// The option profile that writes name.
    pub(crate) api_option_profile: String,
    /// How many reads go into one batch.
    pub(crate) batch_size: usize,
    pub(crate) groups: GroupSettings,
    pub(crate) instance: Instance,
    /// How long a list of values is kept.
    pub(crate) lookup_age: Duration,
    pub(crate) http: HttpSettings,
}

/// How the connector proves who it is.
#[derive(Clone, Debug)]
pub(crate) enum Authentication {
    /// An assertion that we sign, exchanged for a token.
    SignedAssertion(Box<AssertionSettings>),
    /// An assertion that somebody else signed, exchanged for a token.
    SuppliedAssertion { exchange: TokenExchange, assertion: Secret },
    /// A token that somebody else obtained.
    SuppliedToken(Secret),
}

/// Where and as whom an assertion is exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenExchange {
    pub token_url: Url,
    pub client_id: String,
    pub company_id: String,
    pub grant_type: String,
}

/// What goes into an assertion that we sign.
#[derive(Clone, Debug)]
pub(crate) struct AssertionSettings {
    pub exchange: TokenExchange,
    pub private_key: Secret,
    pub passphrase: Option<Secret>,
    /// A text that holds it.
    pub certificate: Option<String>,
    pub username: String,
    pub name_id: NameId,
    pub issuer: String,
    pub audience: String,
    pub lifetime: Duration,
    pub backdate: Duration,
}

/// What the name in the assertion is. SuccessFactors reads a user id unless told otherwise (KBA 2668018).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameId {
    UserId,
    Username,
    Email,
}

/// How the connector behaves on the network.
#[derive(Clone, Debug)]
pub(crate) struct HttpSettings {
    /// The certificate authorities to trust instead of the system's, PEM.
    pub ca: Option<String>,
    pub proxy: Option<Secret>,
    pub connect_timeout: Duration,
    pub read_timeout: Duration,
    pub requests_in_flight: usize,
    pub max_attempts: u32,
    pub first_retry_wait: Duration,
    pub max_retry_wait: Duration,
    /// The largest answer, in bytes.
    pub max_answer: usize,
}

/// Which groups there are, and the words for changing their members, which SAP does not document.
#[derive(Clone, Debug)]
pub(crate) struct GroupSettings {
    pub types: Vec<String>,
    pub add: String,
    pub remove: String,
    pub separator: String,
}

/// What lists of values call this tenant.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub key: String,
    pub name: String,
}

/// What a delta has to be careful about.
#[derive(Clone, Debug)]
pub(crate) struct SyncSettings {
    /// How far before the last run a delta begins.
    pub overlap: Duration,
    /// Whether people without a time stamp come with every delta.
    pub null_timestamps: bool,
}

/// Shows which keys are set, and none of their values.
impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configuration").field("terms", &self.terms).finish_non_exhaustive()
    }
}

impl Configuration {
    /// Reads a configuration from its keys and values. It does no network I/O; secrets are fetched
    /// from the files and environment variables that the keys name.
    ///
    /// # Errors
    ///
    /// One error of kind `configuration` that names every wrong key at once, and never a value.
    ///
    /// # Examples
    ///
    /// ```
    /// use connector_core::ErrorKind;
    /// use connector_sfsf::Configuration;
    ///
    /// let keys = serde_json::json!({ "url": "https://api4.successfactors.com/", "compnay_id": "ACME", "page_size": 5000 });
    /// let error = Configuration::from_map(keys.as_object().cloned().unwrap_or_default()).err();
    /// let error = error.ok_or("it is not complete")?;
    /// assert_eq!(error.kind(), ErrorKind::Configuration);
    /// // Every wrong key at once, and what was meant.
    /// assert!(["compnay_id", "company_id", "page_size", "client_id"].iter().all(|key| error.message().contains(key)));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_map(keys: Map<String, Json>) -> Result<Self> {
        Self::from_sources(keys, &Sources::new())
    }

    /// The same, of keys of which it is known where they come from.
    ///
    /// # Errors
    ///
    /// As [`Configuration::from_map`]; the error says where each wrong key stands.
    pub fn from_sources(keys: Map<String, Json>, sources: &Sources) -> Result<Self> {
        let mut reader = Reader::new(&keys, sources);
        let connection = connection(&mut reader);
        let configuration = Self::read(&mut reader, connection);
        let terms = Terms::read(&mut reader, configuration.as_ref());
        reader.finish()?;
        Ok(Self { terms: Arc::new(terms), ..configuration.ok_or_else(incomplete)? })
    }

    /// A configuration on the terms of another one.
    fn on_terms(terms: &Arc<Terms>, keys: &Map<String, Json>) -> Result<Self> {
        let sources = Sources::new();
        let mut reader = Reader::of_request(keys, &sources);
        let connection = connection(&mut reader);
        let configuration = Self::read(&mut reader, connection);
        reader.finish()?;
        Ok(Self { terms: Arc::clone(terms), ..configuration.ok_or_else(incomplete)? })
    }

    /// Reads all but the connection. What is wrong is the reader's to say.
    fn read(reader: &mut Reader<'_>, connection: Option<(Url, Authentication)>) -> Option<Self> {
        let statuses = reader.statuses("statuses");
        let future_hires = reader.flag("future_hires");
        let page_size = reader.number("page_size", 1..=1000);
        let time_zone = reader.zone("tenant_time_zone");
        // The 181st request of a batch is refused (KBA 2614934).
        let batch_size = reader.number("batch_size", 1..=180);
        let paging = match reader.choice("paging", &["snapshot", "key", "link"]) {
            Some(1) => Paging::Key,
            Some(2) => Paging::Link,
            _ => Paging::Snapshot,
        };
        let parallel = reader.number("parallel", 1..=20);
        let sync = SyncSettings {
            overlap: reader.seconds("sync_overlap", 0..=86_400),
            null_timestamps: reader.flag("sync_null_timestamps"),
        };
        let api_option_profile = reader.text("api_option_profile").unwrap_or_default();
        let groups = group_settings(reader);
        let instance = instance(reader);
        let lookup_age = reader.seconds("lookup_age", 0..=86_400);
        let http = http_settings(reader);
        let (url, authentication) = connection?;
        Some(Self {
            terms: Arc::default(),
            url,
            authentication,
            statuses,
            future_hires,
            page_size: u32::try_from(page_size).unwrap_or(1000),
            time_zone,
            paging,
            parallel: usize::try_from(parallel).unwrap_or(1),
            sync,
            api_option_profile,
            batch_size: usize::try_from(batch_size).unwrap_or(1),
            groups,
            instance,
            lookup_age,
            http,
        })
    }

    /// The company id, as far as the connector needs one.
    pub(crate) fn company_id(&self) -> Option<&str> {
        match &self.authentication {
            Authentication::SignedAssertion(settings) => Some(&settings.exchange.company_id),
            Authentication::SuppliedAssertion { exchange, .. } => Some(&exchange.company_id),
            Authentication::SuppliedToken(_) => None,
        }
    }
}

/// A value of a configuration as text; numbers and booleans are taken as they are written, and secrets in
/// their form on the wire, `{"$secret":"…"}`, as well.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::Object(secret) if secret.len() == 1 => text(secret.get("$secret")?),
        Json::String(text) => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn incomplete() -> connector_core::Error {
    connector_core::Error::new(ErrorKind::Configuration, "the configuration is incomplete")
}

/// Where the tenant is, and how the connector proves who it is.
fn connection(reader: &mut Reader<'_>) -> Option<(Url, Authentication)> {
    let url = reader.base_url("url");
    let authentication = authentication(reader, url.as_ref());
    url.zip(authentication)
}

fn authentication(reader: &mut Reader<'_>, base: Option<&Url>) -> Option<Authentication> {
    if let Some(token) = reader.secret("access_token") {
        return Some(Authentication::SuppliedToken(token));
    }
    let exchange = token_exchange(reader, base);
    if let Some(assertion) = reader.secret("assertion") {
        return Some(Authentication::SuppliedAssertion { exchange: exchange?, assertion });
    }
    assertion_settings(reader, exchange).map(|settings| Authentication::SignedAssertion(Box::new(settings)))
}

fn token_exchange(reader: &mut Reader<'_>, base: Option<&Url>) -> Option<TokenExchange> {
    let given = reader.token_url("token_url");
    let token_url = given.or_else(|| base.and_then(address::token_endpoint_of));
    let client_id = reader.text("client_id");
    let client_id = reader.require("client_id", client_id);
    let company_id = reader.text("company_id");
    let company_id = reader.require("company_id", company_id);
    let grant_type = reader.text("grant_type").unwrap_or_else(|| SAML_BEARER_GRANT.to_owned());
    if grant_type != SAML_BEARER_GRANT {
        reader.wrong("grant_type", format!("is not '{SAML_BEARER_GRANT}', the only grant of SuccessFactors"));
    }
    Some(TokenExchange { token_url: token_url?, client_id: client_id?, company_id: company_id?, grant_type })
}

fn assertion_settings(reader: &mut Reader<'_>, exchange: Option<TokenExchange>) -> Option<AssertionSettings> {
    let username = reader.text("username");
    let username = reader.require("username", username);
    let private_key = reader.secret("private_key");
    let private_key = reader.require("private_key", private_key);
    let passphrase = reader.secret("private_key_passphrase");
    let certificate = reader.certificate("certificate");
    let name_id = match reader.choice("name_id", &["user_id", "username", "email"]) {
        Some(1) => NameId::Username,
        Some(2) => NameId::Email,
        _ => NameId::UserId,
    };
    let issuer = reader.text("issuer");
    let audience = reader.text("audience").unwrap_or_else(|| "www.successfactors.com".to_owned());
    let lifetime = reader.seconds("assertion_lifetime", 1..=86_400);
    let backdate = reader.seconds("assertion_backdate", 0..=86_400);
    let exchange = exchange?;
    Some(AssertionSettings {
        issuer: issuer.unwrap_or_else(|| exchange.client_id.clone()),
        exchange,
        private_key: private_key?,
        passphrase,
        certificate,
        username: username?,
        name_id,
        audience,
        lifetime,
        backdate,
    })
}

fn instance(reader: &mut Reader<'_>) -> Instance {
    let key = reader.text("instance_key").or_else(|| reader.text("company_id"));
    Instance { key: key.unwrap_or_default(), name: reader.text_or_default("instance_name") }
}

fn group_settings(reader: &mut Reader<'_>) -> GroupSettings {
    let types = reader.text_or_default("group_types");
    let types = types.split(',').map(str::trim).filter(|name| !name.is_empty());
    GroupSettings {
        types: types.map(ToOwned::to_owned).collect(),
        add: reader.text_or_default("static_group_add"),
        remove: reader.text_or_default("static_group_remove"),
        separator: reader.text_or_default("static_group_separator"),
    }
}

fn http_settings(reader: &mut Reader<'_>) -> HttpSettings {
    HttpSettings {
        ca: reader.certificate("ca_file"),
        proxy: reader.proxy("proxy"),
        connect_timeout: reader.seconds("connect_timeout", 1..=600),
        read_timeout: reader.seconds("read_timeout", 1..=3600),
        requests_in_flight: usize::try_from(reader.number("requests_in_flight", 1..=20)).unwrap_or(1),
        max_attempts: u32::try_from(reader.number("max_attempts", 1..=20)).unwrap_or(1),
        first_retry_wait: Duration::from_millis(reader.number("first_retry_wait", 0..=60_000)),
        max_retry_wait: reader.seconds("max_retry_wait", 0..=3600),
        // All answers of a process take 256 MiB, and four times the size of one has to fit.
        max_answer: usize::try_from(reader.number("max_answer", 1..=64)).unwrap_or(1) << 20,
    }
}

#[cfg(test)]
mod tests {
    use connector_core::Credentials;
    use serde_json::json;

    use super::*;

    fn read(keys: Json) -> Result<Configuration> {
        Configuration::from_map(keys.as_object().unwrap().clone())
    }

    fn complete() -> Json {
        json!({"url": "https://api4.successfactors.com/odata/v2/", "company_id": "ACME", "username": "sfapi",
            "client_id": "abc", "private_key": "k", "grant_type": SAML_BEARER_GRANT,
            "token_url": "https://api4.successfactors.com/oauth/token"})
    }

    #[test]
    fn the_names_of_openiam_are_accepted_as_they_are() {
        let configuration = read(complete()).unwrap();
        assert_eq!(configuration.url.as_str(), "https://api4.successfactors.com/");
    }

    #[test]
    fn every_wrong_key_is_named_at_once_and_no_value() {
        let keys = json!({"url": "ftp://u:hunter2@host", "client_id": "", "page_size": 5000, "pivate_key": "hunter2",
            "private_key_file": "/nowhere/hunter2", "statuses": "x", "connect_timeout": "soon", "grant_type": "password"});
        let message = read(keys).unwrap_err().to_string();
        for key in [
            "url",
            "company_id",
            "client_id",
            "username",
            "page_size",
            "pivate_key",
            "private_key_file",
            "statuses",
            "connect_timeout",
            "grant_type",
        ] {
            assert!(message.contains(key), "{key} is not in: {message}");
        }
        assert!(!message.contains("hunter2"), "{message}");
    }

    #[test]
    fn a_secret_in_the_place_of_a_key_is_not_repeated() {
        for secret in ["-----BEGIN PRIVATE KEY-----\nMIIEhunter2".to_owned(), "hunter2".repeat(10)] {
            let mut keys = complete();
            keys[secret.as_str()] = json!("x");
            let message = read(keys).unwrap_err().to_string();
            let count = secret.len();
            assert!(message.contains(&format!("a text of {count} characters is not a key")), "{message}");
            assert!(!message.contains("hunter2") && !message.contains("PRIVATE KEY"), "{message}");
        }
    }

    #[test]
    fn a_secret_may_be_marked_as_one() {
        let mut keys = complete();
        keys["private_key"] = json!({"$secret": "k"});
        assert!(read(keys.clone()).is_ok());
        keys["private_key"] = json!({"secret": "k"});
        assert!(read(keys).unwrap_err().to_string().contains("private_key"));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        let at = |url: &str| {
            let mut keys = complete();
            keys["url"] = json!(url);
            keys["token_url"] = json!(url);
            read(keys)
        };
        for url in ["http://127.0.0.1:8080", "http://localhost:1/odata/v2", "http://[::1]:1"] {
            assert!(at(url).is_ok(), "{url}");
        }
        for url in ["http://api4.successfactors.com", "http://127.0.0.1.evil.example", "https://user:pw@host"]
        {
            assert!(at(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_token_of_the_host_needs_nothing_but_the_address() {
        let configuration =
            read(json!({"url": "https://api4.successfactors.com", "access_token": "t"})).unwrap();
        assert!(matches!(configuration.authentication, Authentication::SuppliedToken(_)));
    }

    /// The assertion that a configuration makes for what a request brings.
    fn brought<const N: usize>(keys: &Json, data: [(&str, &str); N]) -> Result<AssertionSettings> {
        let terms = read(keys.clone()).unwrap().terms;
        let data = data.map(|(key, value)| (key.to_owned(), Secret::from(value)));
        let admitted = terms.admit(&Credentials(data.into()))?;
        match terms.configuration(&admitted)?.authentication {
            Authentication::SignedAssertion(settings) => Ok(*settings),
            _ => panic!("the way of authenticating changed"),
        }
    }

    #[test]
    fn connection_data_of_a_request_replace_the_configured_ones() {
        let mut keys = complete();
        keys["private_key_passphrase"] = json!("p");
        let settings = brought(&keys, [("USERNAME", "other"), ("private_key", "k2")]).unwrap();
        assert_eq!((settings.username.as_str(), settings.private_key.expose()), ("other", "k2"));
        assert!(settings.passphrase.is_none(), "that of another key");
    }

    #[test]
    fn a_request_to_another_host_brings_its_own_secrets() {
        let mut keys = complete();
        keys["allow_hosts"] = json!(["https://elsewhere.example"]);
        for elsewhere in ["url", "token_url"] {
            let there = (elsewhere, "https://elsewhere.example/");
            assert!(brought(&keys, [there]).unwrap_err().to_string().contains("private_key"), "{elsewhere}");
            let settings = brought(&keys, [there, ("private_key", "k2")]).unwrap();
            assert_eq!(settings.private_key.expose(), "k2");
            assert_eq!(settings.exchange.token_url.host_str(), Some("elsewhere.example"));
        }
    }

    #[test]
    fn what_is_named_again_beside_another_host_stays_as_it_is_named() {
        let mut keys = complete();
        keys["allow_hosts"] = json!("https://elsewhere.example");
        let moved = [
            ("url", "https://elsewhere.example"),
            ("private_key", "k2"),
            ("client_id", "another"),
            ("token_url", "https://api4.successfactors.com/oauth/token"),
            ("issuer", "abc"),
        ];
        let settings = brought(&keys, moved).unwrap();
        assert_eq!(settings.exchange.token_url.host_str(), Some("api4.successfactors.com"));
        assert_eq!(settings.issuer, "abc");
    }

    #[test]
    fn a_request_that_repeats_the_host_keeps_the_secrets() {
        assert!(brought(&complete(), [("url", complete()["url"].as_str().unwrap())]).is_ok());
    }

    #[test]
    fn a_proxy_of_no_known_kind_is_refused_and_its_password_shown_nowhere() {
        let at = |proxy: &str| {
            let mut keys = complete();
            keys["proxy"] = json!(proxy);
            read(keys)
        };
        for kind in ["http", "https", "socks4", "socks4a", "socks5", "socks5h", "HTTP"] {
            let configuration = at(&format!("{kind}://u:hush@127.0.0.1:1")).unwrap();
            assert!(!format!("{configuration:?}{:?}", configuration.http).contains("hush"));
        }
        for wrong in [
            "htpp://u:hush@127.0.0.1:1",
            "ftp://h:1",
            "foo://h",
            "h:1",
            "u:hush@h:1",
            "http://h/path|",
            "http://h?hush",
            "http://",
            "file:///etc/passwd",
        ] {
            let message = at(wrong).unwrap_err().to_string();
            assert!(message.contains("proxy is not the URL of an HTTP or SOCKS proxy"), "{wrong}: {message}");
            assert!(!message.contains("hush"), "{message}");
        }
    }

    #[test]
    fn a_key_that_is_given_twice_is_named() {
        let mut keys = complete();
        keys["UserName"] = json!("other");
        assert!(read(keys).unwrap_err().to_string().contains("given twice"));
    }

    #[test]
    fn a_configuration_prints_no_value() {
        assert!(!format!("{:?}", read(complete()).unwrap()).contains("sfapi"));
    }

    #[test]
    fn what_is_called_required_is_needed_whatever_else_is_given() {
        let url = "https://api4.successfactors.com";
        let assertion = json!({"url": url, "company_id": "ACME", "client_id": "abc", "assertion": "a"});
        for enough in [json!({"url": url, "access_token": "t"}), assertion, complete()] {
            assert!(read(enough.clone()).is_ok(), "{enough}");
            for property in properties().iter().filter(|property| property.required) {
                assert!(enough.get(&property.name).is_some(), "{} is not needed: {enough}", property.name);
            }
        }
    }

    #[test]
    fn every_default_is_valid() {
        for property in properties() {
            if let Some(default) = property.default {
                let mut keys = complete();
                keys[property.name.as_str()] = json!(default);
                assert!(read(keys).is_ok(), "{}", property.name);
            }
        }
    }
}
