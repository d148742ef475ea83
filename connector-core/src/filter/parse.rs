//! The text form of a filter, read.
//!
//! ```text
//! filter     = and *( "or" and )
//! and        = unary *( "and" unary )
//! unary      = "not" unary / "(" filter ")" / function / condition
//! condition  = name ( "eq" / "ne" / "gt" / "ge" / "lt" / "le" ) value
//!            / name ( "eq" / "ne" ) "null"
//!            / name "in" ( "(" values ")" / values )
//! ```

use std::str::FromStr;

use super::token::{Kind, Token, tokenize};
use super::{Comparison, Filter, FilterSyntaxError, MAX_DEPTH};
use crate::object::{AttributeName, Value};

pub(super) type Parsed<T> = Result<T, FilterSyntaxError>;

pub(super) const A_VALUE: &str = "a value such as 'text', 5 or true";
const A_CONDITION: &str = "a condition such as name eq 'value'";
const AN_OPERATOR: &str = "an operator: eq, ne, gt, ge, lt, le or in";

impl Filter {
    /// Reads the text form.
    ///
    /// - `status eq 't'`, and likewise `ne`, `gt`, `ge`, `lt`, `le`; `email eq null` says that there is no value
    /// - `department in ('a','b')`, also without parentheses
    /// - `startswith(name,'x')`, `endswith`, `contains`, `equals_ignore_case`; `substringof('x',name)`,
    ///   `tolower(name) eq 'x'`; `contains_all(name,'x','y')`; `present(name)`
    /// - `not`, `and`, `or`, in this order of precedence, and parentheses; `all(…)` and `any(…)` take any
    ///   number of conditions, none included
    /// - values: `'text'` with `''` for a quote, `5`, `5.0`, `true`, `date'2024-01-31'`,
    ///   `datetime'2024-01-31T12:00:00'`, `datetimeoffset'2024-01-31T12:00:00+01:00'`, `binary'base64'`
    /// - names of other than ASCII letters, digits and `_ . / -` stand in double quotes
    ///
    /// Keywords and functions are read in any case.
    ///
    /// # Errors
    ///
    /// Text that is no filter, with the place and what was expected there; and filters that are nested
    /// more than [`MAX_DEPTH`] deep.
    ///
    /// ```
    /// use connector_core::Filter;
    /// assert_eq!(Filter::parse("status eq 't'"), Ok(Filter::equal("status", "t")));
    /// assert_eq!(
    ///     Filter::parse("status eq and").unwrap_err().to_string(),
    ///     "at character 11: expected a value such as 'text', 5 or true, found 'and'"
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Self, FilterSyntaxError> {
        let tokens = tokenize(text)?;
        let mut parser = Parser { tokens: &tokens, depth: 0 };
        let filter = parser.filter()?;
        if parser.peek().kind != Kind::End {
            return Err(parser.expected("'and', 'or' or the end"));
        }
        if filter.depth() > MAX_DEPTH { Err(too_deep(1)) } else { Ok(filter) }
    }
}

impl FromStr for Filter {
    type Err = FilterSyntaxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

pub(super) struct Parser<'t, 'a> {
    /// What is left. The last one is the end, which is never taken.
    tokens: &'t [Token<'a>],
    depth: usize,
}

impl<'t, 'a> Parser<'t, 'a> {
    pub fn filter(&mut self) -> Parsed<Filter> {
        self.chain("or", Filter::Or, |parser| parser.chain("and", Filter::And, Self::unary))
    }

