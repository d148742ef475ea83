//! Attribute values and their JSON.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bigdecimal::BigDecimal;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ObjectClass, Secret, Text, Uid};

/// The largest integer that every JSON reader keeps exactly.
const MAX_JSON_INTEGER: u64 = 1 << 53;

/// The largest power of ten, up or down, that a decimal may come with: printing one takes as many digits.
const MAX_DECIMAL_SCALE: u64 = 1000;

/// One value of an attribute. What is rare and large is boxed, so that a value is as small as a [`Text`].
///
/// # Examples
///
/// ```
/// # use connector_core::object::Value;
/// let json = r#"["Zoë",7,{"$decimal":"1.50"},{"$date":"2024-01-31"},{"$secret":"Pa55-w0rd"}]"#;
/// let values: Vec<Value> = serde_json::from_str(json)?;
/// assert!(matches!(values[2..4], [Value::Decimal(_), Value::Date(_)]));
/// assert_eq!(serde_json::to_string(&values)?, json.replace("Pa55-w0rd", "[redacted]"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    String(Text),
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, exact.
    Decimal(Box<BigDecimal>),
    /// A calendar day.
    Date(NaiveDate),
    /// A point in time, with the offset that it was given in.
    DateTime(DateTime<FixedOffset>),
    /// Bytes, such as a photo.
    Binary(Box<[u8]>),
    /// A secret text.
    Secret(Secret),
    /// Another object.
    Reference(Box<Reference>),
    /// A value with named parts, each a list of values.
    Complex(Box<BTreeMap<String, Vec<Value>>>),
}

/// A pointer to another object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reference {
    /// The class of that object.
    pub object_class: ObjectClass,
    /// Its uid.
    pub uid: Uid,
}

/// The type of an attribute's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// [`Value::String`]
    String,
    /// [`Value::Boolean`]
    Boolean,
    /// [`Value::Integer`]
    Integer,
    /// [`Value::Decimal`]
    Decimal,
    /// [`Value::Date`]
    Date,
    /// [`Value::DateTime`]
    DateTime,
    /// [`Value::Binary`]
    Binary,
    /// [`Value::Secret`]
    Secret,
    /// [`Value::Reference`]
    Reference,
    /// [`Value::Complex`]
    Complex,
}

impl ValueType {
    /// The name on the wire, for example `date_time`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::DateTime => "date_time",
            Self::Binary => "binary",
            Self::Secret => "secret",
            Self::Reference => "reference",
            Self::Complex => "complex",
        }
    }

    /// What such a value looks like, for messages: `'hiredOn' takes a date such as 2024-01-31`.
    pub fn expected(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::Decimal => "a number",
            Self::Date => "a date such as 2024-01-31",
            Self::DateTime => "a time such as 2024-01-31T12:00:00Z",
            Self::Binary => "bytes in base64",
            Self::Secret => "a secret text",
            Self::Reference => "the uid of an object",
            Self::Complex => "a value with named parts",
        }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Value {
    /// A [`Value::Decimal`].
    pub fn decimal(number: BigDecimal) -> Self {
        Self::Decimal(Box::new(number))
    }

    /// A [`Value::Decimal`] with all the digits of a text. Nothing if it is not a number, or one whose exponent lies so
    /// far out that printing it would take more memory than there is.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        decimal(text).ok().map(Self::decimal)
    }

    /// A [`Value::Binary`].
    pub fn binary(bytes: impl Into<Box<[u8]>>) -> Self {
        Self::Binary(bytes.into())
    }

    /// A [`Value::Reference`] to the object of this class with this uid.
    pub fn reference(object_class: impl Into<ObjectClass>, uid: impl Into<Uid>) -> Self {
        Self::Reference(Box::new(Reference { object_class: object_class.into(), uid: uid.into() }))
    }

    /// A [`Value::Complex`] with these parts.
    pub fn complex(parts: BTreeMap<String, Vec<Self>>) -> Self {
        Self::Complex(Box::new(parts))
    }

    /// The type of this value.
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::String(_) => ValueType::String,
            Self::Boolean(_) => ValueType::Boolean,
            Self::Integer(_) => ValueType::Integer,
            Self::Decimal(_) => ValueType::Decimal,
            Self::Date(_) => ValueType::Date,
            Self::DateTime(_) => ValueType::DateTime,
            Self::Binary(_) => ValueType::Binary,
            Self::Secret(_) => ValueType::Secret,
            Self::Reference(_) => ValueType::Reference,
            Self::Complex(_) => ValueType::Complex,
        }
    }

    /// The text of a [`Value::String`].
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The flag of a [`Value::Boolean`].
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(flag) => Some(*flag),
            _ => None,
        }
    }
}

