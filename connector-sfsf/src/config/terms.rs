//! What requests may bring of a connection, and on what terms.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use connector_core::object::Secret;
use connector_core::{Credentials, Error, Result};
use serde_json::{Map, Value as Json};
use url::Origin;

use super::identity::Identity;
use super::reader::Reader;
use super::{Authentication, Configuration, SAML_BEARER_GRANT, Sources};
use crate::auth::armor::is_certificate_text;

/// What a request may bring. A key that is not here is the operator's alone: it may name files, variables and proxies
/// of this machine, or what a tenant is asked for.
const MAY_BRING: [&str; 14] = [
    "url",
    "company_id",
    "username",
    "client_id",
    "token_url",
    "grant_type",
    "private_key",
    "private_key_passphrase",
    "assertion",
    "access_token",
    "name_id",
    "issuer",
    "audience",
    "certificate",
];

/// What proves who one is. Each stands for the others, so a request that brings one brings them all.
const PROOFS: [&str; 3] = ["private_key", "assertion", "access_token"];

/// What goes with a proof, and with no other one.
const BESIDE_PROOFS: [&str; 2] = ["private_key_passphrase", "certificate"];

/// Longer values belong to no connection (bytes): keys of 16,384 bits have 13,000.
const LONGEST: usize = 64 << 10;

/// Longer names are not repeated.
const LONGEST_NAME: usize = 64;

/// What an operator has set down, and what requests may bring on top of it.
#[derive(Clone, Default)]
pub(crate) struct Terms {
    /// The keys as they were given, with what stands in files and variables in its place.
    keys: BTreeMap<String, Secret>,
    /// Who the configured connection is; none if requests bring theirs.
    own: Option<Identity>,
    hosts: Vec<Origin>,
    users: Vec<String>,
}

/// What a request brings that the configuration does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Brought(BTreeMap<String, Secret>);

