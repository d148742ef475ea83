//! The primitive types of OData V2 and their values in JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use connector_core::object::{Text, Value, ValueType};
use serde_json::Value as Json;

use super::date;
use super::zone::Zone;

/// A primitive type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edm {
    String,
    Boolean,
    /// Whole numbers that come as JSON numbers.
    Int32,
    /// Whole numbers that come as JSON strings.
    Int64,
    /// Numbers with a fraction, which come as JSON strings.
    Decimal,
    /// A day (`sap:display-format="Date"`). A value with a time of day is none, and stays a point in time.
    Date,
    /// A time without offset: what the clock of the tenant's server shows, written as if it were UTC (KBA 2933028).
    DateTime,
    /// A time in UTC.
    DateTimeOffset,
    Binary,
}

impl Edm {
    /// The type with this name; what we do not know is taken as text.
    pub fn from_name(name: &str, is_day: bool) -> Self {
        match name {
            "Edm.Boolean" => Self::Boolean,
            "Edm.Byte" | "Edm.SByte" | "Edm.Int16" | "Edm.Int32" => Self::Int32,
            "Edm.Int64" => Self::Int64,
            "Edm.Decimal" | "Edm.Double" | "Edm.Single" => Self::Decimal,
            "Edm.DateTime" if is_day => Self::Date,
            "Edm.DateTime" => Self::DateTime,
            "Edm.DateTimeOffset" => Self::DateTimeOffset,
            "Edm.Binary" => Self::Binary,
            _ => Self::String,
        }
    }

    /// The type in the connector's schema.
    pub fn value_type(self) -> ValueType {
        match self {
            Self::String => ValueType::String,
            Self::Boolean => ValueType::Boolean,
            Self::Int32 | Self::Int64 => ValueType::Integer,
            Self::Decimal => ValueType::Decimal,
            Self::Date => ValueType::Date,
            Self::DateTime | Self::DateTimeOffset => ValueType::DateTime,
            Self::Binary => ValueType::Binary,
        }
    }

    /// Reads a scalar of an answer, whose times without an offset are in this zone, and in UTC if it is not known; `Err`
    /// says what it should have been.
    pub fn read(self, scalar: Scalar<'_>, zone: Option<Zone>) -> Result<Option<Value>, &'static str> {
        let value = match (self, scalar) {
            (_, Scalar::Null) => return Ok(None),
            (_, Scalar::Text(text)) => self.read_text(&text, zone),
            (Self::String, scalar) => scalar.into_text().map(Value::String),
            (Self::Boolean, Scalar::Boolean(flag)) => Some(Value::Boolean(flag)),
            (Self::Int32 | Self::Int64 | Self::Decimal, Scalar::Number(digits)) => {
                self.read_text(&digits, zone)
            }
            _ => None,
        };
        value.map(Some).ok_or(self.expected())
    }

    /// Reads a text of an answer; nothing if it does not stand for a value of this type.
    pub fn read_text(self, text: &str, zone: Option<Zone>) -> Option<Value> {
        match self {
            Self::String => Some(text.into()),
            // UserAccount and some custom fields spell flags out.
            Self::Boolean if text.eq_ignore_ascii_case("true") => Some(true.into()),
            Self::Boolean if text.eq_ignore_ascii_case("false") => Some(false.into()),
            Self::Boolean => None,
            Self::Int32 | Self::Int64 => text.parse().ok().map(Value::Integer),
            Self::Decimal => Value::parse_decimal(text),
            Self::Date => date::parse(text).map(|time| match date::is_midnight(time) {
                true => Value::Date(time.date_naive()),
                false => wall_clock(time, zone),
            }),
            Self::DateTime => date::parse(text).map(|time| wall_clock(time, zone)),
            Self::DateTimeOffset => date::parse(text).map(|time| Value::DateTime(time.fixed_offset())),
            Self::Binary => decode(text).map(Value::binary),
        }
    }

    /// What a value looks like, for messages.
    pub fn expected(self) -> &'static str {
        self.value_type().expected()
    }

    /// Turns what a host gave into a value of this type: hosts such as OpenIAM only know texts.
    pub fn accept(self, value: &Value) -> Option<Value> {
        let typed = value.read_as(self.value_type())?;
        match (self, &typed) {
            (Self::Int32, Value::Integer(number)) => i32::try_from(*number).is_ok().then_some(typed),
            _ => Some(typed),
        }
    }

    /// Writes a value, of this type already, into a payload for a tenant whose server is in this zone.
    pub fn write(self, value: &Value, zone: Option<Zone>) -> Json {
        match value {
            Value::Boolean(flag) => Json::Bool(*flag),
            Value::Integer(number) if self == Self::Int32 => Json::from(*number),
            Value::Date(day) => Json::String(date::write_day(*day)),
            Value::DateTime(time) if self == Self::DateTime => {
                let shown = zone.map(|zone| zone.wall(time.to_utc()).and_utc());
                Json::String(date::write(shown.unwrap_or(time.to_utc())))
            }
            Value::DateTime(time) => Json::String(date::write(time.to_utc())),
            Value::Secret(secret) => Json::String(secret.expose().to_owned()),
            other => Json::String(other.to_string()),
        }
    }
}

