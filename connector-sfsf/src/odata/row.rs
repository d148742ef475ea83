//! The rows of an answer: its text, and where each field is.

use std::borrow::Cow;
use std::mem;
use std::ops::Deref;
use std::sync::Arc;

use super::edm::Scalar;
use super::json::{Kind, Malformed, Scanner, Span};
use crate::http::Spare;

/// One row of an answer, which it keeps in memory. Dereferences to its JSON.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    sheet: Arc<Sheet>,
    place: usize,
}

/// The names of a row's fields, in their order. Rows of one answer mostly have the same.
#[derive(Debug, PartialEq)]
pub(crate) struct Header(Vec<String>);

/// A field of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field<'a> {
    Scalar(Scalar<'a>),
    /// An expanded navigation that leads to one record, as JSON.
    Entity(&'a str),
    List,
}

impl Row {
    /// The names of its fields. Nothing if it is not an object.
    pub fn header(&self) -> Option<&Arc<Header>> {
        self.sheet.headers.get(self.line()?.header?)
    }

    /// The text of the field at this place of the header, if it is one that stands for itself.
    pub fn text(&self, place: usize) -> Option<&str> {
        let span = self.span(place).filter(|span| span.kind() == Kind::Text)?;
        Some(span.of(&self.sheet.text))
    }

    /// Whether there is nothing at this place of the header.
    pub fn is_null(&self, place: usize) -> bool {
        self.span(place).is_none_or(|span| span.kind() == Kind::Null)
    }

    /// The field at this place of the header; null if there is none. Nothing if it is a text that ends in half a
    /// character.
    pub fn field(&self, place: usize) -> Option<Field<'_>> {
        let text = self.sheet.text.as_str();
        let Some(span) = self.span(place) else { return Some(Field::Scalar(Scalar::Null)) };
        Some(Field::Scalar(match span.kind() {
            Kind::Null => Scalar::Null,
            Kind::True => Scalar::Boolean(true),
            Kind::False => Scalar::Boolean(false),
            Kind::Number => number(span.of(text))?,
            Kind::Text => Scalar::Text(Cow::Borrowed(span.of(text))),
            Kind::Escaped => Scalar::Text(Cow::Owned(span.text_of(text).ok()??)),
            Kind::Object => return Some(Field::Entity(span.of(text))),
            Kind::Array => return Some(Field::List),
        }))
    }

    fn span(&self, place: usize) -> Option<&Span> {
        self.sheet.spans.get(self.line()?.first + place)
    }

    fn line(&self) -> Option<&Line> {
        self.sheet.lines.get(self.place)
    }
}

impl Deref for Row {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.line().map_or(&[], |line| line.json.of(&self.sheet.text).as_bytes())
    }
}

impl Header {
    /// The names, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The text of a field of a JSON object; nothing if there is no such field, or null in it.
///
/// # Errors
///
/// What is no JSON object: it came as a field, into which nobody has looked before. Another value than a text.
pub(crate) fn text_of(json: &str, key: &str) -> Result<Option<String>, Malformed> {
    let mut found = None;
    let mut scanner = Scanner::new(json)?;
    scanner.object(|scanner, name| {
        let value = scanner.value()?;
        if name.of(json) == key {
            found = Some(value);
        }
        Ok(())
    })?;
    found.map_or(Ok(None), |span| span.text_of(json))
}

fn number(text: &str) -> Option<Scalar<'static>> {
    match text.parse() {
        Ok(integer) => Some(Scalar::Integer(integer)),
        Err(_) => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Scalar::Number),
    }
}

/// A text with rows in it.
#[derive(Debug)]
struct Sheet {
    text: String,
    lines: Vec<Line>,
    /// The fields of all rows, one row after the other.
    spans: Vec<Span>,
    headers: Vec<Arc<Header>>,
    spare: Spare,
}

impl Drop for Sheet {
    fn drop(&mut self) {
        self.spare.give(mem::take(&mut self.text).into_bytes());
    }
}

#[derive(Debug)]
struct Line {
    json: Span,
    /// Its first field.
    first: usize,
    header: Option<usize>,
}

/// Finds rows, one after the other.
#[derive(Default)]
pub(super) struct Finder {
    lines: Vec<Line>,
    spans: Vec<Span>,
    headers: Vec<Vec<Key>>,
}

