//! The parts of a `multipart/mixed` body, with CRLF or bare LF at the ends of lines: both are seen in the
//! wild (docs/successfactors.md#batches). Where a boundary is due, nothing else may stand: RFC 2046 would pass over it,
//! and SuccessFactors does not (SAP/python-pyodata issues 136 and 285). Its error tells the line of the whole body, so
//! that every piece of text knows on which line it begins.

use std::ops::Range;

/// The longest boundary of RFC 2046.
const LONGEST_BOUNDARY: usize = 70;
/// Lines of headers that a part may have.
const MAX_HEADERS: usize = 100;

/// A piece of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text<'a> {
    pub(super) bytes: &'a [u8],
    /// The number of its first line in the whole body, which begins with 1.
    pub(super) line: usize,
}

impl<'a> Text<'a> {
    /// A whole body.
    pub(super) fn whole(bytes: &'a [u8]) -> Self {
        Self { bytes, line: 1 }
    }

    /// Its lines: the number of each, and its place with its end.
    fn lines(self) -> impl Iterator<Item = (usize, Range<usize>)> {
        (self.line..).zip(lines(self.bytes))
    }
}

/// What stands in front of the first boundary and behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// Nothing may stand in front; what is behind is passed over.
    NothingBefore,
    /// Nothing may stand in front, and only empty lines behind: the next boundary of the whole is due there.
    Nothing,
    /// Both are passed over (RFC 2046, section 5.1.1).
    Anything,
}

/// Headers in front of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headed<'a> {
    /// Names are in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Text<'a>,
}

impl Headed<'_> {
    /// The first header of a name that is given in lower case; empty if there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }
}

/// The boundary of a content type; `None` if it is not `multipart/mixed` or has none that could be one.
pub(super) fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/mixed") {
        return None;
    }
    let named = parameters.split(';').filter_map(|one| one.split_once('='));
    let (_, value) = named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let value = value.trim().trim_matches('"');
    let fits =
        (1..=LONGEST_BOUNDARY).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then_some(value)
}

/// The texts between the boundaries.
///
/// # Errors
///
/// A text that says what is wrong: a line where a boundary is due, a body that does not end, or more than `limit`
/// parts.
pub(super) fn split<'a>(
    text: Text<'a>,
    boundary: &str,
    limit: usize,
    around: Surroundings,
) -> Result<Vec<Text<'a>>, String> {
    let mut parts = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut lines = text.lines();
    while let Some((number, line)) = lines.next() {
        let Some(last) = delimiter(&text.bytes[line.clone()], boundary) else {
            if open.is_none() && around != Surroundings::Anything {
                return Err(missing(number));
            }
            continue;
        };
        if let Some((first, from)) = open {
            let bytes = without_end(&text.bytes[from..line.start.max(from)]);
            parts.push(Text { bytes, line: first });
        }
        if last {
            let strange =
                |(_, line): &(usize, Range<usize>)| !text.bytes[line.clone()].trim_ascii().is_empty();
            return match lines.find(strange).filter(|_| around == Surroundings::Nothing) {
                Some((number, _)) => Err(missing(number)),
                None => Ok(parts),
            };
        }
        if parts.len() >= limit {
            return Err("The batch request has too many parts".to_owned());
        }
        open = Some((number + 1, line.end));
    }
    Err(match open {
        Some(_) => "The batch request does not end with its boundary".to_owned(),
        None => missing(text.line),
    })
}

/// The words of the tenant (SAP/python-pyodata issues 136 and 285).
fn missing(line: usize) -> String {
    format!("Missing boundary delimiter at line '{line}'.")
}

/// Whether a line is a delimiter: `Some(true)` for the last one.
fn delimiter(line: &[u8], boundary: &str) -> Option<bool> {
    let rest = line.trim_ascii_end().strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?;
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// The places of the lines, each with its end.
fn lines(body: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = body.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        let line = at..at + length;
        at = line.end;
        Some(line)
    })
}

/// A body without the end of line that belongs to the delimiter after it.
fn without_end(body: &[u8]) -> &[u8] {
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    body.strip_suffix(b"\r").unwrap_or(body)
}

