//! The meaning of a filter.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::coerce::{compare, matchable_text};
use super::{Comparison, Filter, Matching};
use crate::object::{AttributeName, ConnectorObject, Value, special};

impl Filter {
    /// Whether the object satisfies the filter.
    ///
    /// A literal is read as the type of the value that it meets: `'2022-01-01T00:00:00'` is a time
    /// (UTC, as there is no offset) beside a time, and a text beside a text. What makes no sense as
    /// that type satisfies nothing. Secrets count as absent.
    ///
    /// ```
    /// use connector_core::Filter;
    /// use connector_core::object::{Attribute, ConnectorObject};
    ///
    /// let person = ConnectorObject {
    ///     object_class: "Person".into(),
    ///     uid: "7".into(),
    ///     name: "zoe".into(),
    ///     attributes: vec![Attribute::single("age", 44)],
    /// };
    /// assert!(Filter::parse("__NAME__ eq 'zoe' and age ge '44'")?.matches(&person));
    /// assert!(!Filter::parse("city ne null")?.matches(&person));
    /// # Ok::<(), connector_core::filter::FilterSyntaxError>(())
    /// ```
    pub fn matches(&self, object: &ConnectorObject) -> bool {
        self.matches_with(|name| values_of(object, name))
    }

    /// The same for something that is no object yet: `values` gives the values under a name.
    pub fn matches_with<'a>(&self, values: impl Fn(&AttributeName) -> Cow<'a, [Value]>) -> bool {
        self.holds(&values)
    }

    fn holds<'a>(&self, values: &impl Fn(&AttributeName) -> Cow<'a, [Value]>) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(values)),
            Self::Not(part) => !part.holds(values),
            Self::Compare { attribute, comparison, value } => {
                values(attribute).iter().any(|present| comparison.holds(present, value))
            }
            Self::Text { attribute, matching, text } => {
                values(attribute).iter().any(|present| matching.holds(present, text))
            }
            Self::In { attribute, values: wanted } => {
                values(attribute).iter().any(|present| wanted.iter().any(|value| equal(present, value)))
            }
            Self::ContainsAll { attribute, values: wanted } => {
                let present = values(attribute);
                wanted.iter().all(|value| present.iter().any(|present| equal(present, value)))
            }
            Self::Present(attribute) => values(attribute).iter().any(is_visible),
        }
    }
}

impl Comparison {
    fn holds(self, present: &Value, literal: &Value) -> bool {
        compare(present, literal).is_some_and(|ordering| match self {
            Self::Equal => ordering == Ordering::Equal,
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering != Ordering::Less,
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering != Ordering::Greater,
        })
    }
}

impl Matching {
    fn holds(self, present: &Value, text: &str) -> bool {
        // `startswith(a, '')` is how hosts without a presence filter ask for presence, of any type.
        if self == Self::StartsWith && text.is_empty() {
            return is_visible(present);
        }
        matchable_text(present).is_some_and(|present| match self {
            Self::EqualsIgnoreCase => present.to_lowercase() == text.to_lowercase(),
            Self::StartsWith => present.starts_with(text),
            Self::EndsWith => present.ends_with(text),
            Self::Contains => present.contains(text),
        })
    }
}

fn equal(present: &Value, literal: &Value) -> bool {
    compare(present, literal) == Some(Ordering::Equal)
}

fn is_visible(value: &Value) -> bool {
    !matches!(value, Value::Secret(_))
}

/// Like [`ConnectorObject::values_of`], but borrows what it can: this runs for every object of an import.
fn values_of<'a>(object: &'a ConnectorObject, name: &AttributeName) -> Cow<'a, [Value]> {
    if name.is(special::UID) || name.is(special::NAME) {
        object.values_of(name).into()
    } else {
        object.values(name.as_str()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Attribute;

    fn person() -> ConnectorObject {
        ConnectorObject {
            object_class: "Person".into(),
            uid: "7".into(),
            name: "jdoe".into(),
            attributes: vec![
                Attribute::single("lastName", "Straße"),
                Attribute::new("skills", vec!["rust".into(), "sql".into()]),
                Attribute::single("age", 44),
                Attribute::single("password", Value::Secret("Pa55".into())),
                Attribute::new("nickname", vec![]),
            ],
        }
    }

    #[track_caller]
    fn check(filter: &str, expected: bool) {
        assert_eq!(Filter::parse(filter).unwrap().matches(&person()), expected, "{filter}");
    }

    #[test]
    fn a_leaf_holds_if_any_value_satisfies_it() {
        check("skills eq 'sql'", true);
        check("skills ne 'sql'", false);
        check("skills in ('java','rust')", true);
        check("contains_all(skills,'sql','rust')", true);
        check("contains_all(skills,'sql','java')", false);
        check("age gt 43 and age le '44'", true);
    }

    #[test]
    fn uid_and_name_are_attributes_too() {
        check("__UID__ eq '7' and __name__ eq 'jdoe'", true);
        check("__UID__ eq 'jdoe'", false);
    }

    #[test]
    fn texts_match_by_part_and_without_case() {
        check("startswith(lastName,'Str') and endswith(lastName,'e') and contains(lastName,'aß')", true);
        check("startswith(lastName,'str')", false);
        check("equals_ignore_case(lastName,'STRAßE')", true);
        check("startswith(age,'4')", false);
    }

    #[test]
    fn presence_is_having_a_value() {
        check("present(age) and startswith(age,'')", true);
        check("present(nickname)", false);
        check("city eq null", true);
    }

    #[test]
    fn a_secret_matches_nothing() {
        check("password eq 'Pa55'", false);
        check("password eq '[redacted]'", false);
        check("present(password)", false);
        check("startswith(password,'')", false);
    }

    #[test]
    fn nothing_is_true_of_all_and_false_of_any() {
        check("all()", true);
        check("any()", false);
        check("not all()", false);
    }
}
