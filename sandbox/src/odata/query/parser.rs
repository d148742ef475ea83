//! Reads a `$filter` into a tree: operator precedence by binding power, bounded in depth and size so that
//! no request can exhaust the tenant.

use crate::error::ODataError;
use crate::odata::query::lexer::{Token, tokens};

/// How deep parentheses and operators may nest.
const MAX_DEPTH: usize = 60;
/// How many operators a filter may have, values of `in` aside. The real limit is per server and unpublished
/// (KBA 3389932); chains of `or` meet it first.
const MAX_OPERATORS: usize = 400;

/// A literal as written; its meaning depends on what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Typed(String, String),
    Number(String),
    Bool(bool),
    Null,
}

/// A filter as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Or(Box<Self>, Box<Self>),
    And(Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// A comparison or an arithmetic operator, by its name.
    Binary(&'static str, Box<Self>, Box<Self>),
    In(Box<Self>, Vec<Literal>),
    Call(String, Vec<Self>),
    Path(String),
    Literal(Literal),
}

/// Binding powers: a higher one binds closer.
const OPERATORS: &[(&str, u8)] = &[
    ("or", 1),
    ("and", 2),
    ("eq", 4),
    ("ne", 4),
    ("gt", 4),
    ("ge", 4),
    ("lt", 4),
    ("le", 4),
    ("like", 4),
    ("in", 4),
    ("add", 5),
    ("sub", 5),
    ("mul", 6),
    ("div", 6),
    ("mod", 6),
];
const NOT_POWER: u8 = 3;

/// Parses a filter.
///
/// # Errors
///
/// `COE_GENERAL_BAD_REQUEST` for anything that is not a filter, an `in` list in parentheses among it
/// (docs/successfactors.md#filters).
pub(crate) fn parse(text: &str) -> Result<Expression, ODataError> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, operators: 0 };
    let expression = parser.expression(0, 0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => Err(ODataError::bad_request(&format!("unexpected {token:?} in the filter"))),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    operators: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn operator(&self) -> Option<(&'static str, u8)> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        // KBA 2166571 shows IN in capitals; the other operators are lower case.
        let word = if word == "IN" { "in" } else { word };
        OPERATORS.iter().find(|(name, _)| *name == word).copied()
    }

    fn expression(&mut self, power: u8, depth: usize) -> Result<Expression, ODataError> {
        if depth > MAX_DEPTH {
            return Err(ODataError::bad_request("the filter is nested too deeply"));
        }
        let mut left = self.operand(depth)?;
        while let Some((name, binds)) = self.operator().filter(|(_, binds)| *binds > power) {
            self.at += 1;
            self.operators += 1;
            if self.operators > MAX_OPERATORS {
                return Err(ODataError::bad_request(
                    "the filter has too many expressions, use in instead of or",
                ));
            }
            left = match name {
                "in" => Expression::In(Box::new(left), self.list()?),
                _ => join(name, left, self.expression(binds, depth + 1)?),
            };
        }
        Ok(left)
    }

    fn operand(&mut self, depth: usize) -> Result<Expression, ODataError> {
        match self.next() {
            Some(Token::Open) => {
                let inner = self.expression(0, depth + 1)?;
                self.close()?;
                Ok(inner)
            }
            Some(Token::Word(word)) if word == "not" => {
                Ok(Expression::Not(Box::new(self.expression(NOT_POWER, depth + 1)?)))
            }
            Some(Token::Word(word)) if self.peek() == Some(&Token::Open) => self.call(word, depth),
            Some(token) => simple(token),
            None => Err(ODataError::bad_request("the filter ends too early")),
        }
    }

    fn call(&mut self, name: String, depth: usize) -> Result<Expression, ODataError> {
        self.at += 1;
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.expression(0, depth + 1)?);
            match self.next() {
                Some(Token::Comma) => {}
                Some(Token::Close) => return Ok(Expression::Call(name, arguments)),
                _ => return Err(ODataError::bad_request(&format!("{name}( is not closed"))),
            }
        }
    }

    fn close(&mut self) -> Result<(), ODataError> {
        match self.next() {
            Some(Token::Close) => Ok(()),
            _ => Err(ODataError::bad_request("a parenthesis is not closed")),
        }
    }

    /// The values after `in`: without parentheses, and 400 with them.
    fn list(&mut self) -> Result<Vec<Literal>, ODataError> {
        let mut list = Vec::new();
        loop {
            match self.next().map(simple).transpose()? {
                Some(Expression::Literal(literal)) => list.push(literal),
                _ => return Err(ODataError::bad_request("in needs a list of values without parentheses")),
            }
            if self.peek() != Some(&Token::Comma) {
                return Ok(list);
            }
            self.at += 1;
        }
    }
}

fn join(name: &'static str, left: Expression, right: Expression) -> Expression {
    let (left, right) = (Box::new(left), Box::new(right));
    match name {
        "or" => Expression::Or(left, right),
        "and" => Expression::And(left, right),
        _ => Expression::Binary(name, left, right),
    }
}

fn simple(token: Token) -> Result<Expression, ODataError> {
    Ok(match token {
        Token::Word(word) => match word.as_str() {
            "true" => Expression::Literal(Literal::Bool(true)),
            "false" => Expression::Literal(Literal::Bool(false)),
            "null" => Expression::Literal(Literal::Null),
            _ => Expression::Path(word),
        },
        Token::Quoted(text) => Expression::Literal(Literal::Text(text)),
        Token::Typed(kind, text) => Expression::Literal(Literal::Typed(kind, text)),
        Token::Number(text) => Expression::Literal(Literal::Number(text)),
        Token::Open | Token::Close | Token::Comma => {
            return Err(ODataError::bad_request("a value is missing in the filter"));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        fn go(expression: &Expression) -> String {
            match expression {
                Expression::Or(a, b) => format!("({} or {})", go(a), go(b)),
                Expression::And(a, b) => format!("({} and {})", go(a), go(b)),
                Expression::Not(a) => format!("(not {})", go(a)),
                Expression::Binary(name, a, b) => format!("({} {name} {})", go(a), go(b)),
                Expression::In(a, list) => format!("({} in {})", go(a), list.len()),
                Expression::Call(name, list) => {
                    format!("{name}({})", list.iter().map(go).collect::<Vec<_>>().join(","))
                }
                Expression::Path(path) => path.clone(),
                Expression::Literal(literal) => format!("{literal:?}"),
            }
        }
        go(&parse(text).unwrap())
    }

    #[test]
    fn and_binds_closer_than_or_and_not_closer_than_and() {
        assert_eq!(show("a or b and not c"), "(a or (b and (not c)))");
        assert_eq!(show("(a or b) and c"), "((a or b) and c)");
        assert_eq!(show("not startswith(a,b) and c"), "((not startswith(a,b)) and c)");
    }

    /// docs/successfactors.md#filters: IN takes a bare list, in either case, and no parentheses.
    #[test]
    fn in_takes_a_bare_list_only() {
        assert_eq!(show("status in 't','f' and a"), "((status in 2) and a)");
        assert_eq!(show("status IN 't'"), "(status in 1)");
        assert!(parse("status in ('t','f')").is_err());
    }

    #[test]
    fn nonsense_is_refused_without_a_panic() {
        let deep = "(".repeat(500);
        let nots = "not ".repeat(500);
        let long = "a or ".repeat(500) + "a";
        for text in ["", "a eq", "a b", ")", "f(", "a in", &deep, &nots, &long, "a,b"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
