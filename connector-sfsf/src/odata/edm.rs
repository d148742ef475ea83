//! The primitive types of OData V2 and their values in JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_core::object::{Text, Value, ValueType};
use serde_json::Value as Json;

use super::date;

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
    /// A day (`sap:display-format="Date"`).
    Date,
    /// A time without offset: local time of the tenant's server, written as if it were UTC (KBA 2933028).
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

    /// Reads a scalar of an answer; `Err` says what it should have been.
    pub fn read(self, scalar: Scalar<'_>) -> Result<Option<Value>, &'static str> {
        let value = match (self, scalar) {
            (_, Scalar::Null) => return Ok(None),
            (_, Scalar::Text(text)) => self.read_text(&text),
            (Self::String, scalar) => scalar.into_text().map(Value::String),
            (Self::Boolean, Scalar::Boolean(flag)) => Some(Value::Boolean(flag)),
            (Self::Int32 | Self::Int64, Scalar::Integer(number)) => Some(Value::Integer(number)),
            (Self::Decimal, scalar) => scalar.into_text().and_then(|text| self.read_text(&text)),
            _ => None,
        };
        value.map(Some).ok_or(self.expected())
    }

    /// Reads a text of an answer; nothing if it does not stand for a value of this type.
    pub fn read_text(self, text: &str) -> Option<Value> {
        match self {
            Self::String => Some(text.into()),
            // UserAccount and some custom fields spell flags out.
            Self::Boolean if text.eq_ignore_ascii_case("true") => Some(true.into()),
            Self::Boolean if text.eq_ignore_ascii_case("false") => Some(false.into()),
            Self::Boolean => None,
            Self::Int32 | Self::Int64 => text.parse().ok().map(Value::Integer),
            Self::Decimal => text.parse().ok().map(Value::decimal),
            Self::Date => date::parse(text).map(|time| Value::Date(time.date_naive())),
            Self::DateTime | Self::DateTimeOffset => {
                date::parse(text).map(|time| Value::DateTime(time.fixed_offset()))
            }
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

    /// Writes a value, of this type already, into a payload.
    pub fn write(self, value: &Value) -> Json {
        match value {
            Value::Boolean(flag) => Json::Bool(*flag),
            Value::Integer(number) if self == Self::Int32 => Json::from(*number),
            Value::Date(day) => Json::String(date::write_day(*day)),
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
    Integer(i64),
    Number(f64),
    Text(std::borrow::Cow<'a, str>),
}

impl Scalar<'_> {
    /// As a text; null is none.
    pub fn into_text(self) -> Option<Text> {
        match self {
            Self::Null => None,
            Self::Boolean(flag) => Some(flag.to_string().into()),
            Self::Integer(number) => Some(number.to_string().into()),
            Self::Number(number) => Some(number.to_string().into()),
            Self::Text(text) => Some(text.into()),
        }
    }
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
        assert_eq!(edm.read(scalar).unwrap().unwrap().to_string(), expected);
    }

    #[test]
    fn numbers_that_come_as_strings_are_numbers() {
        check(Edm::Int64, Scalar::Text("9007199254740993".into()), "9007199254740993");
        check(Edm::Decimal, Scalar::Text("79860.0".into()), "79860.0");
        check(Edm::Decimal, Scalar::Number(0.5), "0.5");
        check(Edm::Int32, Scalar::Integer(3), "3");
    }

    #[test]
    fn days_lose_their_time_and_times_keep_it() {
        let noon = Scalar::Text("/Date(1583150400000)/".into());
        check(Edm::Date, noon.clone(), "2020-03-02");
        check(Edm::DateTime, noon, "2020-03-02T12:00:00Z");
    }

    #[test]
    fn what_does_not_fit_says_what_would() {
        assert_eq!(Edm::Date.read(Scalar::Text("soon".into())), Err("a date such as 2024-01-31"));
        assert_eq!(Edm::String.read(Scalar::Null), Ok(None));
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
