//! A configuration file, TOML or JSON.

use std::collections::BTreeMap;
use std::io::ErrorKind as ErrorKindOfIo;
use std::path::Path;

use connector_core::{Error, ErrorKind, Result};
use connector_sfsf::files::{self, Unreadable};
use serde_json::Value as Json;
use toml::Spanned;

use super::{Keys, Layer, json, keys as names};
use crate::console::Console;
use crate::path;
use crate::private::is_readable_by_others;

/// Reads a file. Names of files in it are relative to where it is.
///
/// # Errors
///
/// A file that cannot be read or understood. No part of its text is repeated: it may hold a key.
pub fn read(path: &Path, console: &Console) -> Result<Layer> {
    let text = text(path).map_err(|error| unread(path, error))?;
    let (mut keys, lines) = understood(path, &text)?;
    if holds_secret(&keys) && is_readable_by_others(path) {
        console.warn(format_args!("{} holds a secret and others can read it: chmod 600 {0}", path.display()));
    }
    resolve(&mut keys, path.parent().unwrap_or(Path::new("")));
    let source = |key: &str| lines.get(key).map(|line| format!("{}, line {line}", path.display()));
    Ok(Layer::new(keys, source))
}

/// The keys of a file as they stand in it; `None` for a file that is not there.
///
/// # Errors
///
/// As [`read`].
pub fn keys(path: &Path) -> Result<Option<Keys>> {
    match text(path) {
        Ok(text) => understood(path, &text).map(|(keys, _)| Some(keys)),
        Err(Unreadable::Refused(ErrorKindOfIo::NotFound)) => Ok(None),
        Err(error) => Err(unread(path, error)),
    }
}

fn text(path: &Path) -> Result<String, Unreadable> {
    files::read_text(path, files::LONGEST)
}

/// Keys, and the lines on which they stand.
fn understood(path: &Path, text: &str) -> Result<(Keys, BTreeMap<String, usize>)> {
    parse(path, text.trim_start_matches('\u{feff}')).map_err(|what| unusable(path, &what))
}

fn unread(path: &Path, error: Unreadable) -> Error {
    unusable(path, &format!("cannot be read: {}", path::unread(path, error)))
}

fn unusable(path: &Path, what: &str) -> Error {
    let message = format!("the configuration file {} {what}", path.display());
    Error::new(ErrorKind::Configuration, message)
}

/// The keys of a text, and the line of each.
fn parse(path: &Path, text: &str) -> Result<(Keys, BTreeMap<String, usize>), String> {
    if is_json(path, text) { json::read(text) } else { parse_toml(text) }
}

/// By the extension, else by how it begins.
fn is_json(path: &Path, text: &str) -> bool {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => true,
        Some("toml") => false,
        _ => text.trim_start().starts_with('{'),
    }
}

fn parse_toml(text: &str) -> Result<(Keys, BTreeMap<String, usize>), String> {
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    let read: BTreeMap<Spanned<String>, Json> = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line(span.start));
        format!("is not TOML: line {line}: {}", error.message())
    })?;
    let lines = read.keys().map(|key| (key.get_ref().clone(), line(key.span().start))).collect();
    Ok((read.into_iter().map(|(key, value)| (key.into_inner(), value)).collect(), lines))
}

fn resolve(keys: &mut Keys, directory: &Path) {
    for (key, value) in keys {
        let Json::String(text) = value else { continue };
        if names::is_file(&key.to_ascii_lowercase()) && !connector_sfsf::is_certificate_text(text) {
            *text = directory.join(text.as_str()).to_string_lossy().into_owned();
        }
    }
}

fn holds_secret(keys: &Keys) -> bool {
    keys.iter().any(|(key, value)| {
        let key = key.to_ascii_lowercase();
        names::is_secret(&key) || value.as_str().is_some_and(|text| names::holds_password(&key, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(name: &str, text: &str) {
        let (keys, _) = parse(Path::new(name), text).unwrap();
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
    fn every_key_has_its_line() {
        let toml = "# a comment\nurl = 'x'\n\nprivate_key = \"\"\"\na\nb\"\"\"\n\"page_size\" = 5\n";
        let (_, lines) = parse(Path::new("a.toml"), toml).unwrap();
        assert_eq!(json!(lines), json!({"url": 2, "private_key": 4, "page_size": 7}));
    }

    #[test]
    fn a_certificate_in_the_file_is_no_name_of_a_file() {
        let base64 = format!("MIIC{}", "A".repeat(400));
        let mut keys = json!({"certificate": base64}).as_object().unwrap().clone();
        resolve(&mut keys, Path::new("/cfg"));
        assert_eq!(keys["certificate"], json!(base64));
    }

    #[test]
    fn files_are_relative_to_the_configuration() {
        let (mut keys, _) =
            parse(Path::new("a"), "private_key_file = 'k.pem'\nca_file = '/etc/ca'\nissuer = 'x'").unwrap();
        resolve(&mut keys, Path::new("/cfg"));
        assert_eq!(
            json!(keys),
            json!({"private_key_file": "/cfg/k.pem", "ca_file": "/etc/ca", "issuer": "x"})
        );
    }
}
