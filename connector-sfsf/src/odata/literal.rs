//! Literals of the `$filter` grammar. Whatever a value holds, it stays inside its quotes.

use chrono::{DateTime, Utc};

/// `'O''Brien'`
pub(crate) fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `'a','b'`: the list of an `in`, which SuccessFactors wants without parentheses (KBA 2736579).
pub(crate) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(string).collect::<Vec<_>>().join(",")
}

/// `datetime'2022-01-01T00:00:00'`, for properties without offset.
pub(crate) fn date_time(time: DateTime<Utc>) -> String {
    format!("datetime'{}'", time.format("%Y-%m-%dT%H:%M:%S"))
}

/// `datetimeoffset'2022-01-01T00:00:00Z'`; a plain `datetime` would be read in the server's zone (KBA 2933028).
pub(crate) fn date_time_offset(time: DateTime<Utc>) -> String {
    format!("datetimeoffset'{}Z'", time.format("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_can_never_leave_its_quotes(text in any::<String>()) {
            let literal = string(&text);
            let inner = &literal[1..literal.len() - 1];
            prop_assert!(inner.replace("''", "").find('\'').is_none());
            prop_assert_eq!(inner.replace("''", "'"), text);
        }
    }
}
