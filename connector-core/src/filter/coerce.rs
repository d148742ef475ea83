//! Reading a value as one of another type: the only place where values change their type.
//!
//! Whoever writes a filter or a change seldom knows the types, and some hosts have texts alone:
//! `hired ge '2024-01-31'` is about days if `hired` is a day. A save takes a value that can be read as the
//! attribute's type, and a filter compares with the same readings.

use std::borrow::Cow;
use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{DateTime, FixedOffset};

use super::moment;
use crate::object::{Secret, Value, ValueType, decimal};

impl Value {
    /// This value as one of that type: a text may stand for any type but a reference or a value with parts, a number
    /// or a flag for a text. A day of a time is the one that it names in its own offset; a time without offset is in
    /// UTC. `None` if the value does not say anything of that type.
    ///
    /// ```
    /// use connector_core::object::{Value, ValueType};
    ///
    /// assert_eq!(Value::from("TRUE").read_as(ValueType::Boolean), Some(Value::Boolean(true)));
    /// assert_eq!(Value::from("yesterday").read_as(ValueType::Date), None);
    /// ```
    pub fn read_as(&self, value_type: ValueType) -> Option<Self> {
        match value_type {
            own if own == self.value_type() => Some(self.clone()),
            ValueType::String => match self {
                Self::Reference(_) => None,
                other => as_text(other).map(|text| Self::from(text.into_owned())),
            },
            ValueType::Boolean => as_boolean(self).map(Self::Boolean),
            ValueType::Integer => as_whole(self).and_then(|number| number.to_i64()).map(Self::Integer),
            ValueType::Decimal => as_decimal(self).map(|number| Self::decimal(number.into_owned())),
            ValueType::Date => as_time(self).map(|time| Self::Date(time.date_naive())),
            ValueType::DateTime => as_time(self).map(Self::DateTime),
            ValueType::Binary => as_bytes(self).map(|bytes| Self::binary(bytes.into_owned())),
            ValueType::Secret => self.as_str().map(|text| Self::Secret(Secret::new(text))),
            ValueType::Reference | ValueType::Complex => None,
        }
    }

    /// Whether this is a point in time with a time of day, in the offset that it was given in: as a day it would lose it,
    /// and a day that somebody has turned into another offset would be another day.
    ///
    /// ```
    /// use connector_core::object::Value;
    ///
    /// assert!(Value::from("2024-03-04T23:00:00Z").has_a_time_of_day());
    /// assert!(!Value::from("2024-03-05T00:00:00+01:00").has_a_time_of_day());
    /// ```
    pub fn has_a_time_of_day(&self) -> bool {
        as_time(self).is_some_and(|time| time.time() != chrono::NaiveTime::MIN)
    }
}

/// Whether there can be values of this type that compare with `literal`. What cannot be compared makes a filter that
/// nobody satisfies, which surely was not meant.
pub(super) fn is_comparable(value_type: ValueType, literal: &Value) -> bool {
    match value_type {
        ValueType::String => as_text(literal).is_some(),
        ValueType::Reference => is_identity(literal),
        ValueType::Boolean => as_boolean(literal).is_some(),
        ValueType::Integer => as_whole(literal).is_some(),
        ValueType::Decimal => as_decimal(literal).is_some(),
        ValueType::Date | ValueType::DateTime => as_time(literal).is_some(),
        ValueType::Binary => as_bytes(literal).is_some(),
        ValueType::Secret | ValueType::Complex => false,
    }
}

/// Whether a value can name an object: texts and numbers do.
fn is_identity(literal: &Value) -> bool {
    let is_name = matches!(literal, Value::Reference(_) | Value::String(_) | Value::Integer(_));
    is_name && as_text(literal).is_some_and(|uid| !uid.trim().is_empty())
}

