//! `$batch`: many reads in one request (docs/successfactors.md#batches).

use std::fmt::Write as _;

use bytes::Bytes;
use connector_core::{Result, Retry};

use super::classify;
use super::page::{self, Page};
use super::query::Query;
use crate::http::{Answer, Spare};

/// What stands between the parts of a batch. Queries are percent-encoded, so that none can hold it.
pub(crate) const BOUNDARY: &str = "batch_of_reads";

/// The body of a batch of reads. Addresses are relative to `/odata/v2/` (KBA 2614934), and of any length.
pub(crate) fn body(queries: &[Query]) -> Bytes {
    let mut text = String::new();
    for query in queries {
        let _infallible = write!(
            text,
            "--{BOUNDARY}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
             GET {} HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n",
            query.encoded()
        );
    }
    let _infallible = write!(text, "--{BOUNDARY}--\r\n");
    Bytes::from(text)
}

/// Reads the answers of a batch, in the order of its requests. One that was refused for good is an error of
/// its own.
///
/// # Errors
///
/// A batch that was refused as a whole, one whose answer is cut off, and one in which a request may succeed
/// later: then the whole batch is to be sent again.
pub(crate) fn read(answer: &Answer, requests: usize) -> Result<Vec<Result<Page>>> {
    if !answer.is_success() {
        return Err(classify::answer(answer));
    }
    let garbled = || answer.garbled("a batch that is not complete");
    let parts = parts(&answer.body, requests).ok_or_else(garbled)?;
    if parts.len() != requests {
        return Err(garbled());
    }
    let mut pages = Vec::with_capacity(requests);
    for part in parts {
        let part = inner(answer, part).ok_or_else(garbled)?;
        match page::read_list(part, &Spare::default()) {
            Err(error) if error.retry() != Retry::Never || classify::wants_another_token(&error) => {
                return Err(error);
            }
            page => pages.push(page),
        }
    }
    Ok(pages)
}

/// The parts between the delimiters. The first line names the boundary; a body without the last delimiter was
/// cut off. No more of them than one too many.
fn parts(body: &[u8], requests: usize) -> Option<Vec<&[u8]>> {
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let line = body.get(start..)?.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let delimiter = line.strip_prefix(b"--").filter(|name| !name.is_empty()).map(|_| line)?;
    let (mut parts, mut begin, mut position) = (Vec::new(), None, start);
    loop {
        let (end, next) = line_at(body, position)?;
        let text = body.get(position..end)?;
        if let Some(rest) = text.strip_prefix(delimiter) {
            if let Some(begin) = begin {
                parts.push(body.get(begin..position)?);
            }
            match rest.trim_ascii() {
                b"" if parts.len() > requests => return Some(parts),
                b"" => begin = Some(next),
                b"--" => return Some(parts),
                _ => return None,
            }
        }
        position = next;
    }
}

/// The end of the line that begins here, and where the next one begins; nothing after the last.
fn line_at(body: &[u8], position: usize) -> Option<(usize, usize)> {
    let rest = body.get(position..).filter(|rest| !rest.is_empty())?;
    let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |place| place + 1);
    let end = position + rest.get(..length)?.trim_ascii_end().len();
    Some((end, position + length))
}

/// The answer in a part: past the part's own headers, the status line and the answer's headers.
fn inner(outer: &Answer, part: &[u8]) -> Option<Answer> {
    let head = after_blank_line(part, 0)?;
    let (end, first_header) = line_at(part, head)?;
    let line = std::str::from_utf8(part.get(head..end)?).ok()?;
    let status = line.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let body = after_blank_line(part, first_header).unwrap_or(part.len());
    let headers = String::from_utf8_lossy(part.get(first_header..body)?).to_ascii_lowercase();
    let header = |name: &str| headers.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let retry_after = header("retry-after").and_then(|text| text.trim().parse().ok());
    Some(Answer {
        status,
        content_type: header("content-type").unwrap_or_default().trim().to_owned(),
        retry_after: retry_after.map(std::time::Duration::from_secs),
        date: outer.date,
        zone: outer.zone,
        place: outer.place.clone(),
        body: part.get(body..)?.trim_ascii().to_vec(),
    })
}

fn after_blank_line(text: &[u8], mut position: usize) -> Option<usize> {
    loop {
        let (end, next) = line_at(text, position)?;
        if end == position {
            return Some(next);
        }
        position = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::ErrorKind;

    fn answer(body: &str) -> Answer {
        Answer {
            status: 200,
            content_type: "multipart/mixed; boundary=x".into(),
            body: body.to_owned().into(),
            ..Answer::default()
        }
    }

    fn part(status: &str, body: &str) -> String {
        format!(
            "--Batch_X\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 {status}\r\n\
             Content-Type: application/json\r\nX-New: 1\r\n\r\n{body}\r\n"
        )
    }

    #[test]
    fn answers_come_in_the_order_of_the_requests_and_fail_one_by_one() {
        let (one, two) = (r#"{"d":{"results":[{"a":1}]}}"#, r#"{"d":[]}"#);
        let refused = r#"{"error":{"code":"x","message":{"value":"[COE0020]no"}}}"#;
        let text = [part("200 OK", one), part("403 Forbidden", refused), part("200 OK", two)].concat();
        let pages = read(&answer(&format!("{text}--Batch_X--\r\n")), 3).unwrap();
        assert_eq!(&pages[0].as_ref().unwrap().rows[0][..], br#"{"a":1}"#);
        assert_eq!(pages[1].as_ref().unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert!(pages[2].as_ref().unwrap().rows.is_empty());
        // Bare line feeds occur too.
        let pages = read(&answer(&format!("{text}--Batch_X--\n").replace('\r', "")), 3).unwrap();
        assert_eq!(pages.len(), 3);
    }

    #[test]
    fn what_passes_fails_the_whole_batch_so_that_it_is_sent_again() {
        let busy = part("503 Service Unavailable", "");
        let error = read(&answer(&format!("{busy}--Batch_X--")), 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable);
    }

    #[test]
    fn a_batch_that_is_cut_off_is_never_a_short_one() {
        let text = format!("{}--Batch_X--\r\n", part("200 OK", r#"{"d":[]}"#));
        for end in 0..text.len() - 4 {
            let error = read(&answer(&text[..end]), 1).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{end}");
        }
        assert!(read(&answer(&text), 2).is_err());
    }

    #[test]
    fn a_query_cannot_leave_its_line() {
        let query = Query::set("User").option("$filter", format!("x eq '\r\n--{BOUNDARY}--\r\n'"));
        let body = body(&[query]);
        let text = std::str::from_utf8(&body).unwrap();
        assert_eq!(text.matches("\r\n--").count(), 1, "{text}");
    }
}
