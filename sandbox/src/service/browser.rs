//! What keeps web pages away from a tenant on the machine of whoever looks at them. A page can make its reader's
//! browser send requests here, and with a name of its own that leads here it could read the answers too. So every
//! request has to ask for the tenant by a name that no page can own, and nothing changes on behalf of another origin.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::{HeaderMap, Method, StatusCode, header};

use crate::error::ODataError;
use crate::habit::function;
use crate::http::call::Call;
use crate::options::Options;
use crate::service::control;

/// The sites of a request that a browser sends on behalf of the tenant's own pages, or of its user alone.
const OWN_SITES: [&str; 2] = ["same-origin", "none"];
const SITE: &str = "sec-fetch-site";

/// Refuses a request that a foreign web page may have sent.
///
/// # Errors
///
/// 400 without a `Host`, 421 for a name that is not the tenant's, 403 for a change on behalf of another origin.
pub(crate) fn check(call: &Call, options: &Options) -> Result<(), ODataError> {
    for host in asked(&call.headers, call.authority.as_deref())? {
        if !name(host).is_some_and(|name| is_own(name, options)) {
            let text = format!(
                "The sandbox is not asked for as {host}. It takes localhost, the loopback addresses, the address that \
                 it listens on, and the names of --host-name."
            );
            return Err(ODataError::new(StatusCode::MISDIRECTED_REQUEST, "SandboxHostRefused", text));
        }
    }
    let refused = match change(call) {
        Change::No => false,
        Change::Yes => is_foreign(call),
        // No page has a reason to ask for these, its own neither.
        Change::ThoughGet => {
            [header::ORIGIN.as_str(), SITE].iter().any(|name| call.headers.contains_key(*name))
        }
    };
    if refused {
        let text = "The sandbox changes nothing on behalf of a web page. Send the request without a browser.";
        return Err(ODataError::new(StatusCode::FORBIDDEN, "SandboxOriginRefused", text));
    }
    Ok(())
}

/// The name in `host:port`; `None` for a port that is none.
fn name(host: &str) -> Option<&str> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    port.is_none_or(|port| port.parse::<u16>().is_ok()).then_some(name)
}

/// Everything that names the host of a request.
fn asked<'a>(headers: &'a HeaderMap, authority: Option<&'a str>) -> Result<Vec<&'a str>, ODataError> {
    // HTTP/1.1 has exactly one (RFC 9112, section 3.2); what is not a text is nobody's name.
    let headers = headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or("(no text)"));
    let hosts: Vec<&str> = headers.chain(authority).collect();
    if hosts.is_empty() {
        let text = "The request names no host.";
        return Err(ODataError::new(StatusCode::BAD_REQUEST, "SandboxHostRefused", text));
    }
    Ok(hosts)
}

fn is_own(name: &str, options: &Options) -> bool {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let address = match bare {
        Some(bare) => bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => name.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    };
    let listened = [Some(options.listen), options.tls.as_ref().map(|tls| tls.listen)];
    let listened = |address: IpAddr| listened.iter().flatten().any(|one| one.ip() == address);
    let own_address =
        |address: IpAddr| address.is_loopback() || !address.is_unspecified() && listened(address);
    let certified = options.tls.iter().flat_map(|tls| &tls.names);
    name.eq_ignore_ascii_case("localhost")
        || address.is_some_and(own_address)
        || options
            .host_names
            .iter()
            .chain(certified)
            .any(|own| own.eq_ignore_ascii_case(bare.unwrap_or(name)))
}

/// Whether a request may change anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    No,
    Yes,
    /// By a function import that is called with GET (docs/successfactors.md#function-imports).
    ThoughGet,
}

fn change(call: &Call) -> Change {
    if call.raw_path.starts_with(control::PREFIX) {
        return Change::Yes;
    }
    match call.method {
        Method::GET | Method::HEAD | Method::OPTIONS => {
            let function = call.segments().and_then(|segments| function::find(&segments));
            if function.is_some_and(function::changes) { Change::ThoughGet } else { Change::No }
        }
        _ => Change::Yes,
    }
}

/// Whether a browser says that a page of another origin sent the request. What is no browser says nothing.
fn is_foreign(call: &Call) -> bool {
    let own = format!("{}://{}", call.scheme, call.authority.as_deref().unwrap_or_default());
    let mut origins = call.headers.get_all(header::ORIGIN).iter();
    let mut sites = call.headers.get_all(SITE).iter();
    let is_own_site = |site: &str| OWN_SITES.iter().any(|own| site.eq_ignore_ascii_case(own));
    origins.any(|origin| !origin.to_str().is_ok_and(|origin| origin.eq_ignore_ascii_case(&own)))
        || sites.any(|site| !site.to_str().is_ok_and(is_own_site))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::tls::Tls;

    #[test]
    fn names_are_taken_whatever_the_port() {
        let options = Options {
            listen: "192.0.2.7:0".parse().unwrap(),
            host_names: vec!["Tenant.test".to_owned()],
            tls: Some(Tls { names: vec!["secure.test".to_owned()], ..Tls::default() }),
            ..Options::default()
        };
        let own = |host: &str| name(host).is_some_and(|name| is_own(name, &options));
        for host in [
            "localhost",
            "LocalHost:1",
            "127.0.0.1:8080",
            "127.9.9.9",
            "[::1]",
            "[::1]:65535",
            "192.0.2.7:80",
        ] {
            assert!(own(host), "{host}");
        }
        assert!(own("tenant.test:8080") && own("secure.test"));
        let foreign = [
            "",
            ":80",
            "evil.example",
            "localhost.evil.example",
            "evil@localhost",
            "localhost:80@evil",
            "localhost:",
            "localhost:65536",
            "127.0.0.1.evil.example",
            "0.0.0.0:8080",
            "[::]",
            "::1",
            "192.0.2.8",
            "tenant.test.",
            "localhost:8080/x",
        ];
        for host in foreign {
            assert!(!own(host), "{host}");
        }
        let any = Options { listen: "0.0.0.0:8080".parse().unwrap(), ..Options::default() };
        assert!(!is_own("0.0.0.0", &any) && !is_own("tenant.test", &any) && is_own("127.0.0.1", &any));
    }
}