/// Shows which keys are set, and none of their values.
impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Brought {
    /// Whether it is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Terms {
    /// The terms of an operator that has no connection: requests bring all of it, to hosts that `allow_hosts` names.
    /// None if these keys are not such.
    ///
    /// # Errors
    ///
    /// One error of kind `configuration` that names every wrong key at once.
    pub fn alone(keys: &Map<String, Json>, sources: &Sources) -> Result<Option<Self>> {
        let mut reader = Reader::new(keys, sources);
        let connects = MAY_BRING.iter().any(|key| reader.has(key));
        if connects || !reader.has("allow_hosts") {
            return Ok(None);
        }
        // Everything else has to be right as well.
        let _ = Configuration::read(&mut reader, None);
        if reader.has("allow_users") {
            reader.wrong("allow_users", "goes with a private_key of the configuration");
        }
        let terms = Self::read(&mut reader, None);
        reader.finish().map(|()| Some(terms))
    }

    /// The terms beside a configured connection, if there is one.
    pub(super) fn read(reader: &mut Reader<'_>, configured: Option<&Configuration>) -> Self {
        let users = reader.list("allow_users");
        let token =
            configured.filter(|own| !matches!(own.authentication, Authentication::SignedAssertion(_)));
        if !users.is_empty() && token.is_some() {
            reader
                .wrong("allow_users", "goes with private_key alone: a token or an assertion is of one user");
        }
        let own = configured.map(|own| Identity::read(reader).completed(&own.url));
        let mut hosts = reader.origins("allow_hosts");
        hosts.extend(own.iter().flat_map(Identity::hosts).map(|(_, host)| host.clone()));
        Self { keys: reader.texts(), own, hosts, users }
    }

    /// What a request brings that the configuration does not have; nothing, if it names the configured connection.
    /// Nothing is opened and nothing is sent.
    ///
    /// # Errors
    ///
    /// Of kind `invalid_request`: keys that are not the request's to bring, hosts that are not allowed, somebody else
    /// without a secret. Of kind `configuration`: values that no connection has.
    pub fn admit(&self, credentials: &Credentials) -> Result<Brought> {
        let mut brought = listed(credentials)?;
        let keys = exposed(&brought);
        let sources = Sources::new();
        let mut reader = Reader::of_request(&keys, &sources);
        let named = Identity::read(&mut reader);
        reader.finish()?;
        self.check_hosts(&named)?;
        let Some(own) = &self.own else { return Ok(Brought(brought)) };
        let others = named.differs_from(own);
        self.check_identity(&named, &others, &brought)?;
        // What follows from another key would not be the same without it.
        let follows = |key: &str| match key {
            "token_url" => others.contains(&"url"),
            "issuer" => others.contains(&"client_id"),
            _ => false,
        };
        brought.retain(|key, value| match key.as_str() {
            "grant_type" => value.expose() != SAML_BEARER_GRANT,
            key => named.get(key).is_none() || others.contains(&key) || follows(key),
        });
        Ok(Brought(brought))
    }

    /// The configuration with what a request brings in the place of its own. It names no file and no variable: those
    /// of the operator were read before, and a request has none.
    ///
    /// # Errors
    ///
    /// Of kind `configuration`, if something is missing or wrong.
    pub fn configuration(self: &Arc<Self>, Brought(brought): &Brought) -> Result<Configuration> {
        let mut keys = self.keys.clone();
        if PROOFS.iter().any(|key| brought.contains_key(*key)) {
            keys.retain(|key, _| !PROOFS.contains(&key.as_str()) && !BESIDE_PROOFS.contains(&key.as_str()));
        }
        if brought.contains_key("url") {
            // It is beside the address unless something else is said.
            keys.remove("token_url");
        }
        keys.extend(brought.clone());
        Configuration::on_terms(self, &exposed(&keys))
    }

    fn check_hosts(&self, named: &Identity) -> Result<()> {
        let refused: Vec<_> =
            named.hosts().filter(|(_, host)| !self.hosts.contains(host)).map(|(key, _)| key).collect();
        if refused.is_empty() {
            return Ok(());
        }
        let message =
            format!("{} of the request names a host that is not allowed here", refused.join(" and "));
        Err(Error::invalid_request(message)
            .with_attributes(refused.into_iter().map(Into::into))
            .with_advice("whoever runs the connector lists hosts, with scheme and port, in allow_hosts"))
    }

    /// Whoever is somebody else proves it: what is configured is a proof of the configured one alone.
    fn check_identity(
        &self,
        named: &Identity,
        others: &[&'static str],
        brought: &BTreeMap<String, Secret>,
    ) -> Result<()> {
        let proves = PROOFS.iter().any(|key| brought.contains_key(*key));
        let listed = named.get("username").is_some_and(|user| self.users.iter().any(|listed| listed == user));
        if proves || others.is_empty() || (listed && *others == ["username"]) {
            return Ok(());
        }
        let message = format!(
            "the request names another {} than is configured, and brings no secret for it",
            others.join(", ")
        );
        Err(Error::invalid_request(message).with_attributes(others.iter().map(|key| (*key).into())).with_advice(
            "bring private_key, assertion or access_token too; users for whom the configured key may sign are in allow_users",
        ))
    }
}

/// The data of a request under the names of the list. Blank is the same as absent.
fn listed(credentials: &Credentials) -> Result<BTreeMap<String, Secret>> {
    let (mut brought, mut refused) = (BTreeMap::new(), Vec::new());
    for (key, value) in &credentials.0 {
        let name = key.trim().to_ascii_lowercase();
        let is_listed = MAY_BRING.contains(&name.as_str());
        let text = value.expose().trim();
        if !is_listed {
            refused.push(shown(key));
        } else if text.len() > LONGEST {
            return Err(about(&name, format!("of the request has more than {LONGEST} bytes")));
        } else if name == "certificate" && !text.is_empty() && !is_certificate_text(text) {
            return Err(about(
                &name,
                "of the request is not the text of one, and files are not opened for requests".into(),
            ));
        } else if brought.insert(name.clone(), Secret::new(text)).is_some() {
            return Err(about(&name, "is given twice in the request, spelled differently".into()));
        }
    }
    if !refused.is_empty() {
        let message = format!("a request may not bring {}", refused.join(", "));
        return Err(Error::invalid_request(message)
            .with_attributes(refused.into_iter().map(Into::into))
            .with_advice(format!("meta.credentials may hold {}", MAY_BRING.join(", "))));
    }
    brought.retain(|_, value| !value.expose().is_empty());
    if brought.contains_key("private_key_passphrase") && !brought.contains_key("private_key") {
        return Err(about("private_key_passphrase", "of the request comes without its private_key".into()));
    }
    Ok(brought)
}

fn about(key: &str, what: String) -> Error {
    Error::invalid_request(format!("{key} {what}")).with_attributes([key.into()])
}

/// The name of a key, as far as it can be one.
fn shown(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

fn exposed(keys: &BTreeMap<String, Secret>) -> Map<String, Json> {
    keys.iter().map(|(key, value)| (key.clone(), Json::from(value.expose()))).collect()
}
