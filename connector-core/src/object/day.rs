//! Days in requests and answers: `"2026-11-29"`, or nothing.

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// What a day looks like to a client.
pub(crate) struct Day;

/// The day as `2026-11-29`; exactly so, and no other way that somebody may read in another order.
///
/// # Errors
///
/// A text that is no such day, without repeating it.
pub fn parse(text: &str) -> Result<NaiveDate, String> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| day.to_string() == text);
    day.ok_or_else(|| "a day is written like 2026-11-29".to_owned())
}

pub(crate) fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| parse(&text)).transpose().map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_one_way_only() {
        assert_eq!(parse("2024-02-29").map(|day| day.to_string()).as_deref(), Ok("2024-02-29"));
        for wrong in
            ["2026-02-29", "2026-2-9", " 2026-11-29", "29.11.2026", "20261129", "2026-11-29T00:00:00", ""]
        {
            assert_eq!(parse(wrong).unwrap_err(), "a day is written like 2026-11-29", "{wrong}");
        }
    }
}
