//! The names in OpenIAM's messages.

use std::collections::BTreeMap;
use std::path::Path;

use connector_core::{Error, ErrorKind, Result};
use connector_sfsf::files;
use serde::Deserialize;

use crate::worker::redact::Secrets;

/// The mapping that holds unless a file says otherwise.
const DEFAULT: &str = include_str!("mapping.toml");

/// The names in OpenIAM's messages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub(super) request: RequestNames,
    pub(super) attribute: AttributeNames,
    pub(super) connection: BTreeMap<String, String>,
    pub(super) operations: BTreeMap<String, String>,
    pub(super) object_types: BTreeMap<String, String>,
    pub(super) reply: ReplyNames,
    pub(super) error_codes: BTreeMap<ErrorKind, String>,
}

/// Paths in a request.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestNames {
    pub id: String,
    pub operation: String,
    pub object_type: String,
    pub identity: String,
    pub attributes: String,
    pub password: String,
    pub fields: String,
    pub filter: String,
    pub deadline_ms: String,
}

/// Names in an attribute.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeNames {
    pub name: String,
    pub values: String,
    pub value: String,
    pub operation: String,
}

/// Names in a reply.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplyNames {
    pub id: String,
    pub status: String,
    pub success: String,
    pub failure: String,
    pub error_code: String,
    pub error_message: String,
    pub error: String,
    pub result: String,
    pub objects: String,
    pub identity: String,
    pub attributes: String,
    pub attribute_name: String,
    pub attribute_values: String,
}

impl Mapping {
    /// What is secret in messages with these names: what they call the password, and all of a connection but where
    /// and who.
    pub fn secrets(&self) -> Secrets {
        let open = |key: &str| matches!(key, "url" | "company_id" | "username");
        let connection = self.connection.iter().filter(|(key, _)| !open(key)).map(|(_, path)| path);
        let last = |path: &String| path.rsplit('.').next().unwrap_or_default().to_owned();
        Secrets::new(connection.chain([&self.request.password]).map(last), self.attribute.name.clone())
    }

    /// The default mapping, with the changes of a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is no TOML, or has names that no mapping has.
    pub fn read(file: Option<&Path>) -> Result<Self> {
        let Some(path) = file else { return Self::with("") };
        let wrong =
            |what: String| Error::new(ErrorKind::Configuration, format!("{}: {what}", path.display()));
        let text = files::read_text(path, files::LONGEST)
            .map_err(|error| wrong(format!("cannot be read: {}", crate::path::unread(path, error))))?;
        Self::with(&text).map_err(|error| wrong(error.message().to_owned()))
    }

    /// The default mapping, with these changes.
    pub(super) fn with(changes: &str) -> Result<Self> {
        let wrong = |error: toml::de::Error| Error::new(ErrorKind::Configuration, error.message().to_owned());
        let mut all: toml::Table = DEFAULT.parse().map_err(wrong)?;
        for (section, changed) in changes.parse::<toml::Table>().map_err(wrong)? {
            match (all.get_mut(&section), changed) {
                (Some(toml::Value::Table(names)), toml::Value::Table(changed)) => names.extend(changed),
                (_, changed) => drop(all.insert(section, changed)),
            }
        }
        all.try_into().map_err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changes_what_it_mentions_and_nothing_else() {
        let mapping = Mapping::with("[request]\nidentity = 'data.login'").unwrap();
        assert_eq!(
            (mapping.request.identity.as_str(), mapping.request.filter.as_str()),
            ("data.login", "filter")
        );
    }

    #[test]
    fn every_kind_of_error_has_a_word_which_a_file_may_change() {
        let mapping = Mapping::with("[error_codes]\nconflict = 'systemBusy'").unwrap();
        assert_eq!(mapping.error_codes.keys().copied().collect::<Vec<_>>(), ErrorKind::ALL);
        assert_eq!(mapping.error_codes[&ErrorKind::Conflict], "systemBusy");
        assert_eq!(mapping.error_codes[&ErrorKind::Partial], "operationError");
        assert!(Mapping::with("[error_codes]\nno_kind = 'x'").is_err());
    }

    #[test]
    fn a_name_that_no_mapping_has_is_refused() {
        assert!(Mapping::with("[request]\nwhom = 'x'").unwrap_err().to_string().contains("whom"));
        assert!(Mapping::with("[replies]\nid = 'x'").is_err());
    }
}
