//! Reads the keys of a configuration and remembers everything that is wrong with them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};
use serde_json::{Map, Value as Json};
use url::{Host, Url};
use zeroize::Zeroizing;

use super::properties::{default_of, properties};
use super::suggestion::similar_key;
use super::{Sources, address, file};
use crate::auth::armor::is_certificate_text;

/// A reader over the keys of a configuration. Keys compare without case, as hosts spell them variously.
pub(super) struct Reader<'a> {
    keys: BTreeMap<String, &'a Json>,
    sources: &'a Sources,
    problems: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    pub fn new(map: &'a Map<String, Json>, sources: &'a Sources) -> Self {
        let known: Vec<_> = properties().into_iter().map(|property| property.name).collect();
        let mut reader = Self { keys: BTreeMap::new(), sources, problems: Vec::new() };
        for (key, value) in map {
            let name = key.to_ascii_lowercase();
            if !known.contains(&name) {
                let meant = similar_key(key).map(|key| format!(", did you mean {key}?")).unwrap_or_default();
                reader.wrong(key, format!("is not a key of the configuration{meant}"));
            } else if !value.is_null() {
                reader.keys.insert(name, value);
            }
        }
        reader
    }

    /// One error that names every wrong key, and where it comes from if that is known.
    pub fn finish(self) -> Result<()> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let source = |key: &str| self.sources.get(&key.to_ascii_lowercase());
        let place = |key: &str| source(key).map(|source| format!(" ({source})")).unwrap_or_default();
        let line = |(key, what): &(String, String)| format!("{}{} {what}", printable(key), place(key));
        let list: Vec<_> = self.problems.iter().map(line).collect();
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

    /// A certificate, or the name of a file that holds one.
    pub fn certificate(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        if is_certificate_text(&text) { Some(text) } else { self.readable_file(key, &text) }
    }

    fn readable_file(&mut self, key: &str, path: &str) -> Option<String> {
        let bytes = std::fs::read(path).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| self.wrong(key, file::why(Path::new(path), &error))).ok()?;
        Some(file::text(&bytes).to_string())
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

    /// Status letters; case matters (reference §4.2).
    pub fn statuses(&mut self, key: &str) -> Vec<char> {
        let text = self.text_or_default(key);
        let letters: Vec<char> = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\'')).collect();
        if letters.is_empty() || letters.iter().any(|letter| !"tfTFed".contains(*letter)) {
            self.wrong(key, "is not a list of the letters t, f, T, F, e and d");
        }
        letters
    }

    /// A token endpoint.
    pub fn token_url(&mut self, key: &str) -> Option<Url> {
        let text = self.text(key)?;
        address::token_endpoint(&text).map_err(|what| self.wrong(key, what)).ok()
    }

    pub fn proxy(&mut self, key: &str) -> Option<Url> {
        let text = self.text(key)?;
        Url::parse(&text).map_err(|error| self.wrong(key, format!("is not a URL ({error})"))).ok()
    }

    /// The root of the API host.
    pub fn base_url(&mut self, key: &str) -> Option<Url> {
        let text = self.text(key);
        let text = self.require(key, text)?;
        address::api(&text).map_err(|what| self.wrong(key, what)).ok()
    }
}

/// A key that nobody knows may be a secret in the wrong place, or hold what no terminal should see.
fn printable(key: &str) -> String {
    const LONGEST: usize = 60;
    let shown: String =
        key.chars().take(LONGEST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if shown.len() < key.len() { shown + "…" } else { shown }
}

/// Whether this is an address of the very machine.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
