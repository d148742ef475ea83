//! Writes the path and query of a request.

use std::fmt::Write as _;

use chrono::NaiveDate;

/// The address of an entity set or entity, with its query options, percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    path: String,
    options: Vec<(&'static str, String)>,
}

impl Query {
    /// An entity set, or another path below `/odata/v2/`.
    pub fn set(path: impl Into<String>) -> Self {
        Self { path: path.into(), options: Vec::new() }
    }

    /// One entity by its key, which is a literal.
    pub fn key(set: &str, literal: &str) -> Self {
        let mut path = format!("{set}(");
        encode(literal, "", &mut path);
        path.push(')');
        Self::set(path)
    }

    /// Adds an option, unless its value is empty.
    #[must_use]
    pub fn option(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.options.push((name, value));
        }
        self
    }

    /// Asks for JSON.
    #[must_use]
    pub fn json(self) -> Self {
        self.option("$format", "json")
    }

    /// Asks for what holds on a day, on all levels; for what holds now if none is given.
    #[must_use]
    pub fn on_day(self, day: Option<NaiveDate>) -> Self {
        self.option("asOfDate", day.map(|day| day.to_string()).unwrap_or_default())
    }

    /// `Set?$filter=…`, encoded.
    pub fn encoded(&self) -> String {
        let mut text = self.path.clone();
        for (place, (name, value)) in self.options.iter().enumerate() {
            let _ = write!(text, "{}{name}=", if place == 0 { '?' } else { '&' });
            encode(value, "/", &mut text);
        }
        text
    }

    /// `Set?$filter=…`, readable, for evidence: which rows were asked for, not which columns.
    pub fn readable(&self) -> String {
        let columns = ["$format", "$select", "$expand"];
        let shown = self.options.iter().filter(|(name, _)| !columns.contains(name));
        let options: Vec<_> = shown.map(|(name, value)| format!("{name}={value}")).collect();
        match options.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, options.join("&")),
        }
    }
}

/// The condition that all of these make.
pub(crate) fn all_of(conditions: impl IntoIterator<Item = String>) -> String {
    conditions.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" and ")
}

/// How long a text is once it is encoded.
pub(crate) fn encoded_length(text: &str) -> usize {
    let mut encoded = String::new();
    encode(text, "/", &mut encoded);
    encoded.len()
}

/// Percent-encodes all that is not certain to pass unharmed. A slash does so in a query, not in a key.
fn encode(text: &str, besides: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'$' | b',' | b'*' => {
                into.push(char::from(byte));
            }
            _ if besides.as_bytes().contains(&byte) => into.push(char::from(byte)),
            _ => {
                let _ = write!(into, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nasty_values_stay_values() {
        let query = Query::set("User").option("$filter", "lastName eq 'O''Br+en & söhne % 🙂'").json();
        assert_eq!(
            query.encoded(),
            "User?$filter=lastName%20eq%20%27O%27%27Br%2Ben%20%26%20s%C3%B6hne%20%25%20%F0%9F%99%82%27&$format=json"
        );
    }

    #[test]
    fn a_key_may_hold_anything() {
        assert_eq!(Query::key("User", "'a''/?#b'").encoded(), "User(%27a%27%27%2F%3F%23b%27)");
    }
}
