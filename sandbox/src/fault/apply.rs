//! What each fault does to an answer.

use axum::http::StatusCode;

use crate::error::ODataError;
use crate::fault::{FaultKind, page};
use crate::http::call::Call;
use crate::http::listener::Connection;
use crate::http::reply::Reply;
use crate::options::switches::UriPort;

const HTML: &str = "text/html;charset=utf-8";
/// KBA 2545055.
const MAINTENANCE: &str = "The Successfactors HCM suite is currently undergoing scheduled maintenance. We apologize \
    for any inconvenience this may cause.";
const GATEWAY: &str = "We're sorry, but the server, while acting as a gateway or proxy, received an invalid response \
    from the upstream server it accessed in attempting to fulfill the request.";

/// The answer that a fault gives instead of the tenant's.
pub(crate) fn instead(fault: &FaultKind, call: &Call) -> Option<Reply> {
    Some(match fault {
        FaultKind::Throttle(seconds) => {
            error(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", "Too Many Requests", *seconds, call)
        }
        FaultKind::Unavailable(seconds) => error(
            StatusCode::SERVICE_UNAVAILABLE,
            "COE_SERVICE_TEMPORARILY_UNAVAILABLE",
            "[COE0040]The request has timed out. OData metadata is being generated for the same instance in another \
             thread. Please try again later",
            *seconds,
            call,
        ),
        FaultKind::Html(status) => html(StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY)),
        FaultKind::Maintenance => {
            Reply::new(StatusCode::SERVICE_UNAVAILABLE, "text/plain;charset=utf-8", MAINTENANCE)
        }
        FaultKind::RejectProperty(name) => {
            Reply::error(&ODataError::property_not_found(entity(call), name), call.format())
        }
        _ => return None,
    })
}

/// The entity set that a request is about.
fn entity(call: &Call) -> &str {
    let last = call.raw_path.rsplit('/').next().unwrap_or_default();
    last.split('(').next().unwrap_or_default()
}

fn error(status: StatusCode, code: &str, text: &str, seconds: u64, call: &Call) -> Reply {
    let mut error = ODataError::new(status, code, text);
    error.retry_after = Some(seconds);
    Reply::error(&error, call.format())
}

/// The page of a proxy.
pub(crate) fn html(status: StatusCode) -> Reply {
    let title = status.canonical_reason().unwrap_or("Error");
    let page = format!(
        "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{GATEWAY}</p></body></html>\n"
    );
    Reply::new(status, HTML, page)
}

/// Spoils an answer that was made, or the connection that it goes out on.
pub(crate) fn spoil(
    fault: &FaultKind,
    reply: &mut Reply,
    call: &Call,
    connection: &Connection,
    port: UriPort,
) {
    match fault {
        FaultKind::CutAfter => connection.cut_after(0),
        FaultKind::CutMiddle => {
            connection.cut_after(u64::try_from(reply.body.len() / 2).unwrap_or(1).max(1));
            // Compressed, the whole answer might be shorter than half of it is now.
            reply.headers.push(("content-encoding", "identity".to_owned()));
        }
        FaultKind::Truncate => truncate(reply),
        FaultKind::ForeignNext(host) => page::foreign_next(reply, call, host),
        FaultKind::LoopNext => page::loop_next(reply, call, port),
        FaultKind::ShiftPage(rows) => page::shift(reply, *rows),
        FaultKind::RepeatRecords(records) => page::repeat(reply, *records),
        FaultKind::Garbage => page::garbage(reply),
        FaultKind::ChunkedGarbage => chunked_garbage(reply, connection),
        FaultKind::BadRecord => page::bad_record(reply),
        _ => {}
    }
}

/// Half of the body as a chunk of its own, and noise where the size of the next one should be.
fn chunked_garbage(reply: &mut Reply, connection: &Connection) {
    let half = reply.body.len() / 2;
    let size_line = format!("{half:X}\r\n").len();
    reply.chunked_at = Some(half);
    // Compressed, the chunks would be others.
    reply.headers.push(("content-encoding", "identity".to_owned()));
    reply.headers.push(("connection", "close".to_owned()));
    connection.garble_after_head(size_line + half + b"\r\n".len());
}

/// Half of the body, cut at a letter's edge so that it is still text.
fn truncate(reply: &mut Reply) {
    let mut half = reply.body.len() / 2;
    while half > 0 && reply.body.get(half).is_some_and(|byte| byte & 0xC0 == 0x80) {
        half -= 1;
    }
    reply.body.truncate(half);
}
