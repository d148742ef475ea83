//! Failures below HTTP, in words that name host and port and the next step. Their text never holds the rest of the
//! URL, whose query may hold personal data.

use std::error::Error as StdError;
use std::io;

use connector_core::{Error, ErrorKind};
use url::Url;

const CHECK_URL: &str = "check the host and port in url, and whether a firewall or proxy stands between";

/// What a transport failure means.
pub(crate) fn of(error: &reqwest::Error) -> Error {
    let place = error.url().map(place);
    let at = place.as_ref().map(|place| format!(" at {place}")).unwrap_or_default();
    if let Some(reason) = causes(error).find_map(tls) {
        let message = format!("the TLS connection to the tenant{at} failed: {reason}");
        let advice = "check the host in url; behind an inspecting proxy, name its CA certificates in ca_file";
        return Error::new(ErrorKind::ConnectionFailed, message).with_advice(advice);
    }
    let (kind, message, advice) = if !error.is_connect() {
        let (kind, message, advice) = in_course(error);
        (kind, place.map_or_else(|| message.to_owned(), |place| format!("{message} ({place})")), advice)
    } else if causes(error).any(|cause| cause.to_string() == "dns error") {
        (
            ErrorKind::ConnectionFailed,
            format!("the host name of the tenant{at} cannot be resolved"),
            "check the host in url and token_url, and this machine's DNS",
        )
    } else if error.is_timeout() {
        (
            ErrorKind::ConnectionFailed,
            format!("the tenant{at} did not accept a connection in time"),
            CHECK_URL,
        )
    } else {
        (ErrorKind::ConnectionFailed, format!("the tenant{at} does not accept connections"), CHECK_URL)
    };
    Error::new(kind, message).with_advice(advice)
}

/// Host and port of a URL: what may be told of it.
pub(crate) fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn in_course(error: &reqwest::Error) -> (ErrorKind, &'static str, &'static str) {
    if error.is_timeout() {
        let advice = "a smaller page_size makes for shorter answers; read_timeout says how long to wait";
        (ErrorKind::Timeout, "the tenant stopped answering", advice)
    } else if error.is_builder() {
        // It was never sent, so there was no connection that could break, and a repeat would be the same.
        let advice = "look for unusual characters in url and token_url; nothing was sent";
        (ErrorKind::Internal, "the request to the tenant could not be put together", advice)
    } else {
        (ErrorKind::ConnectionBroken, "the connection to the tenant broke", "try again")
    }
}

/// The causes of an error, without itself, whose text holds the URL.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(StdError::source(error), |cause: &&(dyn StdError + 'static)| (*cause).source())
}

/// What rustls says, which stands inside I/O errors.
fn tls(cause: &(dyn StdError + 'static)) -> Option<String> {
    match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => tls(inner),
        None => cause.downcast_ref::<rustls::Error>().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use connector_core::{Effect, Retry};

    use super::*;

    #[test]
    fn a_request_that_cannot_be_built_is_no_broken_connection() {
        let unbuilt =
            reqwest::Client::new().get("http://127.0.0.1/").header("x-id", "a\nb").build().unwrap_err();
        let error = of(&unbuilt);
        assert_eq!(
            (error.kind(), error.retry(), error.effect()),
            (ErrorKind::Internal, Retry::Never, Effect::NotApplied)
        );
    }
}
