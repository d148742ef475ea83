//! From the text of a filter to its tokens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{FilterSyntaxError, moment};
use crate::object::Value;

/// The longest number that is read. Longer ones cost time and mean nothing.
const MAX_NUMBER: usize = 1000;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    /// Where it begins, in characters from 1.
    pub position: usize,
    /// As it was written.
    pub source: &'a str,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// An attribute name, a function or a keyword: which, the grammar decides.
    Word,
    /// `"any name"`; forgivingly also a text, where only a text can be.
    Quoted(String),
    /// Anything that can only be a value.
    Literal(Value),
    Open,
    Close,
    Comma,
    /// A character that no filter has outside of texts.
    Unknown,
    End,
}

impl Token<'_> {
    /// Whether this is a keyword; case does not matter.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.source.eq_ignore_ascii_case(word)
    }

    /// How an error message calls it.
    pub fn describe(&self) -> String {
        match self.kind {
            Kind::End => "the end".to_owned(),
            Kind::Literal(Value::String(_)) => shorten(self.source),
            _ => format!("'{}'", shorten(self.source)),
        }
    }
}

fn shorten(source: &str) -> String {
    match source.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &source[..end]),
        None => source.to_owned(),
    }
}

/// Takes the text apart. The last token is [`Kind::End`].
pub(super) fn tokenize(text: &str) -> Result<Vec<Token<'_>>, FilterSyntaxError> {
    let mut reader = Reader { rest: text, position: 1 };
    let mut tokens = Vec::new();
    loop {
        reader.skip_space();
        let token = reader.token()?;
        let is_last = token.kind == Kind::End;
        tokens.push(token);
        if is_last {
            return Ok(tokens);
        }
    }
}

/// Whether this character can begin a name that needs no quotes.
pub(super) fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

/// Whether this character can be in a name that needs no quotes.
pub(super) fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_./-".contains(c)
}

struct Reader<'a> {
    rest: &'a str,
    position: usize,
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        let length = self.length_while(char::is_whitespace);
        self.take(length);
    }

    fn token(&mut self) -> Result<Token<'a>, FilterSyntaxError> {
        let (before, position) = (self.rest, self.position);
        let kind = match self.rest.chars().next() {
            None => Kind::End,
            Some('\'') => Kind::Literal(self.quoted('\'')?.into()),
            Some('"') => Kind::Quoted(self.quoted('"')?),
            Some(c) if begins_name(c) => self.word()?,
            Some(c) if c.is_ascii_digit() || (c == '-' && self.digit_follows()) => self.number()?,
            Some(c) => self.symbol(c),
        };
        let source = &before[..before.len() - self.rest.len()];
        Ok(Token { kind, position, source })
    }

    /// The text between quotes; a doubled quote stands for one.
    fn quoted(&mut self, quote: char) -> Result<String, FilterSyntaxError> {
        let begin = self.position;
        let mut text = String::new();
        loop {
            self.take(1);
            let length = self.length_while(|c| c != quote);
            text.push_str(self.take(length));
            if self.rest.is_empty() {
                let message = "the text that begins here has no end; a quote inside a text is written twice";
                return Err(FilterSyntaxError::new(begin, message));
            }
            self.take(1);
            if !self.rest.starts_with(quote) {
                return Ok(text);
            }
            text.push(quote);
        }
    }

    fn word(&mut self) -> Result<Kind, FilterSyntaxError> {
        let begin = self.position;
        let length = self.length_while(is_in_name);
        let word = self.take(length);
        if !self.rest.starts_with('\'') {
            return Ok(Kind::Word);
        }
        let Some((read, expected)) = typed_literal(word) else { return Ok(Kind::Word) };
        let text = self.quoted('\'')?;
        let wrong =
            || FilterSyntaxError::new(begin, format!("expected {expected}, found '{}'", shorten(&text)));
        read(&text).map(Kind::Literal).ok_or_else(wrong)
    }

    fn number(&mut self) -> Result<Kind, FilterSyntaxError> {
        let begin = self.position;
        let fraction = self.number_length();
        let digits = self.take(fraction);
        let suffix = self.number_suffix();
        let is_decimal = digits.contains('.') || matches!(suffix, Some('m' | 'd' | 'f'));
        let integer = (!is_decimal).then(|| digits.parse().ok()).flatten().map(Value::Integer);
        integer
            .or_else(|| {
                (digits.len() <= MAX_NUMBER).then(|| digits.parse().ok()).flatten().map(Value::decimal)
            })
            .map(Kind::Literal)
            .ok_or_else(|| FilterSyntaxError::new(begin, "this number is too long"))
    }

    fn number_length(&self) -> usize {
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let whole = usize::from(self.rest.starts_with('-'));
        let whole = whole + digits(&self.rest[whole..]);
        match self.rest[whole..].strip_prefix('.').map(digits) {
            Some(fraction) if fraction > 0 => whole + 1 + fraction,
            _ => whole,
        }
    }

    /// OData marks the type of a number: `5L`, `5.0M`, `5d`, `5f`.
    fn number_suffix(&mut self) -> Option<char> {
        let mut following = self.rest.chars();
        let suffix = following.next().map(|c| c.to_ascii_lowercase()).filter(|c| "lmdf".contains(*c))?;
        if following.next().is_some_and(is_in_name) {
            return None;
        }
        self.take(1);
        Some(suffix)
    }

    fn symbol(&mut self, symbol: char) -> Kind {
        self.take(symbol.len_utf8());
        match symbol {
            '(' => Kind::Open,
            ')' => Kind::Close,
            ',' => Kind::Comma,
            _ => Kind::Unknown,
        }
    }

    fn digit_follows(&self) -> bool {
        self.rest[1..].starts_with(|c: char| c.is_ascii_digit())
    }

    fn length_while(&self, is_wanted: impl Fn(char) -> bool) -> usize {
        self.rest.find(|c| !is_wanted(c)).unwrap_or(self.rest.len())
    }

    /// Takes so many bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.position += taken.chars().count();
        self.rest = rest;
        taken
    }
}

type ReadLiteral = fn(&str) -> Option<Value>;

/// How `word'…'` is read, and what has to be between the quotes.
fn typed_literal(word: &str) -> Option<(ReadLiteral, &'static str)> {
    let known: [(&str, ReadLiteral, &str); 4] = [
        ("date", |text| moment::date(text).map(Value::Date), "a date such as 2024-01-31"),
        ("datetime", date_time, "a time such as 2024-01-31T12:00:00"),
        ("datetimeoffset", date_time, "a time such as 2024-01-31T12:00:00Z"),
        ("binary", |text| STANDARD.decode(text).ok().map(Value::binary), "base64"),
    ];
    let found = known.into_iter().find(|(name, ..)| name.eq_ignore_ascii_case(word));
    found.map(|(_, read, expected)| (read, expected))
}

fn date_time(text: &str) -> Option<Value> {
    moment::date_time(text).map(Value::DateTime)
}
