//! The time zone of a tenant's server: times without an offset are its wall clock (KBA 2933028).

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Zone {
    /// One with a history and summer times, such as `America/New_York`.
    Named(Tz),
    /// The same all the time.
    Fixed(FixedOffset),
}

/// No place is further behind UTC than this, and none further ahead.
pub(crate) const FURTHEST_BEHIND: TimeDelta = TimeDelta::hours(12);
pub(crate) const FURTHEST_AHEAD: TimeDelta = TimeDelta::hours(14);

impl Zone {
    /// The zone with this name: that of the time zone database (`Europe/Berlin`, `US/Eastern`, `UTC`), or an offset
    /// (`GMT-05:00`, `UTC+1`, `+0530`).
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        match name.parse() {
            Ok(zone) => Some(Self::Named(zone)),
            Err(_) => offset(name).map(Self::Fixed),
        }
    }

    /// The point in time at which the clock there shows this. Where it shows it twice, the first; where it never does,
    /// since it was put forward, as if it had not been.
    pub fn at(self, wall: NaiveDateTime) -> DateTime<FixedOffset> {
        match self {
            Self::Fixed(offset) => in_zone(&offset, wall),
            Self::Named(zone) => in_zone(&zone, wall),
        }
    }

    /// What the clock there shows at a point in time.
    pub fn wall(self, time: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::Fixed(offset) => time.with_timezone(&offset).naive_local(),
            Self::Named(zone) => time.with_timezone(&zone).naive_local(),
        }
    }
}

fn in_zone<Z: TimeZone>(zone: &Z, wall: NaiveDateTime) -> DateTime<FixedOffset> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.fixed_offset(),
        LocalResult::None => {
            let before = zone.offset_from_utc_datetime(&(wall - TimeDelta::days(1))).fix();
            let time = wall.checked_sub_offset(before).unwrap_or(wall);
            DateTime::from_naive_utc_and_offset(time, before)
        }
    }
}

/// `GMT-05:00`, `UTC+1`, `-0800`, `Z`.
fn offset(name: &str) -> Option<FixedOffset> {
    if name == "Z" {
        return Some(Utc.fix());
    }
    let name = ["GMT", "UTC"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let (sign, digits) = match name.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let number = |text: &str| text.parse::<u8>().ok().map(i32::from);
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)).filter(|_| hours <= 14)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &str, wall: &str) -> Option<String> {
        Some(Zone::parse(zone)?.at(wall.parse().unwrap()).to_rfc3339())
    }

    #[test]
    fn a_wall_clock_is_a_point_in_time_once_its_zone_is_known() {
        for (zone, wall, expected) in [
            ("America/New_York", "2021-01-05T10:16:23", "2021-01-05T10:16:23-05:00"),
            ("US/Eastern", "2021-07-05T10:16:23", "2021-07-05T10:16:23-04:00"),
            (" UTC ", "2021-01-05T10:16:23", "2021-01-05T10:16:23+00:00"),
            ("GMT-05:00", "2021-07-05T10:16:23", "2021-07-05T10:16:23-05:00"),
            ("GMT+1", "2021-07-05T10:16:23", "2021-07-05T10:16:23+01:00"),
            ("UTC+0530", "2021-07-05T10:16:23", "2021-07-05T10:16:23+05:30"),
            // It is shown twice, and never.
            ("Europe/Berlin", "2021-10-31T02:30:00", "2021-10-31T02:30:00+02:00"),
            ("Europe/Berlin", "2021-03-28T02:30:00", "2021-03-28T02:30:00+01:00"),
        ] {
            assert_eq!(at(zone, wall).as_deref(), Some(expected), "{zone}");
        }
        for nonsense in ["", "Mars/Olympus", "GMT+", "GMT+99", "+1:75", "5", "é"] {
            assert_eq!(Zone::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn the_wall_clock_of_a_point_in_time_leads_back_to_it() {
        let zone = Zone::parse("Asia/Kolkata").unwrap();
        let time = DateTime::from_timestamp(1_609_859_783, 0).unwrap();
        assert_eq!(zone.at(zone.wall(time)).to_utc(), time);
    }
}