/// How `value` compares with `literal`; `None` if the literal makes no sense as such a value.
///
/// Secrets and complex values compare with nothing.
pub(crate) fn compare(value: &Value, literal: &Value) -> Option<Ordering> {
    match value {
        Value::String(text) => Some(text.as_str().cmp(&as_text(literal)?)),
        Value::Reference(reference) => Some(reference.uid.as_str().cmp(&as_text(literal)?)),
        Value::Boolean(flag) => Some(flag.cmp(&as_boolean(literal)?)),
        Value::Integer(number) => compare_integer(*number, literal),
        Value::Decimal(number) => Some(number.as_ref().cmp(&*as_decimal(literal)?)),
        Value::Date(date) => {
            Some(date.and_time(chrono::NaiveTime::MIN).cmp(&as_time(literal)?.naive_local()))
        }
        Value::DateTime(time) => Some(time.cmp(&as_time(literal)?)),
        Value::Binary(bytes) => Some(bytes.as_ref().cmp(&*as_bytes(literal)?)),
        Value::Secret(_) | Value::Complex(_) => None,
    }
}

/// The text that text matchings look at, for the values that have one.
pub(super) fn matchable_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Reference(reference) => Some(reference.uid.as_str()),
        _ => None,
    }
}

fn as_text(literal: &Value) -> Option<Cow<'_, str>> {
    match literal {
        Value::Secret(_) | Value::Complex(_) | Value::Binary(_) => None,
        literal => Some(matchable_text(literal).map_or_else(|| literal.to_string().into(), Cow::Borrowed)),
    }
}

fn as_boolean(literal: &Value) -> Option<bool> {
    match literal {
        Value::Boolean(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn compare_integer(number: i64, literal: &Value) -> Option<Ordering> {
    match literal {
        Value::Integer(other) => Some(number.cmp(other)),
        literal => Some(BigDecimal::from(number).cmp(&*as_decimal(literal)?)),
    }
}

fn as_decimal(literal: &Value) -> Option<Cow<'_, BigDecimal>> {
    match literal {
        Value::Integer(number) => Some(Cow::Owned(BigDecimal::from(*number))),
        Value::Decimal(number) => Some(Cow::Borrowed(number)),
        Value::String(text) => decimal(text.trim()).ok().map(Cow::Owned),
        _ => None,
    }
}

fn as_whole(literal: &Value) -> Option<Cow<'_, BigDecimal>> {
    as_decimal(literal).filter(|number| number.is_integer())
}

/// Bytes, or base64 with or without line breaks.
fn as_bytes(literal: &Value) -> Option<Cow<'_, [u8]>> {
    match literal {
        Value::Binary(bytes) => Some(Cow::Borrowed(bytes)),
        Value::String(text) => {
            let compact: String = text.split_whitespace().collect();
            STANDARD.decode(compact).map(Cow::Owned).ok()
        }
        _ => None,
    }
}

