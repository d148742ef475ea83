//! Where a connection goes, and in whose name.

use std::collections::BTreeMap;

use url::{Origin, Url};

use super::address::token_endpoint_of;
use super::properties::default_of;
use super::reader::Reader;

/// Texts of an identity that are taken as they are.
const TEXTS: [&str; 5] = ["company_id", "username", "client_id", "issuer", "audience"];

/// Where a connection goes and in whose name: what is named of it, by key, spelled so that it can be compared.
#[derive(Clone, Default)]
pub(super) struct Identity {
    named: BTreeMap<&'static str, String>,
    hosts: BTreeMap<&'static str, Origin>,
}

impl Identity {
    /// What these keys name.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let mut identity = Self::default();
        if reader.text("url").is_some()
            && let Some(url) = reader.base_url("url")
        {
            identity.put_address("url", &url);
        }
        if let Some(url) = reader.token_url("token_url") {
            identity.put_address("token_url", &url);
        }
        if let Some(kind) = reader.text("name_id") {
            identity.named.insert("name_id", kind.to_ascii_lowercase());
        }
        for key in TEXTS {
            if let Some(text) = reader.text(key) {
                identity.named.insert(key, text);
            }
        }
        identity
    }

    /// The same, with what holds where nothing is named.
    pub fn completed(mut self, url: &Url) -> Self {
        self.put_address("url", url);
        if let (false, Some(there)) = (self.named.contains_key("token_url"), token_endpoint_of(url)) {
            self.put_address("token_url", &there);
        }
        for key in ["name_id", "audience"] {
            self.named.entry(key).or_insert_with(|| default_of(key).unwrap_or_default().to_owned());
        }
        if let (false, Some(client)) = (self.named.contains_key("issuer"), self.named.get("client_id")) {
            self.named.insert("issuer", client.clone());
        }
        self
    }

    /// The keys under which this one names what the other one does not.
    pub fn differs_from(&self, other: &Self) -> Vec<&'static str> {
        self.named
            .iter()
            .filter(|(key, value)| other.named.get(*key) != Some(value))
            .map(|(key, _)| *key)
            .collect()
    }

    /// What is named under a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.named.get(key).map(String::as_str)
    }

    /// The hosts that are named, with scheme and port, by key.
    pub fn hosts(&self) -> impl Iterator<Item = (&'static str, &Origin)> {
        self.hosts.iter().map(|(key, host)| (*key, host))
    }

    fn put_address(&mut self, key: &'static str, url: &Url) {
        self.named.insert(key, url.as_str().trim_end_matches('/').to_owned());
        self.hosts.insert(key, url.origin());
    }
}