    /// One part, or several with the keyword between them.
    fn chain(
        &mut self,
        keyword: &str,
        join: fn(Vec<Filter>) -> Filter,
        part: impl Fn(&mut Self) -> Parsed<Filter>,
    ) -> Parsed<Filter> {
        let first = part(self)?;
        if !self.peek().is_word(keyword) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word(keyword) {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn unary(&mut self) -> Parsed<Filter> {
        let begin = self.peek().position;
        if self.take_word("not") {
            self.nested(begin, |parser| parser.unary().map(Filter::negate))
        } else if self.take_kind(&Kind::Open) {
            self.nested(begin, |parser| {
                let filter = parser.filter()?;
                parser.close()?;
                Ok(filter)
            })
        } else if self.at_function() {
            self.nested(begin, Self::function)
        } else {
            self.condition()
        }
    }

    fn at_function(&self) -> bool {
        self.peek().kind == Kind::Word && self.second().kind == Kind::Open && !self.at_connective()
    }

    fn at_connective(&self) -> bool {
        ["and", "or", "not"].iter().any(|word| self.peek().is_word(word))
    }

    fn nested(&mut self, begin: usize, inner: impl FnOnce(&mut Self) -> Parsed<Filter>) -> Parsed<Filter> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep(begin));
        }
        self.depth += 1;
        let filter = inner(self)?;
        self.depth -= 1;
        Ok(filter)
    }

    fn condition(&mut self) -> Parsed<Filter> {
        if self.at_connective() {
            return Err(self.expected(A_CONDITION));
        }
        let attribute = self.name(A_CONDITION)?;
        if self.take_word("in") {
            return Ok(Filter::In { attribute, values: self.list()? });
        }
        let Some((comparison, negated)) = operator(self.peek()) else {
            return Err(self.expected(AN_OPERATOR));
        };
        self.advance();
        if comparison == Comparison::Equal && self.take_word("null") {
            let present = Filter::Present(attribute);
            return Ok(if negated { present } else { present.negate() });
        }
        let condition = Filter::Compare { attribute, comparison, value: self.value(A_VALUE)? };
        Ok(if negated { condition.negate() } else { condition })
    }

    /// `('a','b')`, or as SuccessFactors and some others have it, `'a','b'`.
    fn list(&mut self) -> Parsed<Vec<Value>> {
        if self.take_kind(&Kind::Open) {
            return self.values_until_close();
        }
        let mut values = vec![self.value("a list such as ('a','b')")?];
        while self.peek().kind == Kind::Comma && literal(self.second()).is_some() {
            self.advance();
            values.push(self.value(A_VALUE)?);
        }
        Ok(values)
    }

    /// The rest of a list in parentheses.
    pub fn values_until_close(&mut self) -> Parsed<Vec<Value>> {
        let mut values = Vec::new();
        if self.take_kind(&Kind::Close) {
            return Ok(values);
        }
        loop {
            values.push(self.value(A_VALUE)?);
            if self.take_kind(&Kind::Close) {
                return Ok(values);
            }
            self.take(&Kind::Comma, "',' or ')'")?;
        }
    }

    pub fn value(&mut self, expected: &str) -> Parsed<Value> {
        let value = literal(self.peek()).ok_or_else(|| self.expected(expected))?;
        self.advance();
        Ok(value)
    }

    pub fn name(&mut self, expected: &str) -> Parsed<AttributeName> {
        let name = match &self.peek().kind {
            Kind::Word => self.peek().source.into(),
            Kind::Quoted(name) => name.as_str().into(),
            _ => return Err(self.expected(expected)),
        };
        self.advance();
        Ok(name)
    }

    pub fn comma(&mut self) -> Parsed<()> {
        self.take(&Kind::Comma, "','")
    }

    pub fn close(&mut self) -> Parsed<()> {
        self.take(&Kind::Close, "')'")
    }

    fn take(&mut self, kind: &Kind, expected: &str) -> Parsed<()> {
        if self.take_kind(kind) { Ok(()) } else { Err(self.expected(expected)) }
    }

    pub fn take_kind(&mut self, kind: &Kind) -> bool {
        let found = self.peek().kind == *kind;
        if found {
            self.advance();
        }
        found
    }

    pub fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_word(word);
        if found {
            self.advance();
        }
        found
    }

    pub fn advance(&mut self) {
        if let [_, rest @ ..] = self.tokens
            && !rest.is_empty()
        {
            self.tokens = rest;
        }
    }

    pub fn peek(&self) -> &'t Token<'a> {
        &self.tokens[0]
    }

    /// The token after the next one; the end if there is none.
    fn second(&self) -> &'t Token<'a> {
        self.tokens.get(1).unwrap_or(&self.tokens[0])
    }

    pub fn expected(&self, what: &str) -> FilterSyntaxError {
        let found = self.peek();
        FilterSyntaxError::new(found.position, format!("expected {what}, found {}", found.describe()))
    }
}

/// What an operator means, and whether it is negated.
pub(super) fn operator(token: &Token<'_>) -> Option<(Comparison, bool)> {
    let known = [
        ("eq", Comparison::Equal, false),
        ("ne", Comparison::Equal, true),
        ("gt", Comparison::Greater, false),
        ("ge", Comparison::GreaterOrEqual, false),
        ("lt", Comparison::Less, false),
        ("le", Comparison::LessOrEqual, false),
    ];
    let found = known.into_iter().find(|(word, ..)| token.is_word(word));
    found.map(|(_, comparison, negated)| (comparison, negated))
}

fn literal(token: &Token<'_>) -> Option<Value> {
    match &token.kind {
        Kind::Literal(value) => Some(value.clone()),
        // Shells and people confuse the two kinds of quotes, and no name can be here.
        Kind::Quoted(text) => Some(text.as_str().into()),
        Kind::Word if token.is_word("true") => Some(true.into()),
        Kind::Word if token.is_word("false") => Some(false.into()),
        _ => None,
    }
}

fn too_deep(position: usize) -> FilterSyntaxError {
    FilterSyntaxError::new(position, format!("the filter is nested more than {MAX_DEPTH} deep"))
}
