//! Which keys there are, and which of them hold secrets: what the manifest says.

/// Where a secret can be given besides inline: the name of a file, or of an environment variable.
const FORMS: [&str; 2] = ["_file", "_env"];

/// Keys that may name a file although their name does not say so.
const FILES: [&str; 2] = ["ca_file", "certificate"];

/// Whether this is a key of the configuration.
pub fn is_known(key: &str) -> bool {
    connector_sfsf::manifest().configuration.iter().any(|property| property.name == key)
}

/// Whether the value of this key must not be seen.
pub fn is_secret(key: &str) -> bool {
    connector_sfsf::manifest()
        .configuration
        .iter()
        .any(|property| property.confidential && property.name == key)
}

/// Whether this value of a key holds a password although the key as such is no secret: an address with a user.
pub fn holds_password(key: &str, value: &str) -> bool {
    key == "proxy" && value.contains('@')
}

/// Whether the value of this key names a file, or may.
pub fn is_file(key: &str) -> bool {
    FILES.contains(&key) || names_secret_file(key)
}

/// Whether the value of this key names a file that holds a secret.
pub fn names_secret_file(key: &str) -> bool {
    key.strip_suffix("_file").is_some_and(is_secret)
}

/// The key that this one is a form of: `private_key_file` gives `private_key`.
pub fn slot(key: &str) -> &str {
    FORMS.iter().filter_map(|form| key.strip_suffix(form)).find(|base| is_secret(base)).unwrap_or(key)
}
