//! Messages without their secrets, for dead letters.

use connector_core::object::REDACTED;
use lapin::types::{AMQPValue, FieldTable};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

/// Parts of names that only secrets have.
const SECRET: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "privatekey",
    "apikey",
    "assertion",
    "credential",
    "authorization",
    "cookie",
    "proxy",
];
/// What of a connection is no secret: where, and in whose name.
const OPEN: [&str; 3] = ["url", "company_id", "username"];

/// What is secret in the messages of one codec.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// Names of fields that a mapping gives to passwords and keys, in small letters.
    names: Vec<String>,
    /// What the field with the name of an attribute is called, besides `name`.
    label: Option<String>,
}

impl Secrets {
    /// With fields that have these names, wherever they are, and attributes whose name is in the field `label`.
    pub fn new(names: impl IntoIterator<Item = String>, label: String) -> Self {
        Self { names: names.into_iter().map(|name| name.to_lowercase()).collect(), label: Some(label) }
    }

    /// The same message without secrets. What is not JSON cannot be told apart, so only its size and its hash are left.
    pub fn message(&self, body: &[u8]) -> Vec<u8> {
        let redacted = match serde_json::from_slice(body) {
            Ok(mut json) => {
                self.value(&mut json);
                json
            }
            Err(_) => json!({"unreadable": {"bytes": body.len(), "sha256": hash(body)}}),
        };
        redacted.to_string().into_bytes()
    }

    /// The same headers without secrets.
    pub fn headers(&self, headers: &FieldTable) -> FieldTable {
        let mut redacted = FieldTable::default();
        for (name, value) in headers.inner() {
            let value = if self.is_secret(name.as_str()) { hidden() } else { self.header(value) };
            redacted.insert(name.clone(), value);
        }
        redacted
    }

    fn header(&self, value: &AMQPValue) -> AMQPValue {
        match value {
            AMQPValue::FieldTable(table) => AMQPValue::FieldTable(self.headers(table)),
            AMQPValue::FieldArray(array) => AMQPValue::FieldArray(
                array.as_slice().iter().map(|item| self.header(item)).collect::<Vec<_>>().into(),
            ),
            AMQPValue::LongString(text) if tells(&text.to_string()) => hidden(),
            AMQPValue::ShortString(text) if tells(text.as_str()) => hidden(),
            other => other.clone(),
        }
    }

    fn value(&self, json: &mut Json) {
        match json {
            Json::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Json::Object(fields) if self.names_a_secret(fields) => self.blank(json),
            Json::Object(fields) => fields.iter_mut().for_each(|(key, inner)| self.field(key, inner)),
            Json::String(text) if tells(text) => *text = REDACTED.to_owned(),
            _ => {}
        }
    }

    fn field(&self, key: &str, inner: &mut Json) {
        match inner {
            // What came as connection data is a secret as a whole, but for where and who.
            Json::Object(fields) if key == "credentials" => {
                fields.iter_mut().for_each(|(key, inner)| self.connection(key, inner));
            }
            _ if self.is_secret(key) => self.blank(inner),
            _ => self.value(inner),
        }
    }

    fn connection(&self, key: &str, inner: &mut Json) {
        if OPEN.contains(&key) && inner.is_string() { self.value(inner) } else { self.blank(inner) }
    }

    /// An attribute in the form `{"name": "password", "values": […]}`.
    fn names_a_secret(&self, fields: &Map<String, Json>) -> bool {
        let name = |(key, name): (&String, &Json)| {
            self.is_label(key) && name.as_str().is_some_and(|name| self.is_secret(name))
        };
        fields.iter().any(name)
    }

    fn is_label(&self, key: &str) -> bool {
        key.eq_ignore_ascii_case("name") || self.label.as_deref() == Some(key)
    }

    /// Every text and number in it.
    fn blank(&self, json: &mut Json) {
        match json {
            Json::Array(items) => items.iter_mut().for_each(|item| self.blank(item)),
            Json::Object(fields) => fields
                .iter_mut()
                .filter(|(key, value)| {
                    !(self.is_label(key) && value.as_str().is_some_and(|name| self.is_secret(name)))
                })
                .for_each(|(_, inner)| self.blank(inner)),
            Json::Null | Json::Bool(_) => {}
            _ => *json = json!(REDACTED),
        }
    }

    fn is_secret(&self, key: &str) -> bool {
        let plain: String =
            key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        key == "$secret"
            || plain == "pin"
            // A sync token says how far an import came, and opens nothing.
            || (plain.ends_with("token") && !plain.ends_with("synctoken"))
            || SECRET.iter().any(|part| plain.contains(part))
            || self.names.contains(&key.to_lowercase())
    }
}

/// Whether a message lost something when it became a dead letter.
pub fn is_redacted(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains(REDACTED) || body.starts_with(b"{\"unreadable\":")
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text shows by its form that it holds a secret: a key, a bearer token, an address with a password.
fn tells(text: &str) -> bool {
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    text.contains("-----BEGIN") || begins("bearer ") || begins("basic ") || has_password(text)
}

/// `scheme://user:password@host`, or a user alone, who may be a token.
fn has_password(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority.contains('@')
    })
}