/// A key of the first row that has it: its name, and from where to where there is more than a value.
#[derive(Clone, Copy)]
struct Key {
    name: Span,
    around: (usize, usize),
}

impl Finder {
    /// For a text of this length.
    pub fn new(length: usize) -> Self {
        // A field takes some thirty bytes.
        Self { spans: Vec::with_capacity(length / 32), ..Self::default() }
    }

    /// The next value, as a row.
    ///
    /// # Errors
    ///
    /// Anything that is not JSON.
    pub fn find(&mut self, scanner: &mut Scanner<'_>) -> Result<(), Malformed> {
        let first = self.spans.len();
        let line = match scanner.peek()? {
            b'{' => self.object(scanner)?,
            _ => Line { json: scanner.value()?, first, header: None },
        };
        self.lines.push(line);
        Ok(())
    }

    fn object(&mut self, scanner: &mut Scanner<'_>) -> Result<Line, Malformed> {
        let (first, start) = (self.spans.len(), scanner.place());
        scanner.pass(b'{')?;
        // Between the values, a row has most likely the same bytes as the row before.
        let likely = self.headers.last().map(Vec::as_slice).unwrap_or_default();
        for key in likely {
            if !scanner.repeats(key.around) {
                break;
            }
            self.spans.push(scanner.value()?);
        }
        let same = likely.get(..self.spans.len() - first).unwrap_or_default();
        let is_new = same.len() < likely.len() || self.headers.is_empty();
        let mut own = is_new.then(|| same.to_vec());
        let mut from = scanner.place();
        while scanner.goes_on(b'}', self.spans.len() == first)? {
            let name = scanner.key()?;
            scanner.peek()?;
            let key = Key { name, around: (from, scanner.place()) };
            own.get_or_insert_with(|| same.to_vec()).push(key);
            self.spans.push(scanner.value()?);
            from = scanner.place();
        }
        self.headers.extend(own);
        let json = Span::new(Kind::Object, start, scanner.place());
        Ok(Line { json, first, header: self.headers.len().checked_sub(1) })
    }

    /// The rows that were found in this text.
    pub fn rows(self, text: String, spare: &Spare) -> Vec<Row> {
        let name = |key: &Key| key.name.text_of(&text).ok().flatten().unwrap_or_default();
        let headers = self.headers.iter().map(|keys| Arc::new(Header(keys.iter().map(name).collect())));
        let headers = headers.collect();
        let sheet =
            Arc::new(Sheet { headers, text, lines: self.lines, spans: self.spans, spare: spare.clone() });
        (0..sheet.lines.len()).map(|place| Row { sheet: Arc::clone(&sheet), place }).collect()
    }
}

/// Rows that an answer could have.
#[cfg(test)]
pub(crate) fn rows(rows: &[&str]) -> Vec<Row> {
    let (text, mut finder) = (format!("[{}]", rows.join(",")), Finder::default());
    Scanner::new(&text).unwrap().array(|scanner| finder.find(scanner)).unwrap();
    finder.rows(text, &Spare::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_field_is_found_and_what_is_no_object_is_never_nobody() {
        assert_eq!(text_of(r#"{"a":{"userId":"x"},"userId":"b\"c"}"#, "userId"), Ok(Some("b\"c".to_owned())));
        assert_eq!(text_of(r#"{"userId":null}"#, "userId"), Ok(None));
        for json in [r#"{"userId" "x"}"#, r#"{"a":1,}"#, "[]", r#"{"userId":"\ud800"}"#] {
            assert_eq!(text_of(json, "userId"), Err(Malformed), "{json}");
        }
    }

    #[test]
    fn rows_with_other_fields_have_headers_of_their_own() {
        let rows =
            rows(&[r#"{"a":1,"b":2}"#, r#"{"a":3,"b":4}"#, r#"{"a":5}"#, r#"{"b":6,"a":7}"#, "8", "{}"]);
        let names = |row: &Row| row.header().map(|header| header.names().collect::<Vec<_>>().join(","));
        let names: Vec<_> = rows.iter().map(names).collect();
        let expected = [Some("a,b"), Some("a,b"), Some("a"), Some("b,a"), None, Some("")];
        assert_eq!(names.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
        assert_eq!(rows[3].field(0), Some(Field::Scalar(Scalar::Integer(6))));
    }
}