/// The value as a person or a flat table would see it; a secret shows as `[redacted]`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            Self::Boolean(flag) => write!(f, "{flag}"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Decimal(number) => write!(f, "{}", number.to_plain_string()),
            Self::Date(date) => write!(f, "{date}"),
            Self::DateTime(time) => f.write_str(&iso(time)),
            Self::Binary(bytes) => f.write_str(&STANDARD.encode(bytes)),
            Self::Secret(secret) => write!(f, "{secret}"),
            Self::Reference(reference) => write!(f, "{}", reference.uid),
            Self::Complex(_) => f.write_str(&serde_json::to_string(self).unwrap_or_default()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Boolean(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Secret> for Value {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

/// RFC 3339 with as many digits of the second as there are, and `Z` for UTC.
pub(crate) fn iso(time: &DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

/// What JSON can say without doubt is said plainly; the rest is tagged: `{"$date":"2024-01-31"}`.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(text) => serializer.serialize_str(text),
            Self::Boolean(flag) => serializer.serialize_bool(*flag),
            Self::Integer(number) if number.unsigned_abs() <= MAX_JSON_INTEGER => {
                serializer.serialize_i64(*number)
            }
            Self::Integer(number) => tagged(serializer, "$integer", &number.to_string()),
            Self::Decimal(number) => tagged(serializer, "$decimal", &number.to_plain_string()),
            Self::Date(date) => tagged(serializer, "$date", &date.to_string()),
            Self::DateTime(time) => tagged(serializer, "$date_time", &iso(time)),
            Self::Binary(bytes) => tagged(serializer, "$binary", &STANDARD.encode(bytes)),
            Self::Secret(secret) => secret.serialize(serializer),
            Self::Reference(reference) => tagged(serializer, "$reference", reference),
            Self::Complex(parts) => parts.serialize(serializer),
        }
    }
}

fn tagged<S: Serializer, T: Serialize + ?Sized>(s: S, tag: &str, value: &T) -> Result<S::Ok, S::Error> {
    let mut map = s.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_json(serde_json::Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn from_json(json: serde_json::Value) -> Result<Value, String> {
    use serde_json::Value as Json;
    match json {
        Json::String(text) => Ok(Value::from(text)),
        Json::Bool(flag) => Ok(Value::Boolean(flag)),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Ok(Value::Integer(integer)),
            None if is_rounded(&number) => Err(too_long(&number)),
            None => decimal(&number.to_string()).map(Value::decimal),
        },
        Json::Object(map) if map.len() == 1 && map.keys().all(|key| key.starts_with('$')) => {
            map.into_iter().next().map_or_else(|| Err("empty".into()), |(tag, inner)| untag(&tag, inner))
        }
        Json::Object(map) => {
            let parts: Result<BTreeMap<_, _>, _> =
                map.into_iter().map(|(name, part)| Ok((name, part_values(part)?))).collect();
            parts.map(Value::complex)
        }
        Json::Null => Err("null is not a value; give an empty list to say that there is none".into()),
        Json::Array(_) => Err("a list is not a value; only an attribute has a list".into()),
    }
}

/// The most digits that a JSON number keeps for certain, whoever reads it.
const MAX_JSON_DIGITS: usize = 17;

/// Whether a JSON number may have had more digits than are left of it.
fn is_rounded(number: &serde_json::Number) -> bool {
    let digits = |text: String| text.split(['e', 'E']).next().map_or(0, count_digits);
    !number.is_u64() && (digits(number.to_string()) >= MAX_JSON_DIGITS || is_beyond_integers(number))
}

fn count_digits(mantissa: &str) -> usize {
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').len()
}

/// A whole number that no integer type holds: how it was written is lost.
fn is_beyond_integers(number: &serde_json::Number) -> bool {
    number.as_f64().is_some_and(|number| number.abs() >= 2_f64.powi(53))
}

fn too_long(number: &serde_json::Number) -> String {
    format!("the number {number} may have lost digits on its way; write it as {{\"$decimal\":\"…\"}}")
}

fn part_values(json: serde_json::Value) -> Result<Vec<Value>, String> {
    match json {
        serde_json::Value::Array(values) => values.into_iter().map(from_json).collect(),
        single => Ok(vec![from_json(single)?]),
    }
}

fn untag(tag: &str, inner: serde_json::Value) -> Result<Value, String> {
    if tag == "$reference" {
        let reference = serde_json::from_value(inner);
        return reference.map(Value::Reference).map_err(|e| format!("$reference: {e}"));
    }
    let serde_json::Value::String(text) = inner else {
        return Err(format!("{tag} takes a string"));
    };
    let bad = |what: &str| format!("{tag}: '{text}' is not {what}");
    match tag {
        "$integer" => text.parse().map(Value::Integer).map_err(|_| bad("a whole number of 64 bits")),
        "$decimal" => decimal(&text).map(Value::decimal),
        "$date" => text.parse().map(Value::Date).map_err(|_| bad("a date such as 2024-01-31")),
        "$date_time" => DateTime::parse_from_rfc3339(&text)
            .map(Value::DateTime)
            .map_err(|_| bad("a time such as 2024-01-31T12:00:00Z")),
        "$binary" => STANDARD.decode(&text).map(Value::binary).map_err(|_| bad("base64")),
        "$secret" => Ok(Value::Secret(Secret::new(text))),
        _ => Err(format!(
            "unknown tag '{tag}'; known are $integer, $decimal, $date, $date_time, $binary, $secret and $reference"
        )),
    }
}

/// A number with all its digits, unless its exponent lies so far out that printing it would take more memory than there
/// is.
pub(crate) fn decimal(text: &str) -> Result<BigDecimal, String> {
    let number: BigDecimal = text.parse().map_err(|_| format!("'{text}' is not a decimal number"))?;
    if number.fractional_digit_count().unsigned_abs() > MAX_DECIMAL_SCALE {
        return Err(format!("'{text}' has an exponent beyond {MAX_DECIMAL_SCALE}"));
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Attribute;

    #[track_caller]
    fn check(value: Value, json: &str) {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<Value>(json).unwrap(), value);
    }

    #[test]
    fn values_keep_their_type_in_json() {
        check("Zoë".into(), r#""Zoë""#);
        check(true.into(), "true");
        check(Value::Integer(42), "42");
        check(Value::Integer(i64::MAX), r#"{"$integer":"9223372036854775807"}"#);
        check(Value::decimal("79860.10".parse().unwrap()), r#"{"$decimal":"79860.10"}"#);
        check(Value::Date(NaiveDate::from_ymd_opt(1969, 7, 20).unwrap()), r#"{"$date":"1969-07-20"}"#);
        check(
            Value::DateTime(DateTime::parse_from_rfc3339("2024-01-31T12:00:00Z").unwrap()),
            r#"{"$date_time":"2024-01-31T12:00:00Z"}"#,
        );
        check(Value::binary([1, 2, 255]), r#"{"$binary":"AQL/"}"#);
        check(Value::reference("User", "boss"), r#"{"$reference":{"object_class":"User","uid":"boss"}}"#);
        let parts = BTreeMap::from([("type".to_owned(), vec!["B".into()])]);
        check(Value::complex(parts), r#"{"type":["B"]}"#);
    }

    /// A page of a thousand people makes, moves and drops a hundred thousand of these; one large variant makes all of them large.
    #[test]
    fn values_and_attributes_are_small() {
        assert!(size_of::<Value>() <= 32, "{}", size_of::<Value>());
        assert!(size_of::<Attribute>() <= 72, "{}", size_of::<Attribute>());
    }

    /// A JSON number is read as a double: what it may have lost is refused and not rounded.
    #[test]
    fn a_number_that_may_have_lost_digits_is_refused() {
        for text in ["12345678901234567891234", "1e300", "0.12345678901234567", "-98765432109876543210.5"] {
            let error = serde_json::from_str::<Value>(text).unwrap_err().to_string();
            assert!(error.contains("$decimal"), "{text}: {error}");
        }
        check(
            Value::decimal("12345678901234567891".parse().unwrap()),
            r#"{"$decimal":"12345678901234567891"}"#,
        );
        for (text, kept) in
            [("12345678901234567891", "12345678901234567891"), ("0.1", "0.1"), ("-2.50", "-2.5")]
        {
            assert_eq!(serde_json::from_str::<Value>(text).unwrap().to_string(), kept);
        }
    }

    #[test]
    fn a_decimal_keeps_its_digits_and_cannot_be_endless() {
        let text = |text: &str| Value::parse_decimal(text).map(|value| value.to_string());
        assert_eq!(text("79860.10").as_deref(), Some("79860.10"));
        assert_eq!(text("0.1234567890123456789012").as_deref(), Some("0.1234567890123456789012"));
        assert_eq!(
            (text("1e999999999"), text("1e-999999999"), text("1,5"), text("")),
            (None, None, None, None)
        );
    }

    #[test]
    fn a_wrong_value_says_what_is_expected() {
        let error = serde_json::from_str::<Value>(r#"{"$date":"31.01.2024"}"#).unwrap_err().to_string();
        assert_eq!(error, "$date: '31.01.2024' is not a date such as 2024-01-31");
        let error = serde_json::from_str::<Value>(r#"{"$money":"1"}"#).unwrap_err().to_string();
        assert!(error.starts_with("unknown tag '$money'"), "{error}");
        let error = serde_json::from_str::<Value>(r#"{"$decimal":"1e999999999"}"#).unwrap_err().to_string();
        assert_eq!(error, "'1e999999999' has an exponent beyond 1000");
    }

    #[test]
    fn a_secret_value_does_not_survive_serialization() {
        assert_eq!(serde_json::to_string(&Value::Secret("x".into())).unwrap(), r#"{"$secret":"[redacted]"}"#);
    }
}