fn hidden() -> AMQPValue {
    AMQPValue::LongString(REDACTED.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_with(secrets: &Secrets, before: &Json, after: &Json) {
        let redacted = secrets.message(before.to_string().as_bytes());
        assert_eq!(serde_json::from_slice::<Json>(&redacted).unwrap(), *after);
        assert_eq!(is_redacted(&redacted), before != after);
    }

    #[track_caller]
    fn check(before: &Json, after: &Json) {
        check_with(&Secrets::default(), before, after);
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
            &json!({"attributes": [{"name": "password", "values": [{"value": "x", "operation": "REPLACE"}]}]}),
            &json!({"attributes": [{"name": "password", "values": [{"value": REDACTED, "operation": REDACTED}]}]}),
        );
        check(&json!({"note": "-----BEGIN PRIVATE KEY-----"}), &json!({"note": REDACTED}));
        check(
            &json!({"refresh_token": "x", "sync_token": "y"}),
            &json!({"refresh_token": REDACTED, "sync_token": "y"}),
        );
        check(
            &json!({"uid": "ada", "attributes": {"name": ["ada"]}}),
            &json!({"uid": "ada", "attributes": {"name": ["ada"]}}),
        );
    }

    #[test]
    fn of_a_connection_only_where_and_who_is_left() {
        let before = json!({"url": "https://x/", "company_id": "c", "username": "u", "private_key": "k", "client_id": "i",
            "proxy": "http://p:Hush@h", "anything": {"deep": ["x", 1]}});
        let after = json!({"url": "https://x/", "company_id": "c", "username": "u", "private_key": REDACTED, "client_id": REDACTED,
            "proxy": REDACTED, "anything": {"deep": [REDACTED, REDACTED]}});
        check(&json!({"meta": {"credentials": before}}), &json!({"meta": {"credentials": after}}));
        check(
            &json!({"credentials": {"url": "https://u:Hush@x/"}}),
            &json!({"credentials": {"url": REDACTED}}),
        );
        check(&json!({"credentials": {"url": ["Hush"]}}), &json!({"credentials": {"url": [REDACTED]}}));
        check(&json!({"credentials": "Hush"}), &json!({"credentials": REDACTED}));
    }

    #[test]
    fn an_address_with_a_password_goes_wherever_it_stands() {
        check(
            &json!({"proxy": "h:3128", "target": "socks5://u:Hush@h"}),
            &json!({"proxy": REDACTED, "target": REDACTED}),
        );
        check(
            &json!({"mail": "a@b.example", "page": "https://h/@x"}),
            &json!({"mail": "a@b.example", "page": "https://h/@x"}),
        );
    }

    #[test]
    fn what_a_mapping_calls_a_secret_is_one_whatever_its_name() {
        let secrets = Secrets::new(["newPwd".to_owned(), "pk".to_owned()], "attr".to_owned());
        check_with(
            &secrets,
            &json!({"newPwd": "Hush", "data": {"PK": "k"}, "list": [{"attr": "newpwd", "values": ["Hush"]}], "who": "ada"}),
            &json!({"newPwd": REDACTED, "data": {"PK": REDACTED}, "list": [{"attr": "newpwd", "values": [REDACTED]}], "who": "ada"}),
        );
    }

    #[test]
    fn headers_with_telling_names_or_values_are_not_readable() {
        let mut headers = FieldTable::default();
        let text = |text: &str| AMQPValue::LongString(text.into());
        let mut inner = FieldTable::default();
        inner.insert("X-Api-Key".into(), text("Hush"));
        for (name, value) in [
            ("Proxy-Authorization", text("Hush")),
            ("cookie", AMQPValue::LongLongInt(4711)),
            ("other", text("Bearer Hush")),
            ("nested", AMQPValue::FieldArray(vec![AMQPValue::FieldTable(inner)].into())),
            ("x-sfc-deadline", text("1700000000000")),
        ] {
            headers.insert(name.into(), value);
        }
        let redacted = Secrets::default().headers(&headers);
        assert_eq!(redacted.inner()["x-sfc-deadline"], text("1700000000000"));
        let said = format!("{redacted:?}");
        let bytes = format!("{:?}", text("Hush"));
        assert!(!said.contains(&bytes) && !said.contains("4711"), "{said}");
        assert_eq!(redacted.inner()["other"], hidden());
        assert_eq!(redacted.inner()["Proxy-Authorization"], hidden());
    }

    #[test]
    fn of_what_is_no_json_only_size_and_hash_are_left() {
        let text = String::from_utf8(Secrets::default().message(b"password=Hush")).unwrap();
        assert!(!text.contains("Hush") && text.contains("\"bytes\":13"), "{text}");
    }
}
