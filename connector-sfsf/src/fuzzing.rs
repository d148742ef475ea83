//! Ways in for the fuzz targets. They are there only where a fuzzer compiles the crate.

use crate::http::Answer;
use crate::odata::{error_body, page_judge};

/// Reads bytes as a page of records, judged by serde_json.
///
/// # Panics
///
/// If it is not the page that it is.
pub fn page(body: &[u8]) {
    page_judge::judge(body);
}

/// Reads bytes as the body of an answer that is no success.
///
/// # Panics
///
/// If what an error would repeat of it is longer than a line of an error may be, or has more lines than one.
pub fn error_body(status: u16, content_type: &str, body: &[u8]) {
    let answer =
        Answer { status, content_type: content_type.into(), body: body.to_vec(), ..Answer::default() };
    error_body::shape(&answer);
    let text = error_body::read(&answer).text.unwrap_or_default();
    assert!(text.chars().count() <= error_body::MAX_TEXT + 1 && !text.contains('\n'), "{text}");
}
