//! Answers and their two languages.

use std::borrow::Cow;
use std::convert::Infallible;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use futures_util::stream;

use crate::error::ODataError;
use crate::http::call::Format;
use crate::xml::escape;

pub(crate) const JSON: &str = "application/json;charset=utf-8";
pub(crate) const ATOM: &str = "application/atom+xml;charset=utf-8";
pub(crate) const XML: &str = "application/xml;charset=utf-8";

/// An answer, before it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// How many records it carries.
    pub(crate) records: usize,
    /// How many there are with all that is expanded below them, where entities were read.
    pub(crate) tree: Option<usize>,
    /// Where the body is cut into two chunks, if it goes out in chunks.
    pub(crate) chunked_at: Option<usize>,
}

impl Reply {
    pub(crate) fn new(status: StatusCode, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            content_type: content_type.into(),
            headers: Vec::new(),
            body: body.into(),
            records: 0,
            tree: None,
            chunked_at: None,
        }
    }

    pub(crate) fn ok(content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(StatusCode::OK, content_type, body)
    }

    pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Self {
        Self::new(status, JSON, value.to_string())
    }

    /// Another content type, which is made for this answer.
    pub(crate) fn with_content_type(mut self, content_type: String) -> Self {
        self.content_type = content_type.into();
        self
    }

    pub(crate) fn with_records(mut self, records: usize) -> Self {
        self.records = records;
        self
    }

    /// Entities that were read, and how many came along below them.
    pub(crate) fn with_tree(self, records: usize, expanded: usize) -> Self {
        Self { tree: Some(records + expanded), ..self.with_records(records) }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// An error in the language of the request (docs/successfactors.md#formats, docs/successfactors.md#error-bodies).
    pub(crate) fn error(error: &ODataError, format: Format) -> Self {
        let mut reply = match format {
            Format::Json => {
                let message = serde_json::json!({"lang": "en-US", "value": error.text});
                let body = serde_json::json!({"error": {"code": error.code, "message": message}});
                Self::json(error.status, &body)
            }
            Format::Atom => Self::new(error.status, XML, xml_error(error)),
        };
        if let Some(seconds) = error.retry_after {
            reply = reply.with_header("retry-after", seconds.to_string());
        }
        reply
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let body = match self.chunked_at {
            Some(at) => in_chunks(self.body, at),
            None => Body::from(self.body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Ok(content_type) = HeaderValue::from_str(&self.content_type) {
            headers.insert(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

/// A body whose length is not known beforehand, so that HTTP/1.1 sends it in chunks.
fn in_chunks(mut first: Vec<u8>, at: usize) -> Body {
    let second = first.split_off(at.min(first.len()));
    Body::from_stream(stream::iter([first, second].map(Ok::<_, Infallible>)))
}

fn xml_error(error: &ODataError) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <error xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\">\
         <code>{}</code><message xml:lang=\"en-US\">{}</message></error>",
        escape(&error.code),
        escape(&error.text)
    )
}
