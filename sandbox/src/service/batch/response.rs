//! The answer of a batch, part by part, with the headers that were captured (KBA 3405898, 3709239).

use aws_lc_rs::digest;
use axum::http::StatusCode;

use crate::http::reply::Reply;

/// Which part of an answer a request became.
#[derive(Debug)]
pub(super) enum Part {
    /// One answer: of a request, or of a change set that failed.
    Single(Reply),
    /// The answers of a change set.
    ChangeSet(Vec<Reply>),
}

impl Part {
    pub(super) fn replies(&self) -> &[Reply] {
        match self {
            Self::Single(reply) => std::slice::from_ref(reply),
            Self::ChangeSet(replies) => replies,
        }
    }
}

/// The whole answer. Boundaries are made from `serial`.
pub(super) fn multipart(parts: &[Part], status: StatusCode, serial: u64) -> Reply {
    let boundary = format!("batch_{}", identifier(serial, 0));
    let mut body = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        line(&mut body, &format!("--{boundary}"));
        match part {
            Part::Single(reply) => http(&mut body, reply),
            Part::ChangeSet(replies) => change_set(&mut body, replies, &identifier(serial, index + 1)),
        }
    }
    line(&mut body, &format!("--{boundary}--"));
    let records = parts.iter().flat_map(Part::replies).map(|reply| reply.records).sum();
    Reply::new(status, "multipart/mixed", body)
        .with_content_type(format!("multipart/mixed; boundary={boundary}"))
        .with_records(records)
}

fn change_set(body: &mut Vec<u8>, replies: &[Reply], identifier: &str) {
    let boundary = format!("changeset_{identifier}");
    line(body, &format!("Content-Type: multipart/mixed; boundary={boundary}"));
    line(body, "");
    for reply in replies {
        line(body, &format!("--{boundary}"));
        http(body, reply);
    }
    line(body, &format!("--{boundary}--"));
}

/// One answer as `application/http`.
fn http(body: &mut Vec<u8>, reply: &Reply) {
    line(body, "Content-Type: application/http");
    line(body, "Content-Transfer-Encoding: binary");
    line(body, "");
    let reason = reply.status.canonical_reason().unwrap_or("Unknown");
    line(body, &format!("HTTP/1.1 {} {reason}", reply.status.as_u16()));
    line(body, &format!("Content-Type: {}", reply.content_type));
    for (name, value) in &reply.headers {
        line(body, &format!("{}: {value}", written(name)));
    }
    line(body, &format!("Content-Length: {}", reply.body.len()));
    line(body, "");
    body.extend_from_slice(&reply.body);
    line(body, "");
}

fn line(body: &mut Vec<u8>, text: &str) {
    body.extend_from_slice(text.as_bytes());
    body.extend_from_slice(b"\r\n");
}

/// A header's name as captured.
fn written(name: &str) -> &str {
    match name {
        "dataserviceversion" => "DataServiceVersion",
        "x-sf-record-count-recursive" => "X-SF-Record-Count-Recursive",
        "x-sf-paging" => "X-SF-Paging",
        "retry-after" => "Retry-After",
        "content-id" => "Content-ID",
        other => other,
    }
}

/// A text in the form of a UUID that no other answer has.
fn identifier(serial: u64, part: usize) -> String {
    let digest = digest::digest(&digest::SHA256, format!("batch {serial} {part}").as_bytes());
    let hex: String = digest.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
