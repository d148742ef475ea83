//! Filters: which objects are meant.
//!
//! A filter has a tree ([`Filter`]), a text form ([`Filter::parse`], `Display`), a JSON form (serde)
//! and a meaning ([`Filter::matches`]). The meaning is the measure: whatever a target does with a
//! filter, the objects that come out are those that match here.

mod coerce;
mod evaluate;
mod function;
mod json;
mod literal;
mod moment;
mod parse;
mod print;
mod syntax_error;
mod token;

pub(crate) use coerce::compare;
pub use literal::Literal;
pub use syntax_error::FilterSyntaxError;

use crate::object::{AttributeName, Value};

/// How deep a filter may be nested that comes from outside, as text or as JSON. What follows a filter
/// down (evaluation, translation, even forgetting it) uses stack for every level. A JSON reader stops
/// at 128 levels, of which a filter needs two for each of its own.
pub const MAX_DEPTH: usize = 50;

/// A condition on an object.
///
/// A leaf is true if *any* value of the attribute satisfies it, and false if there is no value.
///
/// # Examples
///
/// ```
/// use connector_core::Filter;
/// use connector_core::object::{Attribute, ConnectorObject};
///
/// let filter = Filter::parse("title eq 'Engineer' and not (floor lt 3)")?;
/// // What is printed is the same filter when it is read.
/// assert_eq!(Filter::parse(&filter.to_string())?, filter);
///
/// let mut person = ConnectorObject {
///     object_class: "Person".into(),
///     uid: "7".into(),
///     name: "zoe".into(),
///     attributes: vec![Attribute::single("title", "Engineer"), Attribute::single("floor", 5)],
/// };
/// assert!(filter.matches(&person));
/// person.attributes[1] = Attribute::single("floor", 2);
/// assert!(!filter.matches(&person));
/// # Ok::<(), connector_core::filter::FilterSyntaxError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of them; true if there are none.
    And(Vec<Filter>),
    /// One of them; false if there are none.
    Or(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// A value compares with this one so.
    Compare {
        /// The attribute.
        attribute: AttributeName,
        /// How it compares.
        comparison: Comparison,
        /// With what.
        value: Value,
    },
    /// A text compares with this one so.
    Text {
        /// The attribute.
        attribute: AttributeName,
        /// How it compares.
        matching: Matching,
        /// With what.
        text: String,
    },
    /// A value is one of these.
    In {
        /// The attribute.
        attribute: AttributeName,
        /// The values.
        values: Vec<Value>,
    },
    /// Each of these is a value of the attribute.
    ContainsAll {
        /// The attribute.
        attribute: AttributeName,
        /// The values.
        values: Vec<Value>,
    },
    /// There is a value.
    Present(AttributeName),
}

/// How two values compare. Texts compare with case, by Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`
    Equal,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
}

/// How a text compares with a part or a form of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// `equals_ignore_case`
    EqualsIgnoreCase,
    /// `startswith`
    StartsWith,
    /// `endswith`
    EndsWith,
    /// `contains`
    Contains,
}

impl Filter {
    /// `attribute eq value`
    pub fn equal(attribute: impl Into<AttributeName>, value: impl Into<Value>) -> Self {
        Self::compare(attribute, Comparison::Equal, value)
    }

    /// `attribute <comparison> value`
    pub fn compare(
        attribute: impl Into<AttributeName>,
        comparison: Comparison,
        value: impl Into<Value>,
    ) -> Self {
        Self::Compare { attribute: attribute.into(), comparison, value: value.into() }
    }

    /// `attribute <matching> text`
    pub fn text(attribute: impl Into<AttributeName>, matching: Matching, text: impl Into<String>) -> Self {
        Self::Text { attribute: attribute.into(), matching, text: text.into() }
    }

    /// `attribute in (values)`
    pub fn one_of(attribute: impl Into<AttributeName>, values: Vec<Value>) -> Self {
        Self::In { attribute: attribute.into(), values }
    }

    /// This and that.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::And(mut parts) => {
                parts.push(other);
                Self::And(parts)
            }
            first => Self::And(vec![first, other]),
        }
    }

    /// Not this.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Every attribute that the filter looks at, each once, in the order of appearance.
    pub fn attributes(&self) -> Vec<&AttributeName> {
        let mut names = Vec::new();
        self.collect_attributes(&mut names);
        names
    }

    /// How many conditions stand inside each other; 1 for a condition alone.
    pub fn depth(&self) -> usize {
        let inner = match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Not(part) => part.depth(),
            _ => 0,
        };
        inner + 1
    }

    fn collect_attributes<'a>(&'a self, names: &mut Vec<&'a AttributeName>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                parts.iter().for_each(|part| part.collect_attributes(names))
            }
            Self::Not(part) => part.collect_attributes(names),
            Self::Compare { attribute, .. }
            | Self::Text { attribute, .. }
            | Self::In { attribute, .. }
            | Self::ContainsAll { attribute, .. }
            | Self::Present(attribute) => {
                if !names.contains(&attribute) {
                    names.push(attribute);
                }
            }
        }
    }
}
