//! The text form of a filter, written.

use std::fmt::{self, Display, Formatter, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::token::{begins_name, is_in_name};
use super::{Comparison, Filter, Matching};
use crate::object::{AttributeName, Value, iso};

/// Words that a name must not be taken for.
const KEYWORDS: [&str; 13] =
    ["and", "or", "not", "in", "eq", "ne", "gt", "ge", "lt", "le", "null", "true", "false"];

/// The text form. [`Filter::parse`] reads it back as the very same filter, if its values are texts,
/// booleans, numbers, dates, times and bytes. The other values have no literal: a secret prints as
/// `'[redacted]'`, a reference as its uid, a complex value as its JSON, all of them as texts.
impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => chain(f, "and", "all", parts),
            Self::Or(parts) => chain(f, "or", "any", parts),
            Self::Not(part) => negation(f, part),
            Self::Compare { attribute, comparison, value } => {
                write!(f, "{} {} {}", Name(attribute), comparison.word(), Literal(value))
            }
            Self::Text { attribute, matching, text } => {
                write!(f, "{}({},{})", matching.function(), Name(attribute), Quoted(text, '\''))
            }
            Self::In { attribute, values } => write!(f, "{} in ({})", Name(attribute), List(values)),
            Self::ContainsAll { attribute, values } if values.is_empty() => {
                write!(f, "contains_all({})", Name(attribute))
            }
            Self::ContainsAll { attribute, values } => {
                write!(f, "contains_all({},{})", Name(attribute), List(values))
            }
            Self::Present(attribute) => write!(f, "present({})", Name(attribute)),
        }
    }
}

impl Comparison {
    fn word(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
        }
    }
}

impl Matching {
    /// The name of its function in the text form.
    pub(super) fn function(self) -> &'static str {
        match self {
            Self::EqualsIgnoreCase => "equals_ignore_case",
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
            Self::Contains => "contains",
        }
    }
}

/// Fewer than two parts have nothing to stand between, and are written as a function.
fn chain(f: &mut Formatter<'_>, keyword: &str, function: &str, parts: &[Filter]) -> fmt::Result {
    if let [] | [_] = parts {
        write!(f, "{function}(")?;
        parts.iter().try_for_each(|part| part.fmt(f))?;
        return f.write_char(')');
    }
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            write!(f, " {keyword} ")?;
        }
        operand(f, part)?;
    }
    Ok(())
}

/// A part, in parentheses if it is a chain itself. `and` inside `or` could do without, but not everybody
/// who reads it knows that.
fn operand(f: &mut Formatter<'_>, part: &Filter) -> fmt::Result {
    match part {
        Filter::And(parts) | Filter::Or(parts) if parts.len() > 1 => write!(f, "({part})"),
        part => part.fmt(f),
    }
}

fn negation(f: &mut Formatter<'_>, part: &Filter) -> fmt::Result {
    match part {
        Filter::Compare { attribute, comparison: Comparison::Equal, value } => {
            write!(f, "{} ne {}", Name(attribute), Literal(value))
        }
        Filter::Compare { .. } | Filter::In { .. } => write!(f, "not ({part})"),
        part => {
            f.write_str("not ")?;
            operand(f, part)
        }
    }
}

/// An attribute name, in double quotes if it could be taken for something else.
struct Name<'a>(&'a AttributeName);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = self.0.as_str();
        let is_plain = name.starts_with(begins_name) && name.chars().all(is_in_name);
        if is_plain && !KEYWORDS.iter().any(|word| self.0.is(word)) {
            f.write_str(name)
        } else {
            Quoted(name, '"').fmt(f)
        }
    }
}

/// A text in quotes; quotes in it are doubled.
struct Quoted<'a>(&'a str, char);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(text, quote) = *self;
        f.write_char(quote)?;
        for c in text.chars() {
            f.write_char(c)?;
            if c == quote {
                f.write_char(c)?;
            }
        }
        f.write_char(quote)
    }
}

struct Literal<'a>(&'a Value);

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Boolean(_) | Value::Integer(_) => self.0.fmt(f),
            Value::Decimal(number) => {
                let digits = number.to_plain_string();
                let point = if digits.contains('.') { "" } else { ".0" };
                write!(f, "{digits}{point}")
            }
            Value::Date(date) => write!(f, "date'{date}'"),
            Value::DateTime(time) => write!(f, "datetimeoffset'{}'", iso(time)),
            Value::Binary(bytes) => write!(f, "binary'{}'", STANDARD.encode(bytes)),
            Value::String(text) => Quoted(text, '\'').fmt(f),
            Value::Secret(_) | Value::Reference(_) | Value::Complex(_) => {
                Quoted(&self.0.to_string(), '\'').fmt(f)
            }
        }
    }
}

struct List<'a>(&'a [Value]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (place, value) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_char(',')?;
            }
            Literal(value).fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_without_a_literal_print_as_texts_and_secrets_not_at_all() {
        let filter = Filter::equal("manager", Value::reference("Person", "bo'ss"))
            .and(Filter::equal("password", Value::Secret("Pa55".into())));
        assert_eq!(filter.to_string(), "manager eq 'bo''ss' and password eq '[redacted]'");
    }
}
