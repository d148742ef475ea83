//! The rows of an answer: its text, and where each field is.

use std::borrow::Cow;
use std::mem;
use std::ops::Deref;
use std::sync::Arc;

use super::edm::Scalar;
use super::json::{Kind, Malformed, Scanner, Span};
use super::limits::{Excess, Limits, MAX_FIELDS};
use super::zone::Zone;
use crate::http::{Place, Spare};

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
    /// An object or an array, as JSON: nobody has looked into it.
    Nested(&'a str),
}

impl Row {
    /// The names of its fields. Nothing if it is not an object.
    pub fn header(&self) -> Option<&Arc<Header>> {
        self.sheet.headers.get(self.line()?.header as usize)
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
            Kind::Number => Scalar::Number(Cow::Borrowed(span.of(text))),
            Kind::Text => Scalar::Text(Cow::Borrowed(span.of(text))),
            Kind::Escaped => Scalar::Text(Cow::Owned(span.text_of(text).ok()??)),
            Kind::Object | Kind::Array => return Some(Field::Nested(span.of(text))),
        }))
    }

    /// The text or number in the field of this name, which is the last one of them.
    pub fn text_of(&self, name: &str) -> Option<String> {
        let place = self.header()?.names().collect::<Vec<_>>().iter().rposition(|known| *known == name)?;
        match self.field(place)? {
            Field::Scalar(scalar @ (Scalar::Text(_) | Scalar::Number(_))) => {
                scalar.into_text().map(|text| text.to_string())
            }
            _ => None,
        }
    }

    /// The zone of the server that it came from, if that named one.
    pub fn zone(&self) -> Option<Zone> {
        self.sheet.origin.zone
    }

    fn span(&self, place: usize) -> Option<&Span> {
        self.sheet.spans.get(self.line()?.first as usize + place)
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

/// Where rows come from: the zone of the server's clock, and what has to be kept until the last of them is gone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    pub zone: Option<Zone>,
    /// Memory for texts to come, to which theirs is given back.
    pub spare: Spare,
    /// The room that they take in the memory for answers.
    pub place: Place,
}

/// A text with rows in it.
#[derive(Debug)]
struct Sheet {
    text: String,
    lines: Vec<Line>,
    /// The fields of all rows, one row after the other.
    spans: Vec<Span>,
    headers: Vec<Arc<Header>>,
    origin: Origin,
}

impl Drop for Sheet {
    fn drop(&mut self) {
        self.origin.spare.give(mem::take(&mut self.text).into_bytes());
    }
}

#[derive(Debug)]
struct Line {
    json: Span,
    /// Its first field.
    first: u32,
    header: u32,
}

/// The header of what is no object.
const NO_HEADER: u32 = u32::MAX;

/// Finds rows, one after the other.
pub(super) struct Finder {
    limits: Limits,
    lines: Vec<Line>,
    spans: Vec<Span>,
    headers: Vec<Vec<Key>>,
    /// How many keys there are in all headers, and how long they are.
    keys: usize,
    names: usize,
    /// What there was too much of.
    pub excess: Option<Excess>,
}

/// So much is made of a row besides its fields, of a field, and of the key of another header: while they are found, and
/// for the header that comes of it.
const OF_ROW: usize = size_of::<Line>() + size_of::<Row>();
const OF_FIELD: usize = size_of::<Span>();
const OF_KEY: usize = size_of::<Key>() + size_of::<String>() + 16;
const OF_HEADER: usize = size_of::<Vec<Key>>() + 64;

/// A key of the first row that has it: its name, and from where to where there is more than a value.
#[derive(Clone, Copy)]
struct Key {
    name: Span,
    around: (usize, usize),
}

impl Finder {
    /// For a text of this length, of which no more is to be made than these limits allow.
    pub fn new(length: usize, limits: Limits) -> Self {
        Self {
            limits,
            lines: Vec::new(),
            // A field takes some thirty bytes.
            spans: Vec::with_capacity(length / 32),
            headers: Vec::new(),
            keys: 0,
            names: 0,
            excess: None,
        }
    }

    /// The next value, as a row.
    ///
    /// # Errors
    ///
    /// Anything that is not JSON; more than the limits allow.
    pub fn find(&mut self, scanner: &mut Scanner<'_>) -> Result<(), Malformed> {
        let first = self.spans.len() as u32;
        // A text that is scanned is shorter than 32 bits can say.
        let line = match scanner.peek()? {
            b'{' => self.object(scanner)?,
            _ => Line { json: scanner.value()?, first, header: NO_HEADER },
        };
        let length = line.json.length();
        self.lines.push(line);
        self.excess = self.limits.check(self.lines.len(), length, self.made());
        if self.excess.is_some() { Err(Malformed) } else { Ok(()) }
    }

    /// How many bytes are made of the text.
    pub fn made(&self) -> usize {
        let headers = self.headers.len() * OF_HEADER + self.keys * OF_KEY + self.names;
        self.lines.len() * OF_ROW + self.spans.len() * OF_FIELD + headers
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
            if self.spans.len() - first > MAX_FIELDS {
                self.excess = Some(Excess::Fields);
                return Err(Malformed);
            }
        }
        if let Some(own) = own {
            self.keys += own.len();
            self.names += own.iter().map(|key| key.name.length()).sum::<usize>();
            self.headers.push(own);
        }
        let json = Span::new(Kind::Object, start, scanner.place());
        Ok(Line { json, first: first as u32, header: (self.headers.len() as u32).wrapping_sub(1) })
    }

    /// The rows that were found in this text.
    pub fn rows(self, text: String, origin: Origin) -> Vec<Row> {
        let name = |key: &Key| key.name.text_of(&text).ok().flatten().unwrap_or_default();
        let headers = self.headers.iter().map(|keys| Arc::new(Header(keys.iter().map(name).collect())));
        let headers = headers.collect();
        let sheet = Arc::new(Sheet { headers, text, lines: self.lines, spans: self.spans, origin });
        (0..sheet.lines.len()).map(|place| Row { sheet: Arc::clone(&sheet), place }).collect()
    }
}

/// Rows that an answer could have.
#[cfg(test)]
pub(crate) fn rows(rows: &[&str]) -> Vec<Row> {
    rows_of(rows, Origin::default())
}

/// The same, from somewhere.
#[cfg(test)]
pub(crate) fn rows_of(rows: &[&str], origin: Origin) -> Vec<Row> {
    let (text, mut finder) = (format!("[{}]", rows.join(",")), Finder::new(0, Limits::default()));
    Scanner::new(&text).unwrap().array(|scanner| finder.find(scanner)).unwrap();
    finder.rows(text, origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_other_fields_have_headers_of_their_own() {
        let rows =
            rows(&[r#"{"a":1,"b":2}"#, r#"{"a":3,"b":4}"#, r#"{"a":5}"#, r#"{"b":6,"a":7}"#, "8", "{}"]);
        let names = |row: &Row| row.header().map(|header| header.names().collect::<Vec<_>>().join(","));
        let names: Vec<_> = rows.iter().map(names).collect();
        let expected = [Some("a,b"), Some("a,b"), Some("a"), Some("b,a"), None, Some("")];
        assert_eq!(names.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
        assert_eq!(rows[3].field(0), Some(Field::Scalar(Scalar::Number("6".into()))));
    }
}
