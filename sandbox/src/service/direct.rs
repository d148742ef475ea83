//! Requests without a socket, for fuzzers.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{Request, header};

use crate::http::listener::Connection;
use crate::service::router::handle;
use crate::service::sandbox::Sandbox;

impl Sandbox {
    /// Answers a request that is written as on the wire, line ends with or without CR: status and body. `None` if it
    /// has no form that gets past an HTTP server. What the server itself does is left out: lengths and chunks,
    /// compression, connections. Not a part of the interface: it may change at any time.
    #[doc(hidden)]
    pub async fn ask(&self, request: &[u8]) -> Option<(u16, Vec<u8>)> {
        let request = parse(request)?;
        let connection = ConnectInfo(Connection::new(None));
        let response = handle(State(Arc::clone(&self.server)), connection, request).await;
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.ok()?;
        Some((status, body.to_vec()))
    }
}

fn parse(text: &[u8]) -> Option<Request<Body>> {
    let (line, mut rest) = line(text);
    let mut words = line.split(|byte| *byte == b' ');
    let (method, target) = (words.next()?, words.next()?);
    let mut builder = Request::builder().method(method).uri(target);
    while !rest.is_empty() {
        let (header, after) = self::line(rest);
        rest = after;
        if header.is_empty() {
            break;
        }
        let colon = header.iter().position(|byte| *byte == b':')?;
        let (name, value) = header.split_at_checked(colon)?;
        builder = builder.header(name, value.get(1..)?.trim_ascii());
    }
    let request = builder.header(header::CONTENT_LENGTH, rest.len()).body(Body::from(rest.to_vec())).ok()?;
    request.uri().path().starts_with('/').then_some(request)
}

/// The first line without its end, and what follows.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| *byte == b'\n');
    let (line, rest) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, b""));
    (line.strip_suffix(b"\r").unwrap_or(line), rest.get(1..).unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::options::Options;

    #[tokio::test]
    async fn requests_are_answered_without_a_socket() {
        let tenant = Sandbox::start(Options { people: 5, ..Options::default() }).await.unwrap();
        let token = tenant.access_token();
        let ask = async |text: String| tenant.ask(text.as_bytes()).await;
        let head =
            format!("Host: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json");
        let count = ask(format!("GET /odata/v2/User/$count HTTP/1.1\r\n{head}\r\n\r\n")).await;
        assert_eq!(count.unwrap().0, 200);
        let body = "{\"__metadata\":{\"uri\":\"User('sfapi')\"},\"nickname\":\"n\"}";
        let (status, body) =
            ask(format!("POST /odata/v2/upsert?$format=json\n{head}\n\n{body}")).await.unwrap();
        assert!(status == 200 && String::from_utf8(body).unwrap().contains("\"OK\""));
        assert_eq!(tenant.user("sfapi").unwrap()["nickname"], "n");
        assert_eq!(ask("GET /odata/v2/User\nHost: localhost".to_owned()).await.unwrap().0, 401);
        assert_eq!(ask("GET /odata/v2/User".to_owned()).await.unwrap().0, 400);
        for nothing in ["", "GET", "GET \u{1}", "GET /x\nno header", "GET nowhere"] {
            assert!(ask(nothing.to_owned()).await.is_none(), "{nothing}");
        }
    }
}
