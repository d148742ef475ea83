//! The text form of faults, for command lines and the control interface.

use std::fmt;
use std::str::FromStr;

use crate::fault::{Fault, FaultKind, Matching};

/// A text that names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a fault: {reason}; write KIND[=ARGUMENT][%RATE][:[METHOD ]PATH[ ~TEXT]][*TIMES], as throttle=1:/odata/v2/User*2"
)]
pub struct FaultParseError {
    text: String,
    reason: &'static str,
}

const KINDS: &str = "the kinds are throttle, unavailable, html, maintenance, truncate, cut-before, cut-after, \
    cut-middle, latency, hang, expire-tokens, foreign-next, loop-next, bad-record, deadlock, conflict, garbage, chunked-garbage, clock-skew, \
    revoke-token, lose-snapshot, block-snapshots, shift-page, repeat-records, \
    reject-property";

impl FromStr for Fault {
    type Err = FaultParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.trim()).map_err(|reason| FaultParseError { text: text.to_owned(), reason })
    }
}

fn parse(text: &str) -> Result<Fault, &'static str> {
    let (rest, times) = match text.rsplit_once('*') {
        Some((rest, times)) => (rest, Some(times.trim().parse().map_err(|_| "TIMES is not a number")?)),
        None => (text, None),
    };
    let (kind, matching) = rest.split_once(':').unwrap_or((rest, ""));
    let (kind, rate) = match kind.rsplit_once('%') {
        Some((kind, rate)) => (kind, Some(rate_of(rate)?)),
        None => (kind, None),
    };
    let (name, argument) = kind.split_once('=').map_or((kind, None), |(name, value)| (name, Some(value)));
    Ok(Fault { matching: matching_of(matching.trim()), what: kind_of(name.trim(), argument)?, times, rate })
}

fn rate_of(text: &str) -> Result<u8, &'static str> {
    let rate = text.trim().parse().ok().filter(|rate| (1..=99).contains(rate));
    rate.ok_or("RATE is not a number from 1 to 99")
}

fn matching_of(text: &str) -> Matching {
    let (text, body) = match text.split_once('~') {
        Some((text, body)) => (text.trim_end(), Some(body.to_owned())),
        None => (text, None),
    };
    let (method, path) = match text.split_once(' ') {
        Some((method, path)) => (Some(method.to_owned()), path.trim()),
        None if !text.is_empty() && text.chars().all(|letter| letter.is_ascii_uppercase()) => {
            (Some(text.to_owned()), "")
        }
        None => (None, text),
    };
    Matching { method, path: (!path.is_empty()).then(|| path.to_owned()), body }
}

fn kind_of(name: &str, argument: Option<&str>) -> Result<FaultKind, &'static str> {
    let number = |default| argument.map_or(Ok(default), |text| text.trim().parse::<u64>());
    let number = |default| number(default).map_err(|_| "ARGUMENT is not a number");
    let signed = |default| argument.map_or(Ok(default), |text| text.trim().parse::<i64>());
    let signed = |default| signed(default).map_err(|_| "ARGUMENT is not a number");
    let status = |default: u16, allowed: &[u16]| {
        let status = argument.map_or(Ok(default), str::parse).map_err(|_| "ARGUMENT is not a status")?;
        if allowed.contains(&status) {
            Ok(status)
        } else {
            Err("ARGUMENT is not a status that this kind has")
        }
    };
    Ok(match name {
        "throttle" => FaultKind::Throttle(number(300)?),
        "unavailable" => FaultKind::Unavailable(number(300)?),
        "html" => FaultKind::Html(status(502, &[502, 503, 504])?),
        "maintenance" => FaultKind::Maintenance,
        "truncate" => FaultKind::Truncate,
        "cut-before" => FaultKind::CutBefore,
        "cut-after" => FaultKind::CutAfter,
        "cut-middle" => FaultKind::CutMiddle,
        "latency" => FaultKind::Latency(number(1000)?),
        "hang" => FaultKind::Hang,
        "expire-tokens" => FaultKind::ExpireTokens(status(403, &[401, 403])?),
        "foreign-next" => FaultKind::ForeignNext(argument.unwrap_or("evil.example").to_owned()),
        "loop-next" => FaultKind::LoopNext,
        "bad-record" => FaultKind::BadRecord,
        "deadlock" => FaultKind::Deadlock,
        "conflict" => FaultKind::Conflict,
        "garbage" => FaultKind::Garbage,
        "chunked-garbage" => FaultKind::ChunkedGarbage,
        "clock-skew" => FaultKind::ClockSkew(signed(300)?),
        "revoke-token" => FaultKind::RevokeToken(status(403, &[401, 403])?),
        "lose-snapshot" => FaultKind::LoseSnapshot,
        "block-snapshots" => FaultKind::BlockSnapshots,
        "shift-page" => FaultKind::ShiftPage(signed(1)?),
        "reject-property" => FaultKind::RejectProperty(argument.ok_or("ARGUMENT is missing")?.to_owned()),
        "repeat-records" => FaultKind::RepeatRecords(number(1)?),
        _ => return Err(KINDS),
    })
}

