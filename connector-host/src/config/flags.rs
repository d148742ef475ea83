//! `--set KEY=VALUE`.

use connector_core::{Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::{Keys, Layer, keys};

/// Reads the flags.
///
/// # Errors
///
/// Text that is no `key=value`; secrets, which do not belong on a command line.
pub fn read(flags: &[String]) -> Result<Layer> {
    let mut values = Keys::new();
    for flag in flags {
        let (key, value) = flag.split_once('=').ok_or_else(no_assignment)?;
        let key = key.trim().to_ascii_lowercase();
        if keys::is_secret(&key) {
            return Err(secret(&key));
        }
        if keys::holds_password(&key, value) {
            return Err(password(&key));
        }
        values.insert(key, Json::String(value.to_owned()));
    }
    Ok(Layer::new(values, |key| Some(format!("--set {key}"))))
}

/// Without the text: it may be a secret that was typed in the wrong place.
fn no_assignment() -> Error {
    Error::new(ErrorKind::Configuration, "--set takes KEY=VALUE, for example --set page_size=500")
}

fn password(key: &str) -> Error {
    let message =
        format!("{key} holds a password, which does not belong on a command line, where others can see it");
    Error::new(ErrorKind::Configuration, message).with_advice(format!(
        "put {key} into the configuration file or into the environment as SFSF_{}",
        key.to_ascii_uppercase()
    ))
}

fn secret(key: &str) -> Error {
    let message = format!("{key} is a secret and does not belong on a command line, where others can see it");
    Error::new(ErrorKind::Configuration, message).with_advice(format!(
        "name a file with --set {key}_file=FILE, or an environment variable with --set {key}_env=NAME, \
         or put {key} into the configuration file or into the environment as SFSF_{}",
        key.to_ascii_uppercase()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_refused_by_name_and_with_the_alternatives() {
        let error = read(&["private_key=hush".to_owned()]).unwrap_err().to_string();
        assert!(
            error.contains("--set private_key_file=FILE") && error.contains("SFSF_PRIVATE_KEY"),
            "{error}"
        );
        assert!(!error.contains("hush"), "{error}");
    }

    #[test]
    fn a_password_of_a_proxy_is_refused_and_a_proxy_without_one_is_not() {
        for proxy in
            ["http://u:hush@proxy:3128", "socks5://:hush@proxy", "u:hush@proxy:3128", "HTTP://u:hush@[::1]"]
        {
            let error = read(&[format!("Proxy={proxy}")]).unwrap_err().to_string();
            assert!(
                error.contains("proxy") && error.contains("SFSF_PROXY") && !error.contains("hush"),
                "{error}"
            );
        }
        assert!(read(&["proxy=http://proxy.example:3128".to_owned()]).is_ok());
    }

    #[test]
    fn other_keys_are_taken_as_text() {
        let layer = read(&["Page_Size=500".to_owned(), "issuer=a=b".to_owned()]).unwrap();
        let (keys, _) = super::super::layer::merge(vec![layer]);
        assert_eq!(serde_json::json!(keys), serde_json::json!({"page_size": "500", "issuer": "a=b"}));
    }
}
