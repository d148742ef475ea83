//! Failures below HTTP, in words that name the next step. Their text never holds the URL, whose query
//! may hold personal data.

use connector_core::{Error, ErrorKind};

/// What a transport failure means.
pub(crate) fn of(error: &reqwest::Error) -> Error {
    let chain = chain(error);
    let says = |part: &str| chain.contains(part);
    if error.is_connect() && says("dns error") {
        new(
            ErrorKind::ConnectionFailed,
            "the host name of the tenant cannot be resolved",
            "check the host in url and token_url, and this machine's DNS",
        )
    } else if says("certificate") || says("tls") || says("handshake") {
        let reason = chain.rsplit(": ").next().unwrap_or_default().to_owned();
        new(
            ErrorKind::ConnectionFailed,
            format!("the TLS connection to the tenant failed: {reason}"),
            "check the host in url; behind an inspecting proxy, name its CA certificates in ca_file",
        )
    } else if error.is_connect() && error.is_timeout() {
        new(
            ErrorKind::ConnectionFailed,
            "the tenant did not accept a connection in time",
            "check the host and port in url, and whether a firewall or proxy stands between",
        )
    } else if error.is_connect() {
        new(
            ErrorKind::ConnectionFailed,
            "the tenant does not accept connections",
            "check the host and port in url, and whether a firewall or proxy stands between",
        )
    } else if error.is_timeout() {
        new(
            ErrorKind::Timeout,
            "the tenant stopped answering",
            "a smaller page_size makes for shorter answers; read_timeout says how long to wait",
        )
    } else {
        new(ErrorKind::ConnectionBroken, "the connection to the tenant broke", "try again")
    }
}

fn new(kind: ErrorKind, message: impl Into<std::borrow::Cow<'static, str>>, advice: &'static str) -> Error {
    Error::new(kind, message).with_advice(advice)
}

/// The texts of the causes, without the outermost, which holds the URL.
fn chain(error: &reqwest::Error) -> String {
    let mut texts = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        texts.push(inner.to_string());
        cause = inner.source();
    }
    texts.join(": ").to_lowercase()
}