impl fmt::Display for FaultKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Throttle(seconds) => write!(out, "throttle={seconds}"),
            Self::Unavailable(seconds) => write!(out, "unavailable={seconds}"),
            Self::Html(status) => write!(out, "html={status}"),
            Self::Maintenance => out.write_str("maintenance"),
            Self::Truncate => out.write_str("truncate"),
            Self::CutBefore => out.write_str("cut-before"),
            Self::CutAfter => out.write_str("cut-after"),
            Self::CutMiddle => out.write_str("cut-middle"),
            Self::Latency(millis) => write!(out, "latency={millis}"),
            Self::Hang => out.write_str("hang"),
            Self::ExpireTokens(status) => write!(out, "expire-tokens={status}"),
            Self::ForeignNext(host) => write!(out, "foreign-next={host}"),
            Self::LoopNext => out.write_str("loop-next"),
            Self::BadRecord => out.write_str("bad-record"),
            Self::Deadlock => out.write_str("deadlock"),
            Self::Conflict => out.write_str("conflict"),
            Self::Garbage => out.write_str("garbage"),
            Self::ChunkedGarbage => out.write_str("chunked-garbage"),
            Self::ClockSkew(seconds) => write!(out, "clock-skew={seconds}"),
            Self::RevokeToken(status) => write!(out, "revoke-token={status}"),
            Self::LoseSnapshot => out.write_str("lose-snapshot"),
            Self::BlockSnapshots => out.write_str("block-snapshots"),
            Self::ShiftPage(rows) => write!(out, "shift-page={rows}"),
            Self::RejectProperty(name) => write!(out, "reject-property={name}"),
            Self::RepeatRecords(records) => write!(out, "repeat-records={records}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.what)?;
        self.rate.map_or(Ok(()), |rate| write!(out, "%{rate}"))?;
        match (&self.matching.method, &self.matching.path) {
            (None, None) => {}
            (Some(method), Some(path)) => write!(out, ":{method} {path}")?,
            (Some(method), None) => write!(out, ":{method}")?,
            (None, Some(path)) => write!(out, ":{path}")?,
        }
        match (&self.matching.body, self.matching.method.is_some() || self.matching.path.is_some()) {
            (None, _) => {}
            (Some(body), true) => write!(out, " ~{body}")?,
            (Some(body), false) => write!(out, ":~{body}")?,
        }
        self.times.map_or(Ok(()), |times| write!(out, "*{times}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_and_written_back() {
        for text in [
            "throttle=1:/odata/v2/User*2",
            "cut-after:POST /odata/v2/upsert*1",
            "html=503",
            "hang:GET",
            "latency=50:/oauth/token",
            "foreign-next=a.example:/odata/v2/User",
            "expire-tokens=401*1",
            "deadlock*3",
            "chunked-garbage:GET /odata/v2/User*1",
            "throttle=1%20:/odata/v2/User?$filter=a%20b*5",
            "html=502%1",
            "conflict:POST /odata/v2/upsert ~User('jdoe')*1",
            "cut-before:~password",
            "clock-skew=-300",
            "shift-page=-2:$skiptoken*1",
            "reject-property=fax:/odata/v2/User",
        ] {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        let defaults = "throttle:$metadata".parse::<Fault>().unwrap();
        assert_eq!(defaults.what, FaultKind::Throttle(300));
        assert_eq!(defaults.matching.path.as_deref(), Some("$metadata"));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "nothing",
            "reject-property",
            "throttle=x",
            "html=200",
            "throttle*",
            "expire-tokens=500",
            "hang%0",
            "hang%x",
        ] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
