//! Dates and times as texts and as the milliseconds that the wire carries.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// The years 1 to 9999, which is what the tenant can hold.
const YEARS: RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// A time that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Milliseconds since 1970: of UTC when `absolute`, else of an unnamed clock.
    pub(crate) millis: i64,
    /// The text named its distance from UTC.
    pub(crate) absolute: bool,
}

/// Reads `2024-01-01T00:00:00`, with or without fraction, seconds and zone, and plain dates; also with one
/// digit for month and day, as KBA 3575859 shows.
pub(crate) fn read(text: &str) -> Option<Moment> {
    any(text).filter(|moment| YEARS.contains(&moment.millis))
}

fn any(text: &str) -> Option<Moment> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(Moment { millis: time.timestamp_millis(), absolute: true });
    }
    for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, form) {
            return Some(Moment { millis: time.and_utc().timestamp_millis(), absolute: false });
        }
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(Moment { millis: date.and_time(NaiveTime::MIN).and_utc().timestamp_millis(), absolute: false })
}

/// Reads the JSON form `/Date(ms)/` or `/Date(ms+0060)/`; the offset is minutes and only for show.
pub(crate) fn read_json(text: &str) -> Option<i64> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let end = inner.char_indices().skip(1).find(|(_, letter)| matches!(letter, '+' | '-'));
    let (millis, offset) = inner.split_at(end.map_or(inner.len(), |(at, _)| at));
    let digits = offset.get(1..).unwrap_or_default();
    if !offset.is_empty() && (digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    millis.parse().ok().filter(|millis| YEARS.contains(millis))
}

/// Local time of a clock that is `minutes` ahead of UTC, as milliseconds rendered as if they were UTC.
pub(crate) fn to_local(utc: i64, minutes: i32) -> i64 {
    utc.saturating_add(TimeDelta::minutes(i64::from(minutes)).num_milliseconds())
}

/// The name of a clock's zone: `UTC` as captured (docs/successfactors.md#headers-of-answers), and for others the form
/// that Java reads, `GMT-05:00`, which is unconfirmed.
pub(crate) fn zone(minutes: i32) -> String {
    if minutes == 0 {
        return "UTC".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("GMT{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The reverse of [`to_local`].
pub(crate) fn from_local(local: i64, minutes: i32) -> i64 {
    local.saturating_sub(TimeDelta::minutes(i64::from(minutes)).num_milliseconds())
}

/// Cuts the time of day off, as the tenant does to date-only fields (KBA 3020341).
pub(crate) fn day(millis: i64) -> i64 {
    const DAY: i64 = 86_400_000;
    millis.div_euclid(DAY) * DAY
}

/// The Atom form, `2024-01-01T00:00:00.000`, with a `Z` for offset times.
pub(crate) fn iso(millis: i64, zone: bool) -> String {
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc();
    if zone { time.format("%Y-%m-%dT%H:%M:%SZ") } else { time.format("%Y-%m-%dT%H:%M:%S%.3f") }.to_string()
}

/// The form of key predicates, `2024-01-01T00:00:00`.
pub(crate) fn iso_seconds(millis: i64) -> String {
    DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .naive_utc()
        .format("%Y-%m-%dT%H:%M:%S")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_times_are_read() {
        assert_eq!(read("1970-01-02"), Some(Moment { millis: 86_400_000, absolute: false }));
        assert_eq!(read("1970-1-2"), Some(Moment { millis: 86_400_000, absolute: false }));
        assert_eq!(read("1970-01-01T00:00:01"), Some(Moment { millis: 1000, absolute: false }));
        assert_eq!(read("1970-01-01T01:00:00+01:00"), Some(Moment { millis: 0, absolute: true }));
        assert_eq!(read("yesterday"), None);
    }

    /// docs/successfactors.md#values-in-json: negative values and offsets occur.
    #[test]
    fn json_dates_are_read() {
        assert_eq!(read_json("/Date(-86400000)/"), Some(-86_400_000));
        assert_eq!(read_json("/Date(-1+0060)/"), Some(-1));
        assert_eq!(read_json("/Date(253402214400000)/"), Some(253_402_214_400_000));
        for text in [
            "/Date(-9223372036854775808)/",
            "/Date(9223372036854775807)/",
            "/Date()/",
            "/Date(1x)/",
            "Date(1)",
            "/Date(1+)/",
            "/Date(/",
            "/Date(1+é)/",
        ] {
            assert_eq!(read_json(text), None, "{text}");
        }
    }

    #[test]
    fn days_before_1970_are_cut_downwards() {
        assert_eq!(day(-1), -86_400_000);
        assert_eq!(day(86_400_001), 86_400_000);
    }
}
