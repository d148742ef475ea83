//! One request, read whole.

use std::sync::Arc;

use axum::http::{HeaderMap, Method, Uri, header, request::Parts};
use bytes::Bytes;

use crate::http::peer::Peer;
use crate::http::uri;
use crate::options::switches::UriPort;

/// A request with its path and query as they came and as they read.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// As it came, percent-encoded.
    pub(crate) raw_path: String,
    pub(crate) raw_query: String,
    /// The name-value pairs of the query, decoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    /// The host, and the port if there was one, that the client asked for. `None` if it named none.
    pub(crate) authority: Option<String>,
    pub(crate) body: Bytes,
    /// `http` or `https`.
    pub(crate) scheme: &'static str,
    /// The other end of a connection with TLS.
    pub(crate) peer: Option<Arc<Peer>>,
    /// Whether it came inside of another request.
    pub(crate) part: bool,
}

/// The language of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Atom,
    Json,
}

impl Call {
    pub(crate) fn new(parts: Parts, body: Bytes, peer: Option<Arc<Peer>>) -> Self {
        let raw_query = parts.uri.query().unwrap_or_default().to_owned();
        Self {
            method: parts.method,
            raw_path: parts.uri.path().to_owned(),
            query: uri::pairs(&raw_query),
            raw_query,
            authority: authority(&parts.uri, &parts.headers),
            headers: parts.headers,
            body,
            scheme: if peer.is_some() { "https" } else { "http" },
            peer,
            part: false,
        }
    }

    /// A request inside of another, as in a batch. `target` is its path with the query.
    pub(crate) fn inside(
        outer: &Self,
        method: Method,
        target: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            raw_path: path.to_owned(),
            query: uri::pairs(query),
            raw_query: query.to_owned(),
            authority: outer.authority.clone(),
            headers,
            body,
            scheme: outer.scheme,
            peer: outer.peer.clone(),
            part: true,
        }
    }

    /// The first value of a query option.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.option(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Atom unless JSON is asked for, by option or by header; the option wins (docs/successfactors.md#formats).
    pub(crate) fn format(&self) -> Format {
        match self.option("$format") {
            Some(format) if format.eq_ignore_ascii_case("json") => Format::Json,
            Some(_) => Format::Atom,
            None if self.header(header::ACCEPT).to_ascii_lowercase().contains("application/json") => {
                Format::Json
            }
            None => Format::Atom,
        }
    }

    /// Whether the client takes JSON and nothing else.
    pub(crate) fn only_json(&self) -> bool {
        let accept = self.header(header::ACCEPT).to_ascii_lowercase();
        let takes_xml =
            self.option("$format").is_none() && (accept.contains("xml") || accept.contains("*/*"));
        self.format() == Format::Json && !takes_xml
    }

    /// The host that the client asked for, without its port.
    pub(crate) fn host(&self) -> &str {
        let host = self.authority.as_deref().unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }

    /// Scheme, host and port of the addresses in the answer.
    pub(crate) fn origin(&self, port: UriPort) -> String {
        match port {
            UriPort::Always443 => format!("{}://{}:443", self.scheme, self.host()),
            UriPort::AsRequested => {
                format!("{}://{}", self.scheme, self.authority.as_deref().unwrap_or_default())
            }
        }
    }

    /// The beginning of all addresses in the answer, up to and with `/odata/v2/`.
    pub(crate) fn root(&self, port: UriPort) -> String {
        format!("{}/odata/v2/", self.origin(port))
    }

    /// The segments of the path below `/odata/v2`, as they came; `None` for a path that is not there.
    pub(crate) fn segments(&self) -> Option<Vec<&str>> {
        let rest = self.raw_path.strip_prefix("/odata/v2")?;
        let rest = if rest.is_empty() { rest } else { rest.strip_prefix('/')? };
        Some(rest.split('/').filter(|segment| !segment.is_empty()).collect())
    }
}

/// Host and port as they were asked for, for links: those of the address if it has them, else of the header.
fn authority(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let named = uri.authority().map(ToString::to_string);
    named.or_else(|| headers.get(header::HOST)?.to_str().ok().map(str::to_owned))
}
