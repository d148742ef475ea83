//! Whether an object is active: a property with few values, of which each means something.

use std::borrow::Cow;

use connector_core::filter::{Literal, Matching};
use connector_core::object::{AttributeName, Presence, Text, Value, ValueType};
use connector_core::{Error, Filter};

use crate::odata::literal;

/// The property that says whether an object is active, and all that it may say.
#[derive(Debug)]
pub(crate) struct StateRule {
    pub property: &'static str,
    pub values: &'static [StateValue],
    /// The tenant leaves out objects of a state that no condition names, so every condition names those that there are,
    /// and one of a state that nobody knows is in no list. Otherwise the state is filtered by like any other property.
    pub must_be_named: bool,
    /// What follows from the state, as attributes of their own.
    pub views: &'static [StateView],
    /// What an object is that has no state yet.
    pub first: &'static str,
    /// Texts for people: what a wrong value is told, and what to do about a state that nobody knows.
    pub example: &'static str,
    pub unknown_advice: &'static str,
}

/// A value of the property.
#[derive(Debug, PartialEq)]
pub(crate) struct StateValue {
    /// As the tenant writes it. Case matters.
    pub text: &'static str,
    /// What the tenant takes for it besides, without regard to case.
    pub spelled: &'static str,
    pub presence: Presence,
    /// The same kind of object, active or not.
    pub other: &'static str,
    /// What kind of object has this state.
    pub kind: &'static str,
    /// Who has it, in words.
    pub means: &'static str,
    /// Why it cannot be written, and what to do instead, if it cannot.
    pub read_only: Option<(&'static str, &'static str)>,
}

/// An attribute that follows from the state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateView {
    pub name: &'static str,
    pub label: Option<&'static str>,
    pub value_type: ValueType,
    pub is_writable: bool,
    pub returned_by_default: bool,
    pub value: fn(&'static StateValue) -> Value,
}

/// The state in a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    /// The class has none.
    Stateless,
    Known(&'static StateValue),
    /// One of which nobody knows what it means.
    Other(Text),
    /// The record does not say.
    Untold,
}

impl State {
    /// What was said, read by a rule.
    pub fn read(rule: &StateRule, said: Option<Text>) -> Self {
        match said.filter(|said| !said.is_empty()) {
            None => Self::Untold,
            Some(said) => rule.known(&said).map_or_else(|| Self::Other(said), Self::Known),
        }
    }

    /// What it means.
    pub fn known(&self) -> Option<&'static StateValue> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the object is active. Of a state that nobody knows, neither is said.
    pub fn presence(&self) -> Presence {
        match self {
            Self::Stateless => Presence::Active,
            Self::Known(value) => value.presence,
            Self::Other(_) | Self::Untold => Presence::Unknown,
        }
    }

    /// Whether nobody knows if a filter holds, since it asks for what follows from a state that nobody knows.
    pub fn is_undecided(&self, rule: Option<&StateRule>, filter: &Filter) -> bool {
        let is_view = |rule: &StateRule| filter.attributes().iter().any(|name| rule.view(name).is_some());
        self.known().is_none() && rule.is_some_and(is_view)
    }

    /// Whether it is one of these, as far as anybody knows.
    pub fn is_among(&self, values: &[&'static str]) -> bool {
        self.known().is_none_or(|value| values.contains(&value.text))
    }
}

impl StateRule {
    /// Every value that there is.
    pub fn texts(&self) -> Vec<&'static str> {
        self.values.iter().map(|value| value.text).collect()
    }

    /// The value with this text, with its case.
    pub fn known(&self, text: &str) -> Option<&'static StateValue> {
        self.values.iter().find(|value| value.text == text)
    }

    /// The value for its text, or for how it is spelled.
    ///
    /// # Errors
    ///
    /// A text that is neither.
    pub fn parse(&self, text: &str) -> Result<&'static StateValue, Error> {
        let text = text.trim();
        let spelled =
            || self.values.iter().find(|value| text.eq_ignore_ascii_case(value.spelled) && !text.is_empty());
        self.known(text).or_else(spelled).ok_or_else(|| {
            let message = format!("'{text}' is not a {}; {}", self.property, self.example);
            Error::invalid_attribute(self.property, message)
        })
    }

    /// The value of the same kind of object that is, or is not, active. An object without a state gets the first.
    pub fn switched(
        &self,
        current: Option<&'static StateValue>,
        active: bool,
    ) -> Option<&'static StateValue> {
        let current = current.or_else(|| self.known(self.first))?;
        if current.presence.is_active() == active { Some(current) } else { self.known(current.other) }
    }

    /// The attribute of this name that follows from the state.
    pub fn view(&self, name: &AttributeName) -> Option<&'static StateView> {
        self.views.iter().find(|view| name.is(view.name))
    }

    /// Whether an attribute is the state, or follows from it alone.
    pub fn decides(&self, name: &AttributeName) -> bool {
        name.is(self.property) || self.view(name).is_some()
    }

    /// The value of an attribute that follows from a state.
    pub fn value_of(&self, name: &AttributeName, state: &'static StateValue) -> Cow<'static, [Value]> {
        let value = self.view(name).map_or_else(|| Value::from(state.text), |view| (view.value)(state));
        Cow::Owned(vec![value])
    }

    /// The condition that names these values.
    pub fn listed(&self, values: &[&str]) -> String {
        format!("{} in {}", self.property, literal::list(values.iter().copied()))
    }

    /// Refuses a value that there is not: it would be that of nobody. Parts of a text are parts of a value.
    ///
    /// # Errors
    ///
    /// Such a value.
    pub fn check(&self, literal: Literal<'_>) -> Result<(), Error> {
        let texts = || self.values.iter().map(|value| value.text);
        match literal {
            Literal::Value(value) => self.parse(&value.to_string()).map(drop),
            Literal::Text(Matching::StartsWith, "") => Ok(()),
            Literal::Text(Matching::EqualsIgnoreCase, text) => {
                let is_value = texts().any(|known| text.eq_ignore_ascii_case(known));
                if is_value { Ok(()) } else { self.parse(text).map(drop) }
            }
            Literal::Text(_, text) if text.is_empty() || texts().any(|known| known == text) => Ok(()),
            Literal::Text(_, text) => {
                let known = texts().collect::<Vec<_>>().join(", ");
                let takes = format!("one letter of {known}, so '{text}' is no part of it");
                Err(Error::wrong_value(&AttributeName::from(self.property), &takes))
            }
        }
    }
}
