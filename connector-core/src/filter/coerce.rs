//! Comparing an object's value with a filter's literal.
//!
//! The literal is read as the type that the object's value has, since the writer of a filter seldom
//! knows that type: `hired ge '2024-01-31'` is about days if `hired` is a day.

use std::borrow::Cow;
use std::cmp::Ordering;

use bigdecimal::BigDecimal;
use chrono::{DateTime, FixedOffset};

use super::moment;
use crate::object::Value;

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
        Value::Binary(bytes) => match literal {
            Value::Binary(other) => Some(bytes.cmp(other)),
            _ => None,
        },
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
        Value::String(text) => match Value::parse_decimal(text.trim())? {
            Value::Decimal(number) => Some(Cow::Owned(*number)),
            _ => None,
        },
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
        check(Value::binary([1]), "AQ==", None);
        check(Value::Secret("x".into()), "x", None);
        check("x".into(), Value::Secret("x".into()), None);
        check("[redacted]".into(), Value::Secret("x".into()), None);
    }
}
