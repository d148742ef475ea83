//! Reads the keys of a configuration and remembers everything that is wrong with them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};
use serde_json::{Map, Value as Json};
use url::{Origin, Url};
use zeroize::Zeroizing;

use super::properties::{default_of, is_source, properties};
use super::suggestion::similar_key;
use super::{Sources, address, file};
use crate::auth::armor::is_certificate_text;
use crate::files;
use crate::odata::zone::Zone;

/// The kinds of proxies that there are. The HTTP client passes over others, and asks the tenant directly.
pub(crate) const PROXIES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// A reader over the keys of a configuration. Keys compare without case, as hosts spell them variously.
pub(super) struct Reader<'a> {
    keys: BTreeMap<String, &'a Json>,
    sources: &'a Sources,
    problems: Vec<(String, String)>,
    /// What stands in the files and variables that keys name, under the key that it is for.
    found: BTreeMap<String, Secret>,
    /// Whether the keys are a request's: no file is opened and no variable looked up.
    is_request: bool,
}

impl<'a> Reader<'a> {
    pub fn new(map: &'a Map<String, Json>, sources: &'a Sources) -> Self {
        let known: Vec<_> = properties().into_iter().map(|property| property.name).collect();
        let mut reader = Self {
            keys: BTreeMap::new(),
            sources,
            problems: Vec::new(),
            found: BTreeMap::new(),
            is_request: false,
        };
        for (key, value) in map {
            let name = key.to_ascii_lowercase();
            if !known.contains(&name) {
                let meant = similar_key(key).map(|key| format!(", did you mean {key}?")).unwrap_or_default();
                reader.wrong(key, format!("is not a key of the configuration{meant}"));
            } else if !value.is_null() && reader.keys.insert(name, value).is_some() {
                reader.wrong(key, "is given twice, spelled differently");
            }
        }
        reader
    }

    /// A reader over what a request brought, and what an operator set down before.
    pub fn of_request(map: &'a Map<String, Json>, sources: &'a Sources) -> Self {
        Self { is_request: true, ..Self::new(map, sources) }
    }

    /// Whether a key is given, itself or as the name of a file or a variable.
    pub fn has(&self, key: &str) -> bool {
        ["", "_file", "_env"].iter().any(|form| self.keys.contains_key(&format!("{key}{form}")))
    }

    /// The keys that were read, as texts, with what stands in files and variables in its place.
    pub fn texts(&self) -> BTreeMap<String, Secret> {
        let given = self.keys.iter().filter(|(key, _)| !is_source(key));
        let given = given.filter_map(|(key, value)| Some((key.clone(), super::text(value)?.into())));
        let mut texts: BTreeMap<_, _> = given.collect();
        texts.extend(self.found.clone());
        texts
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
        let whose = if self.is_request { "connection of the request" } else { "configuration" };
        Err(Error::new(ErrorKind::Configuration, format!("the {whose} is not usable: {}", list.join("; ")))
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
        let mut sources = [self.text(key), self.text(&file_key), self.text(&variable_key)];
        if self.is_request {
            sources[1..].fill(None);
        }
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
        let secret = found.map(|text| Secret::new(text.trim())).filter(|text| !text.expose().is_empty())?;
        self.found.insert(key.to_owned(), secret.clone());
        Some(secret)
    }

    /// Certificates, or the name of a file that holds them.
    pub fn certificate(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        if self.is_request || is_certificate_text(&text) {
            return Some(text);
        }
        let content = self.readable_file(key, &text)?;
        self.found.insert(key.to_owned(), Secret::new(content.as_str()));
        Some(content)
    }

    fn readable_file(&mut self, key: &str, path: &str) -> Option<String> {
        let bytes = files::read(path.as_ref(), files::LONGEST).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| self.wrong(key, file::why(Path::new(path), error))).ok()?;
        Some(file::text(&bytes).to_string())
    }

    /// Texts: a list of them, or one with commas between them.
    pub fn list(&mut self, key: &str) -> Vec<String> {
        let given = match self.keys.get(key) {
            Some(Json::Array(items)) => items.iter().map(super::text).collect(),
            _ => Some(
                self.text(key).iter().flat_map(|text| text.split(',')).map(|one| one.trim().into()).collect(),
            ),
        };
        let Some(mut texts) = given.or_else(|| {
            self.wrong(key, "is not a list of texts");
            None::<Vec<String>>
        }) else {
            return Vec::new();
        };
        texts.retain(|text| !text.is_empty());
        texts
    }

    /// A list of hosts, each with its scheme, and its port if that is not the scheme's own.
    pub fn origins(&mut self, key: &str) -> Vec<Origin> {
        let entries = self.list(key).into_iter();
        entries.filter_map(|text| address::host(&text).map_err(|what| self.wrong(key, what)).ok()).collect()
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

    /// Status letters; case matters (docs/successfactors.md#status-letters).
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

    /// The address of a proxy, which may hold its password.
    pub fn proxy(&mut self, key: &str) -> Option<Secret> {
        let text = self.text(key)?;
        let url = Url::parse(&text).ok().filter(|url| {
            let nothing_behind = url.query().is_none() && url.fragment().is_none();
            PROXIES.contains(&url.scheme())
                && url.has_host()
                && matches!(url.path(), "" | "/")
                && nothing_behind
        });
        if url.is_none() {
            let kinds = PROXIES.join(", ");
            self.wrong(
                key,
                format!("is not the URL of an HTTP or SOCKS proxy ({kinds}), with nothing behind the port"),
            );
        }
        url.map(|url| Secret::new(url.as_str()))
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
    let count = key.chars().count();
    let is_name = count <= LONGEST && !key.chars().any(char::is_control);
    if is_name { key.to_owned() } else { format!("a text of {count} characters") }
}
