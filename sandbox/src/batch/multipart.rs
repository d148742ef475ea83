//! The parts of a `multipart/mixed` body, with CRLF or bare LF at the ends of lines: both are seen in the
//! wild (protocol sheet §6).

use std::ops::Range;

/// The longest boundary of RFC 2046.
const LONGEST_BOUNDARY: usize = 70;
/// Lines of headers that a part may have.
const MAX_HEADERS: usize = 100;

/// Headers in front of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headed<'a> {
    /// Names are in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: &'a [u8],
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

/// The bodies between the boundaries. What stands before the first and after the last is ignored.
///
/// # Errors
///
/// A text that says what is wrong: a body that does not end, or more than `limit` parts.
pub(super) fn split<'a>(body: &'a [u8], boundary: &str, limit: usize) -> Result<Vec<&'a [u8]>, &'static str> {
    let mut parts = Vec::new();
    let mut from = None;
    for line in lines(body) {
        let Some(last) = delimiter(&body[line.clone()], boundary) else { continue };
        if let Some(from) = from {
            parts.push(without_end(&body[from..line.start.max(from)]));
        }
        if last {
            return Ok(parts);
        }
        if parts.len() >= limit {
            return Err("The batch request has too many parts");
        }
        from = Some(line.end);
    }
    Err("The batch request does not end with its boundary")
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
pub(super) fn headed(text: &[u8]) -> Result<Headed<'_>, &'static str> {
    let mut headers = Vec::new();
    for line in lines(text) {
        let content = text[line.clone()].trim_ascii();
        if content.is_empty() {
            return Ok(Headed { headers, body: &text[line.end..] });
        }
        let content = String::from_utf8_lossy(content);
        let (name, value) =
            content.split_once(':').ok_or("A part of the batch request has a broken header")?;
        if headers.len() >= MAX_HEADERS {
            return Err("A part of the batch request has too many headers");
        }
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    Ok(Headed { headers, body: b"" })
}

/// The first line that is not empty, and what follows it.
pub(super) fn first_line(text: &[u8]) -> (&[u8], &[u8]) {
    for line in lines(text) {
        let content = text[line.clone()].trim_ascii();
        if !content.is_empty() {
            return (content, &text[line.end..]);
        }
    }
    (b"", b"")
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

    /// Protocol sheet §6: bare line feeds are accepted.
    #[test]
    fn parts_are_split_at_either_end_of_line() {
        for end in ["\r\n", "\n"] {
            let body =
                ["before", "--b", "A: 1", "", "one", "", "--b ", "", "two", "--b--", "after"].join(end);
            let parts = split(body.as_bytes(), "b", 9).unwrap();
            assert_eq!(parts.len(), 2);
            let first = headed(parts[0]).unwrap();
            assert_eq!((first.header("a"), first.body), ("1", format!("one{end}").as_bytes()));
            assert_eq!(headed(parts[1]).unwrap().body, b"two");
        }
    }

    #[test]
    fn broken_bodies_are_refused() {
        for body in ["", "--b", "--b\r\nx", "--bb--", "--b\n\n--b\n\n--b\n\n--b--"] {
            assert!(split(body.as_bytes(), "b", 2).is_err(), "{body}");
        }
        assert_eq!(split(b"--b--", "b", 2), Ok(vec![]));
        assert!(headed(b"no header\n\n").is_err());
        assert!(headed("a:b\n".repeat(101).as_bytes()).is_err());
        assert_eq!(first_line(b"\r\n GET x\r\nA:b"), (&b"GET x"[..], &b"A:b"[..]));
    }
}