/// The headers of a text, and its body after the first empty line.
///
/// # Errors
///
/// A line that is no header, or more of them than anybody sends.
pub(super) fn headed(text: Text<'_>) -> Result<Headed<'_>, String> {
    let mut headers = Vec::new();
    for (number, line) in text.lines() {
        let content = text.bytes[line.clone()].trim_ascii();
        if content.is_empty() {
            let body = Text { bytes: &text.bytes[line.end..], line: number + 1 };
            return Ok(Headed { headers, body });
        }
        let content = String::from_utf8_lossy(content);
        let (name, value) = content
            .split_once(':')
            .ok_or_else(|| format!("A part of the batch request has a broken header at line '{number}'."))?;
        if headers.len() >= MAX_HEADERS {
            return Err("A part of the batch request has too many headers".to_owned());
        }
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    Ok(Headed { headers, body: Text { bytes: b"", line: text.line } })
}

/// The first line, and what follows it.
pub(super) fn first_line(text: Text<'_>) -> (&[u8], Text<'_>) {
    let line = lines(text.bytes).next().unwrap_or_default();
    let rest = Text { bytes: &text.bytes[line.end..], line: text.line + 1 };
    (text.bytes[line].trim_ascii(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_found_with_and_without_quotes() {
        assert_eq!(boundary("multipart/mixed; boundary=batch_1"), Some("batch_1"));
        assert_eq!(boundary("Multipart/Mixed;charset=x; Boundary=\"a b\""), None);
        assert_eq!(boundary("multipart/mixed; boundary=\"a-b\""), Some("a-b"));
        for wrong in ["multipart/mixed", "text/plain; boundary=a", "multipart/mixed; boundary=", ""] {
            assert_eq!(boundary(wrong), None, "{wrong}");
        }
    }

    fn whole(text: &str) -> Text<'_> {
        Text::whole(text.as_bytes())
    }

    /// docs/successfactors.md#batches: bare line feeds are accepted.
    #[test]
    fn parts_are_split_at_either_end_of_line() {
        for end in ["\r\n", "\n"] {
            let body = ["--b", "A: 1", "", "one", "", "--b ", "", "two", "--b--", "after"].join(end);
            let parts = split(whole(&body), "b", 9, Surroundings::NothingBefore).unwrap();
            assert_eq!(parts.iter().map(|part| part.line).collect::<Vec<_>>(), [2, 7]);
            let first = headed(parts[0]).unwrap();
            assert_eq!((first.header("a"), first.body.bytes), ("1", format!("one{end}").as_bytes()));
            assert_eq!(first.body.line, 4);
            assert_eq!(headed(parts[1]).unwrap().body.bytes, b"two");
        }
    }

    /// SAP/python-pyodata issues 136 and 285: what stands where a boundary is due is refused by its line, be it empty.
    #[test]
    fn only_a_boundary_stands_where_one_is_due() {
        fn split(body: &str, around: Surroundings) -> Result<Vec<Text<'_>>, String> {
            super::split(Text { line: 3, ..whole(body) }, "b", 9, around)
        }
        let missing = |line: usize| Err(format!("Missing boundary delimiter at line '{line}'."));
        for before in ["\r\n", "text\r\n", "--other\r\n", "b\r\n"] {
            let body = format!("{before}--b\r\n\r\n--b--\r\n");
            assert_eq!(split(&body, Surroundings::NothingBefore), missing(3), "{before}");
            assert_eq!(split(&body, Surroundings::Anything).map(|parts| parts.len()), Ok(1), "{before}");
        }
        let body = "--b\n\n--b--\n\nafter\n";
        assert_eq!(split(body, Surroundings::Nothing), missing(7));
        assert!(split(body, Surroundings::NothingBefore).is_ok());
        assert!(split("--b\n\n--b--\n\n\n", Surroundings::Nothing).is_ok());
        assert_eq!(split("", Surroundings::Anything), missing(3));
    }

    #[test]
    fn broken_bodies_are_refused() {
        for body in ["", "--b", "--b\r\nx", "--bb--", "--b\n\n--b\n\n--b\n\n--b--"] {
            assert!(split(whole(body), "b", 2, Surroundings::NothingBefore).is_err(), "{body}");
        }
        assert_eq!(split(whole("--b--"), "b", 2, Surroundings::Nothing), Ok(vec![]));
        assert!(headed(whole("no header\n\n")).is_err());
        assert!(headed(whole(&"a:b\n".repeat(101))).is_err());
        let (line, rest) = first_line(whole("GET x\r\nA:b"));
        assert_eq!((line, rest), (&b"GET x"[..], Text { bytes: b"A:b", line: 2 }));
        assert_eq!(first_line(whole("\r\nGET x")).0, b"");
        assert_eq!(first_line(whole("")).0, b"");
    }
}
