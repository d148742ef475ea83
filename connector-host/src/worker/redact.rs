//! Messages without their secrets, for dead letters.

use connector_core::object::REDACTED;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// Parts of names that only secrets have.
const SECRET: [&str; 8] =
    ["password", "passwd", "passphrase", "secret", "privatekey", "accesstoken", "assertion", "credential"];

/// The same message without secrets. What is not JSON cannot be told apart, so only its size and its hash are left.
pub fn message(body: &[u8]) -> Vec<u8> {
    let redacted = match serde_json::from_slice(body) {
        Ok(mut json) => {
            value(&mut json);
            json
        }
        Err(_) => json!({"unreadable": {"bytes": body.len(), "sha256": hash(body)}}),
    };
    redacted.to_string().into_bytes()
}

/// Whether a message lost something when it became a dead letter.
pub fn is_redacted(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains(REDACTED) || body.starts_with(b"{\"unreadable\":")
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn value(json: &mut Json) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(value),
        Json::Object(fields) if names_a_secret(fields) => blank(json),
        Json::Object(fields) => fields.iter_mut().for_each(|(key, inner)| field(key, inner)),
        Json::String(text) if text.contains("-----BEGIN") => *text = REDACTED.to_owned(),
        _ => {}
    }
}

/// An attribute in the form `{"name": "password", "values": […]}`.
fn names_a_secret(fields: &serde_json::Map<String, Json>) -> bool {
    let name =
        fields.iter().find(|(key, _)| key.eq_ignore_ascii_case("name")).and_then(|(_, name)| name.as_str());
    name.is_some_and(is_secret)
}

fn field(key: &str, inner: &mut Json) {
    // What came as connection data is a secret as a whole, but for where and who.
    if is_secret(key) && !(key == "credentials" && inner.is_object()) {
        return blank(inner);
    }
    value(inner);
}

/// Every text and number in it.
fn blank(json: &mut Json) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(blank),
        Json::Object(fields) => fields
            .iter_mut()
            .filter(|(key, _)| !key.eq_ignore_ascii_case("name"))
            .for_each(|(_, inner)| blank(inner)),
        Json::Null | Json::Bool(_) => {}
        _ => *json = json!(REDACTED),
    }
}

fn is_secret(key: &str) -> bool {
    let plain: String =
        key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    key == "$secret"
        || plain == "token"
        || plain == "authorization"
        || plain == "pin"
        || SECRET.iter().any(|part| plain.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &Json, after: &Json) {
        let redacted = message(before.to_string().as_bytes());
        assert_eq!(serde_json::from_slice::<Json>(&redacted).unwrap(), *after);
        assert_eq!(is_redacted(&redacted), before != after);
    }

    #[test]
    fn secrets_go_and_everything_else_stays() {
        check(
            &json!({"new_password": {"$secret": "x"}, "uid": "ada"}),
            &json!({"new_password": {"$secret": REDACTED}, "uid": "ada"}),
        );
        check(
            &json!({"attributes": {"__PASSWORD__": ["x"], "title": ["Dr"]}}),
            &json!({"attributes": {"__PASSWORD__": [REDACTED], "title": ["Dr"]}}),
        );
        check(
            &json!({"meta": {"credentials": {"url": "https://x/", "private_key": "k", "username": "u"}}}),
            &json!({"meta": {"credentials": {"url": "https://x/", "private_key": REDACTED, "username": "u"}}}),
        );
        check(
            &json!({"attributes": [{"name": "password", "values": [{"value": "x", "operation": "REPLACE"}]}]}),
            &json!({"attributes": [{"name": "password", "values": [{"value": REDACTED, "operation": REDACTED}]}]}),
        );
        check(&json!({"note": "-----BEGIN PRIVATE KEY-----"}), &json!({"note": REDACTED}));
        check(&json!({"uid": "ada"}), &json!({"uid": "ada"}));
    }

    #[test]
    fn of_what_is_no_json_only_size_and_hash_are_left() {
        let text = String::from_utf8(message(b"password=Hush")).unwrap();
        assert!(!text.contains("Hush") && text.contains("\"bytes\":13"), "{text}");
    }
}
