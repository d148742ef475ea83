//! The value of a cell.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::state::store::decimal;

/// A cell's value. Times are milliseconds since 1970 as they appear on the wire.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    /// A number as it is written, which is more exact than a floating one.
    Decimal(Cow<'a, str>),
    Bool(bool),
    Int(i64),
    Float(f64),
    Time(i64),
}

impl<'a> Value<'a> {
    pub(crate) fn borrowed(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    #[expect(clippy::cast_precision_loss, reason = "filters compute in floating point")]
    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Decimal(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// How two values of the same type compare; `None` for values that do not.
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(left), Self::Text(right)) => Some(left.cmp(right)),
            (Self::Decimal(left), Self::Decimal(right)) => decimal::order(left, right),
            (Self::Int(left), Self::Decimal(right)) => decimal::order(&left.to_string(), right),
            (Self::Decimal(left), Self::Int(right)) => decimal::order(left, &right.to_string()),
            (Self::Bool(left), Self::Bool(right)) => Some(left.cmp(right)),
            (Self::Time(left), Self::Time(right)) | (Self::Int(left), Self::Int(right)) => {
                Some(left.cmp(right))
            }
            _ => self.as_number()?.partial_cmp(&other.as_number()?),
        }
    }

    /// A total order for sorting; nulls come first.
    pub(crate) fn rank(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Null, Self::Null) => Ordering::Equal,
            (Self::Null, _) => Ordering::Less,
            (_, Self::Null) => Ordering::Greater,
            _ => self.order(other).unwrap_or(Ordering::Equal),
        }
    }

    /// A copy that borrows nothing.
    pub(crate) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Decimal(text) => Value::Decimal(Cow::Owned(text.into_owned())),
            Self::Bool(flag) => Value::Bool(flag),
            Self::Int(number) => Value::Int(number),
            Self::Float(number) => Value::Float(number),
            Self::Time(millis) => Value::Time(millis),
        }
    }
}
