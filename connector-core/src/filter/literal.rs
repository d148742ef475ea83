//! What a filter compares values with, and whether such values can exist.

use super::coerce::is_comparable;
use super::{Filter, Matching};
use crate::error::{Error, Result};
use crate::object::{AttributeName, Value, ValueType};

/// What a condition compares the values of an attribute with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal<'a> {
    /// A value.
    Value(&'a Value),
    /// A part or a form of a text.
    Text(Matching, &'a str),
}

impl Filter {
    /// Everything that the filter compares with, each beside its attribute, in the order of appearance.
    pub fn literals(&self) -> Vec<(&AttributeName, Literal<'_>)> {
        let mut literals = Vec::new();
        self.collect_literals(&mut literals);
        literals
    }

    fn collect_literals<'a>(&'a self, literals: &mut Vec<(&'a AttributeName, Literal<'a>)>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                parts.iter().for_each(|part| part.collect_literals(literals));
            }
            Self::Not(part) => part.collect_literals(literals),
            Self::Compare { attribute, value, .. } => literals.push((attribute, Literal::Value(value))),
            Self::Text { attribute, matching, text } => {
                literals.push((attribute, Literal::Text(*matching, text)));
            }
            Self::In { attribute, values } | Self::ContainsAll { attribute, values } => {
                literals.extend(values.iter().map(|value| (attribute, Literal::Value(value))));
            }
            Self::Present(_) => {}
        }
    }
}

impl Literal<'_> {
    /// Refuses what no value of this type compares with: a filter that nobody can satisfy is a mistake, and "nobody"
    /// would be taken for an answer. `takes` says what the attribute takes instead, as a save does.
    ///
    /// # Errors
    ///
    /// [`InvalidAttribute`](crate::ErrorKind::InvalidAttribute), with the sentence of [`Error::wrong_value`].
    pub fn check(self, name: &AttributeName, value_type: ValueType, takes: &str) -> Result<()> {
        match self {
            Self::Value(value) if is_comparable(value_type, value) => Ok(()),
            Self::Value(_) => Err(Error::wrong_value(name, takes)),
            // How hosts without a presence filter ask for presence, of any type.
            Self::Text(Matching::StartsWith, "") => Ok(()),
            Self::Text(..) if matches!(value_type, ValueType::String | ValueType::Reference) => Ok(()),
            Self::Text(matching, _) => {
                Err(Error::wrong_value(name, &format!("{takes}, and {} compares texts", matching.function())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(filter: &str, value_type: ValueType, refusal: Option<&str>) {
        let filter = Filter::parse(filter).unwrap();
        let mut literals = filter.literals().into_iter();
        let checked =
            literals.try_for_each(|(name, literal)| literal.check(name, value_type, value_type.expected()));
        assert_eq!(checked.err().map(|error| error.message().to_owned()).as_deref(), refusal, "{filter}");
    }

    #[test]
    fn a_literal_of_another_type_is_refused_wherever_it_stands() {
        let date = Some("'a' takes a date such as 2024-01-31");
        for filter in [
            "a eq 'soon'",
            "not (a ge '2024-13-01')",
            "a in ('2024-01-31','soon')",
            "contains_all(a,'soon')",
            "present(a) and (a eq '2024-01-31' or a lt 5)",
            "a ne ''",
            "a eq true",
        ] {
            check(filter, ValueType::Date, date);
        }
        check("a eq 'yes'", ValueType::Boolean, Some("'a' takes true or false"));
        check("a gt 5.5", ValueType::Integer, Some("'a' takes a whole number"));
        check("a eq true", ValueType::Reference, Some("'a' takes the uid of an object"));
        check("a eq 'x'", ValueType::Complex, Some("'a' takes a value with named parts"));
    }

    #[test]
    fn functions_on_texts_are_refused_for_what_is_none() {
        let date = Some("'a' takes a date such as 2024-01-31, and startswith compares texts");
        check("startswith(a,'2024')", ValueType::Date, date);
        check(
            "contains(a,'5')",
            ValueType::Integer,
            Some("'a' takes a whole number, and contains compares texts"),
        );
        check("startswith(a,'')", ValueType::Date, None);
        check("endswith(a,'x')", ValueType::Reference, None);
    }

    #[test]
    fn a_literal_in_another_spelling_of_its_type_is_taken() {
        check("a ge '2024-01-31T00:00:00+01:00' and a lt '2024-02-01'", ValueType::Date, None);
        check("a in ('5',5,'5.0')", ValueType::Integer, None);
        check("a eq 'TRUE' or present(a) or a eq null", ValueType::Boolean, None);
        check("a eq 5", ValueType::String, None);
    }
}
