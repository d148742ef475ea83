//! Reads the keys of a configuration and remembers everything that is wrong with them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};
use serde_json::{Map, Value as Json};
use url::{Host, Url};

use super::properties::{default_of, properties};
use crate::odata::zone::Zone;

/// A reader over the keys of a configuration. Keys compare without case, as hosts spell them variously.
pub(super) struct Reader<'a> {
    keys: BTreeMap<String, &'a Json>,
    problems: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    pub fn new(map: &'a Map<String, Json>) -> Self {
        let known: Vec<_> = properties().into_iter().map(|property| property.name).collect();
        let mut reader = Self { keys: BTreeMap::new(), problems: Vec::new() };
        for (key, value) in map {
            let name = key.to_ascii_lowercase();
            if !known.contains(&name) {
                reader.wrong(key, "is not a key of the configuration");
            } else if !value.is_null() {
                reader.keys.insert(name, value);
            }
        }
        reader
    }

    /// One error that names every wrong key.
    pub fn finish(self) -> Result<()> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let list: Vec<_> = self.problems.iter().map(|(key, what)| format!("{key} {what}")).collect();
        Err(Error::new(
            ErrorKind::Configuration,
            format!("the configuration is not usable: {}", list.join("; ")),
        )
        .with_advice("docs/configuration.md describes every key"))
    }

    pub fn wrong(&mut self, key: &str, what: impl Into<String>) {
        let problem = (key.to_owned(), what.into());
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    pub fn require<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.problems.iter().any(|(name, _)| name.starts_with(key)) {
            self.wrong(key, "is missing");
        }
        value
    }

    /// A text. Blank is the same as absent.
    pub fn text(&mut self, key: &str) -> Option<String> {
        let text = super::text(self.keys.get(key)?);
        if text.is_none() {
            self.wrong(key, "is not a text");
        }
        text.filter(|text| !text.is_empty())
    }

    /// A text, or what holds if there is none.
    pub fn text_or_default(&mut self, key: &str) -> String {
        self.text(key).or_else(|| default_of(key).map(ToOwned::to_owned)).unwrap_or_default()
    }

    /// A secret: inline, from `<key>_file`, or from the environment variable that `<key>_env` names.
    pub fn secret(&mut self, key: &str) -> Option<Secret> {
        let (file_key, variable_key) = (format!("{key}_file"), format!("{key}_env"));
        let sources = [self.text(key), self.text(&file_key), self.text(&variable_key)];
        if sources.iter().flatten().count() > 1 {
            self.wrong(key, format!("is given twice; give one of {key}, {file_key} and {variable_key}"));
        }
        let [inline, file, variable] = sources;
        let found = if let Some(path) = file {
            self.readable_file(&file_key, &path)
        } else if let Some(name) = variable {
            let value = std::env::var(&name).ok();
            if value.is_none() {
                self.wrong(&variable_key, "names an environment variable that is not set");
            }
            value
        } else {
            inline
        };
        found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).map(Secret::new)
    }

    /// A PEM text, or the name of a file that holds one.
    pub fn file_or_text(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        if text.contains("-----BEGIN") { Some(text) } else { self.readable_file(key, &text) }
    }

    fn readable_file(&mut self, key: &str, path: &str) -> Option<String> {
        std::fs::read_to_string(path)
            .map_err(|error| self.wrong(key, format!("names a file that cannot be read ({})", error.kind())))
            .ok()
    }

    pub fn number(&mut self, key: &str, range: RangeInclusive<u64>) -> u64 {
        match self.text_or_default(key).parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                self.wrong(key, format!("is not a whole number from {} to {}", range.start(), range.end()));
                *range.start()
            }
        }
    }

    pub fn seconds(&mut self, key: &str, range: RangeInclusive<u64>) -> Duration {
        Duration::from_secs(self.number(key, range))
    }

    /// The place of the value among `choices`.
    pub fn choice(&mut self, key: &str, choices: &[&str]) -> Option<usize> {
        let text = self.text(key)?;
        let place = choices.iter().position(|choice| text.eq_ignore_ascii_case(choice));
        if place.is_none() {
            self.wrong(key, format!("is not one of {}", choices.join(", ")));
        }
        place
    }

    /// `yes` or `no`, or what hosts write for them.
    pub fn flag(&mut self, key: &str) -> bool {
        match self.text_or_default(key).to_ascii_lowercase().as_str() {
            "yes" | "true" => true,
            "no" | "false" => false,
            _ => {
                self.wrong(key, "is neither yes nor no");
                false
            }
        }
    }

    /// A time zone, by its name in the time zone database or as an offset.
    pub fn zone(&mut self, key: &str) -> Option<Zone> {
        let text = self.text(key)?;
        let zone = Zone::parse(&text);
        if zone.is_none() {
            self.wrong(key, "is no time zone such as America/New_York, UTC or GMT-05:00");
        }
        zone
    }

    /// Status letters; case matters (reference §4.2).
    pub fn statuses(&mut self, key: &str) -> Vec<char> {
        let text = self.text_or_default(key);
        let letters: Vec<char> = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\'')).collect();
        if letters.is_empty() || letters.iter().any(|letter| !"tfTFed".contains(*letter)) {
            self.wrong(key, "is not a list of the letters t, f, T, F, e and d");
        }
        letters
    }

    pub fn url(&mut self, key: &str) -> Option<Url> {
        let text = self.text(key)?;
        match Url::parse(&text) {
            Ok(url) => self.safe_url(key, url),
            Err(error) => {
                self.wrong(key, format!("is not a URL ({error})"));
                None
            }
        }
    }

    pub fn proxy(&mut self, key: &str) -> Option<Url> {
        let text = self.text(key)?;
        Url::parse(&text).map_err(|error| self.wrong(key, format!("is not a URL ({error})"))).ok()
    }

    /// The root of the API host, whether or not the value goes on to `/odata/v2`.
    pub fn base_url(&mut self, key: &str) -> Option<Url> {
        let url = self.url(key);
        let mut url = self.require(key, url)?;
        let path = url.path().trim_end_matches('/');
        let root = path.strip_suffix("/odata/v2").unwrap_or(path).to_owned();
        url.set_path(&format!("{root}/"));
        Some(url)
    }

    /// Plain http only to this very machine: credentials travel in these requests.
    fn safe_url(&mut self, key: &str, url: Url) -> Option<Url> {
        let what = match (url.scheme(), url.host()) {
            _ if !url.username().is_empty() || url.password().is_some() => "holds a user name or password",
            _ if url.query().is_some() || url.fragment().is_some() => "holds a query or a fragment",
            ("https", Some(_)) => return Some(url),
            ("http", Some(host)) if is_loopback(&host) => return Some(url),
            ("http", _) => "is not https; plain http is only accepted for this machine's own addresses",
            _ => "is not an https URL",
        };
        self.wrong(key, what);
        None
    }
}

/// Whether this is an address of the very machine.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
