//! The functions and comparisons of `$filter`.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::state::condition::{Compare, Function};
use crate::state::model::EdmType;
use crate::state::store::Value;

impl Compare {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }

    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
        }
    }
}

impl Function {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "startswith" => Self::StartsWith,
            "endswith" => Self::EndsWith,
            "substringof" => Self::SubstringOf,
            "tolower" => Self::ToLower,
            "toupper" => Self::ToUpper,
            "trim" => Self::Trim,
            "length" => Self::Length,
            "indexof" => Self::IndexOf,
            "substring" => Self::Substring,
            "replace" => Self::Replace,
            "concat" => Self::Concat,
            "add" => Self::Add,
            "sub" => Self::Sub,
            "mul" => Self::Mul,
            "div" => Self::Div,
            "mod" => Self::Mod,
            _ => return None,
        })
    }

    pub(crate) fn takes(self, count: usize) -> bool {
        match self {
            Self::ToLower | Self::ToUpper | Self::Trim | Self::Length => count == 1,
            Self::Substring => count == 2 || count == 3,
            Self::Replace => count == 3,
            _ => count == 2,
        }
    }

    pub(super) fn apply<'a>(self, values: &[Value<'a>]) -> Value<'a> {
        match values {
            [one] => self.one(one),
            [left, right] => self.two(left, right),
            [text, from, to] => self.three(text, from, to),
            _ => Value::Null,
        }
    }

    fn one<'a>(self, value: &Value<'a>) -> Value<'a> {
        let Some(text) = value.as_text() else { return Value::Null };
        match self {
            Self::ToLower => Value::Text(Cow::Owned(text.to_lowercase())),
            Self::ToUpper => Value::Text(Cow::Owned(text.to_uppercase())),
            Self::Trim => Value::Text(Cow::Owned(text.trim().to_owned())),
            _ => number(text.chars().count()),
        }
    }

    fn two<'a>(self, left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
        if self.kind() == EdmType::Double {
            return self.arithmetic(left, right);
        }
        let Some(text) = left.as_text() else { return Value::Null };
        if let (Self::Substring, Some(from)) = (self, right.as_number()) {
            return cut(text, from, None);
        }
        let Some(other) = right.as_text() else { return Value::Null };
        match self {
            Self::StartsWith => Value::Bool(text.starts_with(other)),
            Self::EndsWith => Value::Bool(text.ends_with(other)),
            // The needle comes first in OData V2.
            Self::SubstringOf => Value::Bool(other.contains(text)),
            Self::Concat => Value::Text(Cow::Owned(format!("{text}{other}"))),
            Self::IndexOf => match text.find(other) {
                Some(at) => number(text[..at].chars().count()),
                None => Value::Int(-1),
            },
            _ => Value::Null,
        }
    }

    fn three<'a>(self, text: &Value<'a>, second: &Value<'a>, third: &Value<'a>) -> Value<'a> {
        let Some(text) = text.as_text() else { return Value::Null };
        match (self, second.as_text(), third.as_text()) {
            (Self::Replace, Some(from), Some(to)) => Value::Text(Cow::Owned(text.replace(from, to))),
            _ => match (second.as_number(), third.as_number()) {
                (Some(from), Some(length)) => cut(text, from, Some(length)),
                _ => Value::Null,
            },
        }
    }

    fn arithmetic<'a>(self, left: &Value<'_>, right: &Value<'_>) -> Value<'a> {
        let (Some(left), Some(right)) = (left.as_number(), right.as_number()) else { return Value::Null };
        Value::Float(match self {
            Self::Add => left + right,
            Self::Sub => left - right,
            Self::Mul => left * right,
            Self::Div => left / right,
            _ => left % right,
        })
    }
}

fn number<'a>(count: usize) -> Value<'a> {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positions saturate")]
fn cut<'a>(text: &str, from: f64, length: Option<f64>) -> Value<'a> {
    let letters = text.chars().skip(from as usize);
    Value::Text(Cow::Owned(match length {
        Some(length) => letters.take(length as usize).collect(),
        None => letters.collect(),
    }))
}
