//! `/Date(milliseconds+minutes)/`, the dates of OData V2 JSON (docs/successfactors.md#values-in-json).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Reads `/Date(-14159025000)/` or `/Date(1618796144000+0000)/`. Milliseconds may be negative; the
/// offset, in minutes, does not move the point in time.
pub(crate) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    // Most come without an offset.
    let milliseconds = inner.parse().ok().or_else(|| without_offset(inner));
    DateTime::from_timestamp_millis(milliseconds?)
}

fn without_offset(inner: &str) -> Option<i64> {
    // A sign at the beginning is that of the milliseconds.
    let sign = inner.get(1..)?.find(['+', '-'])? + 1;
    let (milliseconds, offset) = inner.split_at_checked(sign)?;
    offset.get(1..)?.parse::<u32>().ok()?;
    milliseconds.parse().ok()
}

/// Writes a calendar day as midnight UTC: the tenant keeps the day and drops the time (KBA 3020341).
pub(crate) fn write_day(day: NaiveDate) -> String {
    write(day.and_time(chrono::NaiveTime::MIN).and_utc())
}

/// Writes a point in time.
pub(crate) fn write(time: DateTime<Utc>) -> String {
    format!("/Date({})/", time.timestamp_millis())
}

/// Whether this is the beginning of a day in UTC, as which days are written.
pub(crate) fn is_midnight(time: DateTime<Utc>) -> bool {
    time.time() == chrono::NaiveTime::MIN
}

/// The whole second at or before this, for a lower bound that leaves nothing out.
pub(crate) fn floor_second(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(time.timestamp(), 0).unwrap_or(time)
}

/// The beginning of its day in UTC, as which days are written.
pub(crate) fn floor_day(time: DateTime<Utc>) -> DateTime<Utc> {
    time.date_naive().and_time(chrono::NaiveTime::MIN).and_utc()
}

/// The whole second at or after this, for an upper bound that leaves nothing out.
pub(crate) fn ceiling_second(time: DateTime<Utc>) -> DateTime<Utc> {
    let floor = floor_second(time);
    if floor == time { time } else { floor.checked_add_signed(TimeDelta::seconds(1)).unwrap_or(time) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let time = parse(text).map(|time| time.format("%FT%T%.fZ").to_string());
        assert_eq!(time.as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_of_every_kind_are_read() {
        check("/Date(1583107200000)/", Some("2020-03-02T00:00:00Z"));
        check("/Date(1618796144000+0000)/", Some("2021-04-19T01:35:44Z"));
        check("/Date(1618796144000-0300)/", Some("2021-04-19T01:35:44Z"));
        check("/Date(-14182940000)/", Some("1969-07-20T20:17:40Z"));
        check("/Date(-14182940000+0000)/", Some("1969-07-20T20:17:40Z"));
        check("/Date(253402214400000)/", Some("9999-12-31T00:00:00Z"));
        check("/Date(1.5)/", None);
        check("/Date(99999999999999999)/", None);
        check("/Date()/", None);
        check("2024-01-31", None);
    }

    #[test]
    fn a_day_survives_the_way_there_and_back() {
        let day = NaiveDate::from_ymd_opt(1969, 7, 20).unwrap();
        assert_eq!(parse(&write_day(day)).unwrap().date_naive(), day);
    }
}
