//! Percent-encoding, of keys and of queries.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A key as it stands between the quotes of a key predicate: quotes doubled, and what a URI cannot carry
/// percent-encoded.
pub(crate) fn key(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'\'' => out.push_str("''"),
            _ if is_plain(byte) => out.push(char::from(byte)),
            _ => {
                let _infallible = write!(out, "%{byte:02X}");
            }
        }
    }
    Cow::Owned(out)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@' | b'~' | b'!' | b'*')
}

/// Percent-decodes; `plus` also turns `+` into a blank, as in forms and queries.
pub(crate) fn decode(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match Some(bytes[at])
            .filter(|byte| *byte == b'%')
            .and_then(|_| hexadecimal(bytes.get(at + 1..at + 3)?))
        {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(if plus && bytes[at] == b'+' { b' ' } else { bytes[at] });
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hexadecimal(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    match pair {
        [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    }
}

/// The name-value pairs of a query or a form.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name, true), decode(value, true))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_and_encoded() {
        assert_eq!(key("jdoe@acme.example"), "jdoe@acme.example");
        assert_eq!(key("O'Brien ü/"), "O''Brien%20%C3%BC%2F");
        assert_eq!(decode(&key("O'Brien ü/%"), false), "O''Brien ü/%");
    }

    #[test]
    fn broken_percent_signs_stay() {
        assert_eq!(decode("100%", true), "100%");
        assert_eq!(decode("%zz+%C3%BC", true), "%zz ü");
        assert_eq!(decode("%é%+1%", true), "%é% 1%");
    }

    #[test]
    fn pairs_are_split_once() {
        let found = pairs("a=b%3Dc&flag&x=1=2");
        let expected = [("a", "b=c"), ("flag", ""), ("x", "1=2")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
