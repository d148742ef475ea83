//! What the properties of a message say.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lapin::message::Delivery;
use lapin::types::{AMQPValue, FieldTable, ShortString};

/// The id of the message that an entry in the stream of replies is about.
pub const MESSAGE: &str = "x-sfc-message";
/// The hash of the request that an entry in the stream of replies is about.
pub const FINGERPRINT: &str = "x-sfc-request";
/// When the entry was made, in milliseconds since 1970.
pub const AT: &str = "x-sfc-at";
/// The signature of an entry in the stream of replies.
pub const SIGNATURE: &str = "x-sfc-signature";
/// The routing key that a change was published with, which it loses on its way through the retry queue.
pub const KEY: &str = "x-sfc-key";
/// How often a message went to the retry queue.
pub const ATTEMPTS: &str = "x-sfc-attempts";
/// When the sender stops waiting, in milliseconds since 1970.
pub const DEADLINE: &str = "x-sfc-deadline";
/// The queue that a message was in.
pub const QUEUE: &str = "x-sfc-queue";
/// Why a message is a dead letter.
pub const REASON: &str = "x-sfc-reason";
/// When a dead letter was moved back to its queue, in milliseconds since 1970: it is a request of its own.
pub const REPLAYED: &str = "x-sfc-replayed";
/// The number of a part of a reply, from 0.
pub const SEQUENCE: &str = "x-sfc-seq";
/// Whether a part of a reply is the last one.
pub const LAST: &str = "x-sfc-last";
/// Parts of one reply have the same; a reply that was begun anew has another.
pub const RUN: &str = "x-sfc-run";

/// What the properties of a message say.
pub struct Envelope {
    /// The id that repeats of the message share.
    pub message_id: Option<String>,
    /// When it was a dead letter and came back.
    pub replayed: Option<i64>,
    /// Where the reply goes.
    pub reply_to: Option<ShortString>,
    /// What the sender knows the reply by.
    pub correlation_id: Option<ShortString>,
    /// When the sender stops waiting.
    pub deadline: Option<SystemTime>,
    /// When the sender began to wait; now, if it does not say.
    pub sent: SystemTime,
    /// How often the message went to the retry queue.
    pub attempts: u32,
    /// How often the broker delivered it in vain.
    pub deliveries: i64,
}

impl Envelope {
    /// Reads the properties of a message.
    pub fn of(delivery: &Delivery) -> Self {
        let now = SystemTime::now();
        let properties = &delivery.properties;
        let headers = properties.headers();
        let number = |name: &str| headers.as_ref().and_then(|headers| number(headers, name));
        let sent =
            properties.timestamp().map_or(now, |seconds| moment(seconds.saturating_mul(1000)).min(now));
        let expiration = properties.expiration().as_ref().and_then(|text| text.as_str().parse().ok());
        let deadlines = [
            expiration.map(|milliseconds| sent + Duration::from_millis(milliseconds)),
            number(DEADLINE).map(|at| moment(u64::try_from(at).unwrap_or(0))),
        ];
        Self {
            message_id: properties.message_id().as_ref().map(ToString::to_string),
            replayed: number(REPLAYED),
            reply_to: properties.reply_to().clone().filter(|queue| !queue.as_str().is_empty()),
            correlation_id: properties.correlation_id().clone(),
            deadline: deadlines.into_iter().flatten().min(),
            sent,
            attempts: number(ATTEMPTS).and_then(|attempts| u32::try_from(attempts).ok()).unwrap_or(0),
            deliveries: number("x-delivery-count").unwrap_or(0),
        }
    }
}

/// How the broker itself took a message out of its queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fall {
    /// The queue that it was in.
    pub queue: Option<String>,
    /// Whether it expired there. Otherwise it was delivered too often.
    pub expired: bool,
}

impl Fall {
    /// What the broker noted last. What it noted first may be about the retry queue, and may be the sender's own words.
    pub fn of(headers: Option<&FieldTable>) -> Option<Self> {
        let AMQPValue::FieldArray(deaths) = headers?.inner().get("x-death")? else { return None };
        let AMQPValue::FieldTable(last) = deaths.as_slice().first()? else { return None };
        Some(Self {
            queue: text(last, "queue"),
            expired: text(last, "reason").is_some_and(|reason| reason == "expired"),
        })
    }
}

/// The headers of a message without what brokers add, to be sent on.
pub fn own_headers(headers: Option<&FieldTable>) -> FieldTable {
    let mut own = FieldTable::default();
    let brokers = |name: &str| {
        name == "x-death"
            || name.starts_with("x-first-death")
            || name.starts_with("x-last-death")
            || name == "x-delivery-count"
    };
    for (name, value) in headers.into_iter().flat_map(|headers| headers.inner()) {
        if !brokers(name.as_str()) {
            own.insert(name.clone(), value.clone());
        }
    }
    own
}

/// A point in time as it stands in a header.
pub fn milliseconds(at: SystemTime) -> i64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn moment(milliseconds: u64) -> SystemTime {
    // Far enough for everybody, and near enough to calculate with.
    UNIX_EPOCH + Duration::from_millis(milliseconds.min(1 << 48))
}

/// The number in a header.
pub fn number(headers: &FieldTable, name: &str) -> Option<i64> {
    match headers.inner().get(name)? {
        AMQPValue::ShortShortInt(number) => Some(i64::from(*number)),
        AMQPValue::ShortShortUInt(number) => Some(i64::from(*number)),
        AMQPValue::ShortInt(number) => Some(i64::from(*number)),
        AMQPValue::ShortUInt(number) => Some(i64::from(*number)),
        AMQPValue::LongInt(number) => Some(i64::from(*number)),
        AMQPValue::LongUInt(number) => Some(i64::from(*number)),
        AMQPValue::LongLongInt(number) => Some(*number),
        AMQPValue::Timestamp(number) => i64::try_from(*number).ok(),
        AMQPValue::LongString(text) => text.to_string().parse().ok(),
        AMQPValue::ShortString(text) => text.as_str().parse().ok(),
        _ => None,
    }
}

/// The text in a header.
pub fn text(headers: &FieldTable, name: &str) -> Option<String> {
    match headers.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.to_string()),
        AMQPValue::ShortString(text) => Some(text.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lapin::BasicProperties;

    fn envelope(properties: BasicProperties) -> Envelope {
        let mut delivery = Delivery::mock(1, "".into(), "q".into(), false, Vec::new());
        delivery.properties = properties;
        Envelope::of(&delivery)
    }

    #[test]
    fn the_earliest_deadline_counts_from_when_the_message_was_sent() {
        let sent = milliseconds(SystemTime::now()) as u64 / 1000 - 100;
        let mut headers = FieldTable::default();
        headers.insert(DEADLINE.into(), AMQPValue::LongString(((sent + 200) * 1000).to_string().into()));
        let properties = BasicProperties::default().with_timestamp(sent).with_headers(headers);
        let both = envelope(properties.clone().with_expiration("5000".into()));
        assert_eq!(both.deadline, Some(moment((sent + 5) * 1000)));
        assert_eq!(envelope(properties).deadline, Some(moment((sent + 200) * 1000)));
        assert_eq!(envelope(BasicProperties::default()).deadline, None);
    }

    #[test]
    fn a_clock_that_is_ahead_gives_no_longer_deadline() {
        let ahead = milliseconds(SystemTime::now()) as u64 / 1000 + 3600;
        let properties = BasicProperties::default().with_timestamp(ahead).with_expiration("1000".into());
        assert!(envelope(properties).deadline.unwrap() <= SystemTime::now() + Duration::from_secs(1));
    }
}