/// A scalar as JSON has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar<'a> {
    Null,
    Boolean(bool),
    /// The digits as they came.
    Number(std::borrow::Cow<'a, str>),
    Text(std::borrow::Cow<'a, str>),
}

impl Scalar<'_> {
    /// As a text; null is none.
    pub fn into_text(self) -> Option<Text> {
        match self {
            Self::Null => None,
            Self::Boolean(flag) => Some(flag.to_string().into()),
            Self::Number(text) | Self::Text(text) => Some(text.into()),
        }
    }
}

/// What the clock of the tenant's server showed, as a point in time. If nobody says in which zone it is, it is taken
/// for UTC, and whoever reads says so.
fn wall_clock(shown: DateTime<Utc>, zone: Option<Zone>) -> Value {
    Value::DateTime(zone.map_or(shown.fixed_offset(), |zone| zone.at(shown.naive_utc())))
}

/// Base64 with a line break every 76 characters, as photos come.
fn decode(text: &str) -> Option<Vec<u8>> {
    let compact: String = text.split_whitespace().collect();
    STANDARD.decode(compact).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edm: Edm, scalar: Scalar<'_>, expected: &str) {
        assert_eq!(edm.read(scalar, None).unwrap().unwrap().to_string(), expected);
    }

    #[test]
    fn numbers_that_come_as_strings_are_numbers() {
        check(Edm::Int64, Scalar::Text("9007199254740993".into()), "9007199254740993");
        check(Edm::Decimal, Scalar::Text("79860.0".into()), "79860.0");
        check(Edm::Decimal, Scalar::Number("0.5".into()), "0.5");
        check(Edm::Int32, Scalar::Number("3".into()), "3");
    }

    #[test]
    fn a_day_is_a_day_and_what_has_a_time_keeps_it() {
        check(Edm::Date, Scalar::Text("/Date(1583107200000)/".into()), "2020-03-02");
        let noon = Scalar::Text("/Date(1583150400000)/".into());
        check(Edm::Date, noon.clone(), "2020-03-02T12:00:00Z");
        check(Edm::DateTime, noon, "2020-03-02T12:00:00Z");
    }

    /// The same instant in three properties of a tenant at GMT-5 (KBA 2933028).
    #[test]
    fn a_time_without_an_offset_is_in_the_zone_of_the_server() {
        let zone = Zone::parse("America/New_York");
        let shown = Edm::DateTime.read(Scalar::Text("/Date(1609841783000)/".into()), zone).unwrap().unwrap();
        assert_eq!(shown.to_string(), "2021-01-05T10:16:23-05:00");
        let absolute = Scalar::Text("/Date(1609859783000+0000)/".into());
        assert_eq!(Edm::DateTimeOffset.read(absolute, zone), Ok(Some(shown.clone())));
        assert_eq!(Edm::DateTime.write(&shown, zone), Json::from("/Date(1609841783000)/"));
        let utc = Edm::DateTime.accept(&"2021-01-05T15:16:23Z".into()).unwrap();
        assert_eq!(Edm::DateTime.write(&utc, zone), Json::from("/Date(1609841783000)/"));
        assert_eq!(Edm::DateTimeOffset.write(&utc, zone), Json::from("/Date(1609859783000)/"));
    }

    #[test]
    fn numbers_keep_their_digits() {
        for digits in ["9223372036854775808", "12345678901234567891", "100.0", "1e2", "-0"] {
            check(Edm::String, Scalar::Number(digits.into()), digits);
        }
        let long = "12345678901234567.12345678901234567";
        check(Edm::Decimal, Scalar::Number(long.into()), long);
        check(Edm::Int64, Scalar::Number("9223372036854775807".into()), "9223372036854775807");
        for wrong in ["9223372036854775808", "1.5", "1e400"] {
            assert_eq!(Edm::Int64.read(Scalar::Number(wrong.into()), None), Err("a whole number"), "{wrong}");
        }
        assert_eq!(Edm::Decimal.read(Scalar::Number("1e999999999".into()), None), Err("a number"));
    }

    #[test]
    fn what_does_not_fit_says_what_would() {
        assert_eq!(Edm::Date.read(Scalar::Text("soon".into()), None), Err("a date such as 2024-01-31"));
        assert_eq!(Edm::String.read(Scalar::Null, None), Ok(None));
    }

    #[test]
    fn texts_of_hosts_become_typed_values() {
        let accept = |edm: Edm, text: &str| edm.accept(&text.into()).map(|value| value.to_string());
        assert_eq!(accept(Edm::Date, "2022-01-01T00:00:00"), Some("2022-01-01".into()));
        assert_eq!(accept(Edm::Boolean, "TRUE"), Some("true".into()));
        assert_eq!(accept(Edm::Int32, "3000000000"), None);
        assert_eq!(accept(Edm::Decimal, "1,5"), None);
    }
}
