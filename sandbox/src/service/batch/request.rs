//! What a batch asks for: requests, alone and in change sets.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use bytes::Bytes;

use crate::error::ODataError;
use crate::http::call::Call;
use crate::service::batch::content_id;
use crate::service::batch::multipart::{Headed, Surroundings, Text, boundary, first_line, headed, split};

/// All requests of a batch together, those in change sets counted one by one (KBA 2614934).
pub(super) const MAX_REQUESTS: usize = 180;

/// One part of a batch.
#[derive(Debug)]
pub(super) enum Item {
    /// A request of its own, which may only read.
    Request(Box<Call>),
    /// Writes that succeed or fail together.
    ChangeSet(Vec<Call>),
}

impl Item {
    pub(super) fn calls(&self) -> &[Call] {
        match self {
            Self::Request(call) => std::slice::from_ref(call.as_ref()),
            Self::ChangeSet(calls) => calls,
        }
    }
}

/// Reads a batch; `preamble` lets text stand in front of its first boundary.
///
/// # Errors
///
/// `BadRequestException` for a body that is none, and for too many requests.
pub(super) fn items(outer: &Call, preamble: bool) -> Result<Vec<Item>, ODataError> {
    let content_type = outer.header(header::CONTENT_TYPE);
    let boundary = boundary(content_type)
        .ok_or_else(|| broken("The content type of a batch request is multipart/mixed with a boundary"))?;
    // Empty parts cost nothing, but there must be an end to them.
    let limit = 4 * MAX_REQUESTS;
    let around = if preamble { Surroundings::Anything } else { Surroundings::NothingBefore };
    let parts = split(Text::whole(&outer.body), boundary, limit, around).map_err(|text| broken(&text))?;
    let items: Vec<Item> = parts.into_iter().map(|part| item(part, outer)).collect::<Result<_, _>>()?;
    if items.iter().map(|item| item.calls().len()).sum::<usize>() > MAX_REQUESTS {
        let text = format!("The request count exceeds the maximum request count allowed : {MAX_REQUESTS}");
        return Err(broken(&text));
    }
    Ok(items)
}

fn broken(text: &str) -> ODataError {
    ODataError::bad_request_exception(text)
}

fn item(part: Text<'_>, outer: &Call) -> Result<Item, ODataError> {
    let part = headed(part).map_err(|text| broken(&text))?;
    let Some(boundary) = boundary(part.header("content-type")) else {
        return Ok(Item::Request(Box::new(request(&part, outer)?)));
    };
    let calls = split(part.body, boundary, 4 * MAX_REQUESTS, Surroundings::Nothing);
    let calls = calls.map_err(|text| broken(&text))?.into_iter();
    let calls = calls.map(|inner| request(&headed(inner).map_err(|text| broken(&text))?, outer));
    Ok(Item::ChangeSet(calls.collect::<Result<_, _>>()?))
}

/// The request that an `application/http` part holds. Its `Content-Length` is not needed.
fn request(part: &Headed<'_>, outer: &Call) -> Result<Call, ODataError> {
    if !part.header("content-type").to_ascii_lowercase().starts_with("application/http") {
        return Err(broken("A part of a batch request is application/http or multipart/mixed"));
    }
    let (line, rest) = first_line(part.body);
    let line = String::from_utf8_lossy(line);
    // An empty line too many is no request either.
    let wrong = || broken(&format!("A request line of the batch is broken at line '{}'.", part.body.line));
    let (method, target) = line.split_once(' ').ok_or_else(wrong)?;
    let method = Method::from_bytes(method.as_bytes()).map_err(|_| wrong())?;
    let target = target.rsplit_once(" HTTP/").map_or(target, |(target, _)| target).trim();
    let inner = headed(rest).map_err(|text| broken(&text))?;
    let mut headers = headers(&inner, outer);
    // The id stands before the request or in it.
    if let Ok(id) = HeaderValue::from_str(part.header(content_id::HEADER))
        && !id.is_empty()
    {
        headers.insert(content_id::HEADER, id);
    }
    Ok(Call::inside(outer, method, &path(target), headers, Bytes::copy_from_slice(inner.body.bytes)))
}

/// The path of a target that is relative to `/odata/v2/` (KBA 2614934), or has it, or a host before it.
fn path(target: &str) -> String {
    let target = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => target,
    };
    if target.starts_with('/') { target.to_owned() } else { format!("/odata/v2/{target}") }
}

/// The part's own headers, and the recommended ones of the whole.
fn headers(part: &Headed<'_>, outer: &Call) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in &part.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            headers.append(name, value);
        }
    }
    for name in ["x-sf-correlation-id", "successfactors-sourcetype"] {
        if let Some(value) = outer.headers.get(name).filter(|_| !headers.contains_key(name)) {
            headers.insert(HeaderName::from_static(name), value.clone());
        }
    }
    headers
}
