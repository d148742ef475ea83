//! Dates and times as people and targets write them in filters.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// Reads a point in time: RFC 3339; the same without offset, which means UTC; or a day, which means
/// its midnight in UTC.
pub(super) fn date_time(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    let with_offset = text.parse().ok();
    with_offset.or_else(|| without_offset(text)).or_else(|| date(text).map(midnight))
}

/// Reads a day.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// The beginning of a day in UTC.
pub(super) fn midnight(date: NaiveDate) -> DateTime<FixedOffset> {
    date.and_time(NaiveTime::MIN).and_utc().fixed_offset()
}

fn without_offset(text: &str) -> Option<DateTime<FixedOffset>> {
    let seconds = text.parse::<NaiveDateTime>();
    let time = seconds.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")).ok()?;
    Some(time.and_utc().fixed_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_point_in_time_is_read() {
        let expected = DateTime::parse_from_rfc3339("2022-01-01T00:00:00Z").unwrap();
        for text in [
            "2022-01-01T00:00:00Z",
            "2022-01-01T01:00:00+01:00",
            "2022-01-01T00:00:00",
            "2022-01-01T00:00:00.000",
            "2022-01-01T00:00",
            "2022-01-01",
            " 2022-01-01\n",
        ] {
            assert_eq!(date_time(text), Some(expected), "{text}");
        }
        for text in ["", "yesterday", "01.01.2022", "2022-13-01", "2022-01-01T25:00:00"] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }
}
