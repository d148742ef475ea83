//! Text that must not be seen: passwords, tokens, private keys.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// What stands in the place of a secret wherever it would be shown.
pub const REDACTED: &str = "[redacted]";

/// A secret text. It is zeroed when dropped, and printed and serialized as `[redacted]`.
///
/// On the wire a secret is `{"$secret":"…"}`, so that a reader knows one without knowing attribute
/// names. A plain string is accepted too.
///
/// # Examples
///
/// ```
/// use connector_core::object::Secret;
///
/// let secret: Secret = serde_json::from_str(r#"{"$secret":"Pa55-w0rd"}"#)?;
/// assert_eq!(secret.expose(), "Pa55-w0rd");
/// assert_eq!(format!("{secret} {secret:?}"), "[redacted] [redacted]");
/// assert_eq!(serde_json::to_string(&secret)?, r#"{"$secret":"[redacted]"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text itself, for the one place that has to send it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Equal if the texts are equal. Not for checking a credential: the time it takes depends on the texts.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    #[serde(rename = "$secret")]
    secret: &'a str,
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire { secret: REDACTED }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a secret is a string or {\"$secret\": string}")]
        enum Form {
            Wire {
                #[serde(rename = "$secret")]
                secret: String,
            },
            Plain(String),
        }
        match Form::deserialize(deserializer)? {
            Form::Wire { secret } | Form::Plain(secret) => Ok(Self::new(secret)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_printed_or_serialized() {
        let secret: Secret = serde_json::from_str(r#"{"$secret":"Pa55"}"#).unwrap();
        assert_eq!(secret.expose(), "Pa55");
        let shown = format!("{secret} {secret:?} {}", serde_json::to_string(&secret).unwrap());
        assert!(!shown.contains("Pa55"), "{shown}");
    }
}
