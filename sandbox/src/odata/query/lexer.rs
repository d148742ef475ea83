//! Cuts a `$filter` or `$orderby` text into tokens.

use crate::error::ODataError;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    /// A name or a path, as `eq` or `manager/userId`.
    Word(String),
    /// A quoted text, its doubled quotes undone.
    Quoted(String),
    /// A literal with a prefix, as `datetime'2024-01-01T00:00:00'`.
    Typed(String, String),
    /// Digits with an optional suffix, as written.
    Number(String),
    Open,
    Close,
    Comma,
}

/// All tokens of `text`.
///
/// # Errors
///
/// An unfinished quote or a character that no token begins with.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, ODataError> {
    let mut rest = text;
    let mut tokens = Vec::new();
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (token, used) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '\'' => quoted(rest).map(|(text, used)| (Token::Quoted(text), used))?,
            _ if first.is_ascii_digit() || (first == '-' && starts_number(&rest[1..])) => number(rest),
            _ if first.is_alphabetic() || first == '_' => word(rest)?,
            _ => return Err(ODataError::bad_request(&format!("unexpected character '{first}' in {text}"))),
        };
        tokens.push(token);
        rest = &rest[used..];
    }
}

fn starts_number(rest: &str) -> bool {
    rest.starts_with(|next: char| next.is_ascii_digit())
}

/// The text between quotes, and how many bytes it took.
fn quoted(rest: &str) -> Result<(String, usize), ODataError> {
    let mut text = String::new();
    let mut from = 1;
    loop {
        let Some(end) = rest[from..].find('\'').map(|at| at + from) else {
            return Err(ODataError::bad_request("a quoted text has no end"));
        };
        text.push_str(&rest[from..end]);
        if !rest[end + 1..].starts_with('\'') {
            return Ok((text, end + 1));
        }
        text.push('\'');
        from = end + 2;
    }
}

fn number(rest: &str) -> (Token, usize) {
    let end = rest
        .char_indices()
        .skip(1)
        .find(|(_, next)| !(next.is_ascii_alphanumeric() || *next == '.'))
        .map_or(rest.len(), |(at, _)| at);
    (Token::Number(rest[..end].to_owned()), end)
}

fn word(rest: &str) -> Result<(Token, usize), ODataError> {
    let end = rest
        .find(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '/' | '.')))
        .unwrap_or(rest.len());
    let name = rest[..end].to_owned();
    if !rest[end..].starts_with('\'') {
        return Ok((Token::Word(name), end));
    }
    let (text, used) = quoted(&rest[end..])?;
    Ok((Token::Typed(name, text), end + used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_inside_texts() {
        assert_eq!(tokens("'O''Brien'").unwrap(), [Token::Quoted("O'Brien".into())]);
        assert_eq!(tokens("''").unwrap(), [Token::Quoted(String::new())]);
    }

    #[test]
    fn every_kind_of_token_is_found() {
        let found = tokens("a/b in 5L,-1.5M,datetime'x' (").unwrap();
        let expected = [
            Token::Word("a/b".into()),
            Token::Word("in".into()),
            Token::Number("5L".into()),
            Token::Comma,
            Token::Number("-1.5M".into()),
            Token::Comma,
            Token::Typed("datetime".into(), "x".into()),
            Token::Open,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn unfinished_quotes_and_strange_characters_are_refused() {
        for text in ["'abc", "a eq ;", "x eq 'a''"] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }
}
