//! Keys in the environment: `SFSF_` and the key in capitals.

use std::ffi::OsString;

use serde_json::Value as Json;

use super::{CONFIG_VARIABLE, Keys, Layer, keys};
use crate::console::Console;

const PREFIX: &str = "SFSF_";
/// Variables that are no keys: the name of the file, and the broker of the worker.
const OTHERS: [&str; 3] = [CONFIG_VARIABLE, "SFSF_BROKER", "SFSF_BROKER_PASSWORD"];

/// Reads the variables that are keys. Others of the same prefix are warned about, since a misspelled key
/// would otherwise be missed in silence.
pub fn read(variables: impl Iterator<Item = (OsString, OsString)>, console: &Console) -> Layer {
    let (known, unknown) = sort(variables);
    for name in unknown {
        let meant = name.strip_prefix(PREFIX).and_then(connector_sfsf::similar_key);
        let meant = meant.map(|key| format!(", did you mean {}?", variable(&key))).unwrap_or_default();
        console
            .warn(format_args!("the environment variable {name} is not a key of the configuration{meant}"));
    }
    Layer::new(known, |key| Some(format!("the environment variable {}", variable(key))))
}

fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.to_ascii_uppercase())
}

fn sort(variables: impl Iterator<Item = (OsString, OsString)>) -> (Keys, Vec<String>) {
    let (mut known, mut unknown) = (Keys::new(), Vec::new());
    for (name, value) in variables {
        let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) else { continue };
        let Some(key) = name.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else { continue };
        if keys::is_known(&key) {
            known.insert(key, Json::String(value));
        } else if !OTHERS.contains(&name.as_str()) {
            unknown.push(name);
        }
    }
    (known, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn known_variables_are_keys_and_others_are_named() {
        let variables = [
            ("SFSF_URL", "https://x"),
            ("SFSF_PRIVATE_KEY_FILE", "k"),
            ("SFSF_COMPNAY_ID", "typo"),
            ("SFSF_CONFIG", "file"),
            ("SFSF_BROKER_PASSWORD", "p"),
            ("HOME", "/"),
        ];
        let (known, unknown) = sort(variables.into_iter().map(|(name, value)| (name.into(), value.into())));
        assert_eq!(json!(known), json!({"url": "https://x", "private_key_file": "k"}));
        assert_eq!(unknown, ["SFSF_COMPNAY_ID"]);
    }
}
