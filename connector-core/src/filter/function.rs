//! The functions of the text form.

use super::parse::{Parsed, Parser, operator};
use super::token::Kind;
use super::{Comparison, Filter, FilterSyntaxError, Matching};
use crate::object::Value;

const A_NAME: &str = "the name of an attribute";
const A_TEXT: &str = "a text such as 'text'";
const KNOWN: &str = "startswith, endswith, contains, substringof, equals_ignore_case, tolower, contains_all, present, all and any";

impl Parser<'_, '_> {
    /// `name(arguments)`, and what may follow it.
    pub(super) fn function(&mut self) -> Parsed<Filter> {
        let name = self.peek();
        self.advance();
        self.advance();
        match name.source.to_ascii_lowercase().as_str() {
            "startswith" => self.text_function(Matching::StartsWith),
            "endswith" => self.text_function(Matching::EndsWith),
            "contains" => self.text_function(Matching::Contains),
            "equals_ignore_case" => self.text_function(Matching::EqualsIgnoreCase),
            "substringof" => self.substring_of(),
            "tolower" => self.lower_case(),
            "contains_all" => self.contains_all(),
            "present" => self.present(),
            "all" => self.parts().map(Filter::And),
            "any" => self.parts().map(Filter::Or),
            _ => Err(FilterSyntaxError::new(
                name.position,
                format!("there is no function {}; there are {KNOWN}", name.describe()),
            )),
        }
    }

    fn text_function(&mut self, matching: Matching) -> Parsed<Filter> {
        let attribute = self.name(A_NAME)?;
        self.comma()?;
        let text = self.text()?;
        self.close()?;
        self.truth(Filter::Text { attribute, matching, text })
    }

    fn substring_of(&mut self) -> Parsed<Filter> {
        let text = self.text()?;
        self.comma()?;
        let attribute = self.name(A_NAME)?;
        self.close()?;
        self.truth(Filter::Text { attribute, matching: Matching::Contains, text })
    }

    /// `tolower(name) eq 'x'`. With anything but lower case on the right it could never hold, which is
    /// surely not what was meant.
    fn lower_case(&mut self) -> Parsed<Filter> {
        let attribute = self.name(A_NAME)?;
        self.close()?;
        let Some((Comparison::Equal, negated)) = operator(self.peek()) else {
            return Err(self.expected("eq or ne"));
        };
        self.advance();
        let wrong = self.expected("a text in lower case");
        let text = self.text()?;
        if text != text.to_lowercase() {
            return Err(wrong);
        }
        let filter = Filter::Text { attribute, matching: Matching::EqualsIgnoreCase, text };
        Ok(if negated { filter.negate() } else { filter })
    }

    fn contains_all(&mut self) -> Parsed<Filter> {
        let attribute = self.name(A_NAME)?;
        if self.take_kind(&Kind::Comma) {
            return Ok(Filter::ContainsAll { attribute, values: self.values_until_close()? });
        }
        self.close()?;
        Ok(Filter::ContainsAll { attribute, values: Vec::new() })
    }

    fn present(&mut self) -> Parsed<Filter> {
        let attribute = self.name(A_NAME)?;
        self.close()?;
        Ok(Filter::Present(attribute))
    }

    fn parts(&mut self) -> Parsed<Vec<Filter>> {
        let mut parts = Vec::new();
        if self.take_kind(&Kind::Close) {
            return Ok(parts);
        }
        loop {
            parts.push(self.filter()?);
            if !self.take_kind(&Kind::Comma) {
                self.close()?;
                return Ok(parts);
            }
        }
    }

    fn text(&mut self) -> Parsed<String> {
        let wrong = self.expected(A_TEXT);
        match self.value(A_TEXT)? {
            Value::String(text) => Ok(text.into()),
            _ => Err(wrong),
        }
    }

    /// OData V2 writes `substringof('x',name) eq true`.
    fn truth(&mut self, filter: Filter) -> Parsed<Filter> {
        let Some((Comparison::Equal, negated)) = operator(self.peek()) else { return Ok(filter) };
        self.advance();
        let is_true = self.take_word("true");
        if !is_true && !self.take_word("false") {
            return Err(self.expected("true or false"));
        }
        Ok(if is_true == negated { filter.negate() } else { filter })
    }
}
