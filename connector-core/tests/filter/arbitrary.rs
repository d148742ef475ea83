//! Any filter, and any object for it to look at.

use bigdecimal::BigDecimal;
use chrono::{DateTime, FixedOffset, NaiveDate};
use connector_core::Filter;
use connector_core::filter::{Comparison, Matching};
use connector_core::object::{Attribute, AttributeName, ConnectorObject, Value};
use proptest::prelude::*;

/// Few attributes and few values, so that filters meet what they ask for.
const NAMES: [&str; 6] = ["a", "b.c/d-e", "in", "__UID__", "__NAME__", "größe \"x\""];

pub fn name() -> impl Strategy<Value = AttributeName> {
    prop_oneof![
        9 => prop::sample::select(&NAMES[..]).prop_map(AttributeName::from),
        1 => any::<String>().prop_map(AttributeName::from),
    ]
}

pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["", "a", "A", "ab", "b'", "Zoë", "'", "true", "5", "2024-01-31", "😀%+&"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn date() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![19_700..19_800_i32, -719_528..2_932_896_i32]
        .prop_map(|days| NaiveDate::default() + chrono::Duration::days(days.into()))
}

fn time() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (date(), 0..86_400_i64, 0..1_000_000_000_i64, -720..720_i32)
        .prop_map(|(date, second, nano, offset)| {
            let time = date.and_hms_opt(0, 0, 0).unwrap() + chrono::Duration::seconds(second);
            let time = time + chrono::Duration::nanoseconds(nano);
            time.and_utc().with_timezone(&FixedOffset::east_opt(offset * 60).unwrap())
        })
        // Only the years that RFC 3339 has.
        .prop_filter("a year of four digits", |time| (0..10_000).contains(&chrono::Datelike::year(time)))
}

/// Every value that has a literal in the text form.
pub fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => text().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => prop_oneof![-10..10_i64, any::<i64>()].prop_map(Value::from),
        1 => (any::<i64>(), -20..20_i64).prop_map(|(digits, scale)| Value::decimal(BigDecimal::new(digits.into(), scale))),
        1 => date().prop_map(Value::Date),
        1 => time().prop_map(Value::DateTime),
        1 => prop::collection::vec(any::<u8>(), 0..5).prop_map(Value::binary),
    ]
}

fn values() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(value(), 0..4)
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    prop::sample::select(vec![Equal, Greater, GreaterOrEqual, Less, LessOrEqual])
}

fn matching() -> impl Strategy<Value = Matching> {
    use Matching::{Contains, EndsWith, EqualsIgnoreCase, StartsWith};
    prop::sample::select(vec![Contains, EndsWith, EqualsIgnoreCase, StartsWith])
}

pub fn leaf() -> impl Strategy<Value = Filter> {
    prop_oneof![
        (name(), comparison(), value()).prop_map(|(name, how, value)| Filter::compare(name, how, value)),
        (name(), matching(), text()).prop_map(|(name, how, text)| Filter::text(name, how, text)),
        (name(), values()).prop_map(|(name, values)| Filter::one_of(name, values)),
        (name(), values()).prop_map(|(attribute, values)| Filter::ContainsAll { attribute, values }),
        name().prop_map(Filter::Present),
    ]
}

pub fn filter() -> impl Strategy<Value = Filter> {
    leaf().prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::Or),
            inner.prop_map(Filter::negate),
        ]
    })
}

pub fn object() -> impl Strategy<Value = ConnectorObject> {
    (text(), text(), prop::collection::vec(values(), NAMES.len())).prop_map(|(uid, name, values)| {
        let attributes =
            NAMES.iter().zip(values).map(|(name, values)| Attribute::new(*name, values)).collect();
        ConnectorObject { object_class: "Person".into(), uid: uid.into(), name: name.into(), attributes }
    })
}
