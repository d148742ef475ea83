//! A configuration file, TOML or JSON.

use std::path::Path;

use connector_core::{Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::{Keys, Layer, keys};
use crate::console::Console;
use crate::private::is_readable_by_others;

/// Reads a file. Names of files in it are relative to where it is.
///
/// # Errors
///
/// A file that cannot be read or understood. No part of its text is repeated: it may hold a key.
pub fn read(path: &Path, console: &Console) -> Result<Layer> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| unusable(path, &format!("cannot be read ({})", error.kind())))?;
    let mut keys = parse(path, &text).map_err(|what| unusable(path, &what))?;
    if holds_secret(&keys) && is_readable_by_others(path) {
        console.warn(format_args!("{} holds a secret and others can read it: chmod 600 {0}", path.display()));
    }
    resolve(&mut keys, path.parent().unwrap_or(Path::new("")));
    Ok(Layer::new(keys))
}

fn unusable(path: &Path, what: &str) -> Error {
    let message = format!("the configuration file {} {what}", path.display());
    Error::new(ErrorKind::Configuration, message)
}

fn parse(path: &Path, text: &str) -> Result<Keys, String> {
    if is_json(path, text) { parse_json(text) } else { parse_toml(text) }
}

/// By the extension, else by how it begins.
fn is_json(path: &Path, text: &str) -> bool {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => true,
        Some("toml") => false,
        _ => text.trim_start().starts_with('{'),
    }
}

fn parse_json(text: &str) -> Result<Keys, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("is not a JSON object: line {}, column {}", error.line(), error.column()))
}

fn parse_toml(text: &str) -> Result<Keys, String> {
    toml::from_str(text).map_err(|error| {
        let line =
            error.span().map_or(1, |span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
        format!("is not TOML: line {line}: {}", error.message())
    })
}

fn resolve(keys: &mut Keys, directory: &Path) {
    for (key, value) in keys {
        let Json::String(text) = value else { continue };
        if keys::is_file(&key.to_ascii_lowercase()) && !text.contains("-----BEGIN") {
            *text = directory.join(text.as_str()).to_string_lossy().into_owned();
        }
    }
}

fn holds_secret(keys: &Keys) -> bool {
    keys.keys().any(|key| keys::is_secret(&key.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(name: &str, text: &str) {
        let keys = parse(Path::new(name), text).unwrap();
        assert_eq!(json!(keys), json!({"url": "https://x", "page_size": 5}));
    }

    #[test]
    fn the_extension_or_else_the_content_decides_the_form() {
        check("a.toml", "url = 'https://x'\npage_size = 5");
        check("a.json", r#"{"url":"https://x","page_size":5}"#);
        check("a.conf", "\n {\"url\":\"https://x\",\"page_size\":5}");
        check("a", "url = 'https://x'\npage_size = 5");
    }

    #[test]
    fn a_broken_file_is_named_by_line_and_never_quoted() {
        let error = parse(Path::new("a.toml"), "url = 'x'\nprivate_key = 'hush").unwrap_err();
        assert!(error.contains("line 2") && !error.contains("hush"), "{error}");
        let error = parse(Path::new("a.json"), r#"{"private_key": hush}"#).unwrap_err();
        assert_eq!(error, "is not a JSON object: line 1, column 17");
    }

    #[test]
    fn files_are_relative_to_the_configuration() {
        let mut keys =
            parse(Path::new("a"), "private_key_file = 'k.pem'\nca_file = '/etc/ca'\nissuer = 'x'").unwrap();
        resolve(&mut keys, Path::new("/cfg"));
        assert_eq!(
            json!(keys),
            json!({"private_key_file": "/cfg/k.pem", "ca_file": "/etc/ca", "issuer": "x"})
        );
    }
}