fn as_time(literal: &Value) -> Option<DateTime<FixedOffset>> {
    match literal {
        Value::DateTime(time) => Some(*time),
        Value::Date(date) => Some(moment::midnight(*date)),
        Value::String(text) => moment::date_time(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    fn time(text: &str) -> Value {
        Value::DateTime(DateTime::parse_from_rfc3339(text).unwrap())
    }

    fn decimal(text: &str) -> Value {
        Value::decimal(text.parse().unwrap())
    }

    fn reference(uid: &str) -> Value {
        Value::reference("Person", uid)
    }

    #[track_caller]
    fn check(value: Value, literal: impl Into<Value>, expected: Option<Ordering>) {
        assert_eq!(compare(&value, &literal.into()), expected);
    }

    #[test]
    fn texts_compare_by_code_point() {
        check("a".into(), "B", Some(Ordering::Greater));
        check("Zoë".into(), "Zoë", Some(Ordering::Equal));
        check("a".into(), "A", Some(Ordering::Greater));
        check("5".into(), 5, Some(Ordering::Equal));
    }

    #[test]
    fn text_literals_are_read_as_the_type_of_the_value() {
        check(time("2022-01-01T00:00:00Z"), "2022-01-01T00:00:00", Some(Ordering::Equal));
        check(time("2022-01-01T00:00:00+01:00"), "2022-01-01", Some(Ordering::Less));
        check(date("2022-01-01"), "2022-01-01T00:00:00", Some(Ordering::Equal));
        check(date("2022-01-01"), "2022-01-01T00:00:00+02:00", Some(Ordering::Equal));
        check(date("2022-01-01"), "2022-01-01T00:00:01", Some(Ordering::Less));
        check(Value::Boolean(true), "TRUE", Some(Ordering::Equal));
        check(Value::Integer(5), "5.0", Some(Ordering::Equal));
        check(decimal("5.5"), "5", Some(Ordering::Greater));
        check(reference("boss"), "boss", Some(Ordering::Equal));
        check(Value::binary([1]), "AQ==", Some(Ordering::Equal));
    }

    #[track_caller]
    fn read(value: impl Into<Value>, value_type: ValueType, expected: Option<Value>) {
        let value = value.into();
        assert_eq!(value.read_as(value_type), expected, "{value} as {value_type}");
        assert!(expected.is_none() || is_comparable(value_type, &value), "{value} with {value_type}");
    }

    #[test]
    fn a_value_is_read_as_one_of_another_type() {
        read("TRUE", ValueType::Boolean, Some(true.into()));
        read(" 5 ", ValueType::Integer, Some(5.into()));
        read(decimal("5.00"), ValueType::Integer, Some(5.into()));
        read("5.5", ValueType::Decimal, Some(decimal("5.5")));
        read("2022-01-01T00:00:00+02:00", ValueType::Date, Some(date("2022-01-01")));
        read("2022-01-01T12:30", ValueType::DateTime, Some(time("2022-01-01T12:30:00Z")));
        read("AQI\n/", ValueType::Binary, Some(Value::binary([1, 2, 63])));
        read(5, ValueType::String, Some("5".into()));
    }

    #[test]
    fn what_says_nothing_of_a_type_is_not_read() {
        for (text, value_type) in [
            ("yes", ValueType::Boolean),
            ("five", ValueType::Integer),
            ("5.5", ValueType::Integer),
            ("1,5", ValueType::Decimal),
            ("1e999999999", ValueType::Decimal),
            ("yesterday", ValueType::Date),
            ("", ValueType::DateTime),
            ("25:00", ValueType::DateTime),
            ("no: base64", ValueType::Binary),
            ("boss", ValueType::Complex),
        ] {
            read(text, value_type, None);
            assert!(!is_comparable(value_type, &text.into()), "{text} with {value_type}");
        }
        assert!(!is_comparable(ValueType::Reference, &true.into()));
        assert!(!is_comparable(ValueType::Reference, &" ".into()));
        assert!(is_comparable(ValueType::Reference, &1007.into()));
    }

    #[test]
    fn numbers_and_moments_compare_across_their_types() {
        check(Value::Integer(5), decimal("5.00"), Some(Ordering::Equal));
        check(decimal("4.99"), 5, Some(Ordering::Less));
        check(date("2022-01-02"), time("2022-01-01T23:59:59Z"), Some(Ordering::Greater));
        check(time("2022-01-01T00:00:00Z"), date("2022-01-01"), Some(Ordering::Equal));
    }

    #[test]
    fn what_makes_no_sense_as_the_type_of_the_value_compares_with_nothing() {
        check(Value::Boolean(true), 1, None);
        check(Value::Integer(5), "five", None);
        check(date("2022-01-01"), "soon", None);
        check(Value::binary([1]), "AQ=", None);
        check(Value::Secret("x".into()), "x", None);
        check("x".into(), Value::Secret("x".into()), None);
        check("[redacted]".into(), Value::Secret("x".into()), None);
    }
}
