//! The HTTP client of a tenant.

use connector_core::{Error, ErrorKind, Result};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Proxy};

use crate::config::{Configuration, PROXIES, is_loopback};

/// Builds a client: TLS always verified, no redirects (they would carry credentials elsewhere), no
/// cookies (a cookie without its CSRF token makes writes fail, docs/successfactors.md#sessions-and-cookies), no retries
/// of its own.
pub(crate) fn build(configuration: &Configuration) -> Result<Client> {
    match &configuration.http.ca {
        Some(pem) => basics(configuration)?.tls_certs_only(own_roots(pem)?).build().map_err(|e| unusable(&e)),
        None => with_public_roots(configuration),
    }
}

fn basics(configuration: &Configuration) -> Result<ClientBuilder> {
    let settings = &configuration.http;
    let builder = Client::builder()
        .user_agent(concat!("sfsf-connector/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.read_timeout);
    match &settings.proxy {
        Some(url) => {
            let proxy = Proxy::all(url.expose()).map_err(|_| bad("proxy is not a proxy URL"))?;
            Ok(builder.proxy(proxy))
        }
        // A tenant on this very machine is not behind the proxy that leads out of it.
        None if configuration.url.host().is_some_and(|host| is_loopback(&host)) => Ok(builder.no_proxy()),
        None => {
            check_environment()?;
            Ok(builder)
        }
    }
}

/// The HTTP client passes over proxies of a kind that it does not know, and asks the tenant directly: against the will
/// of whoever set the variable.
fn check_environment() -> Result<()> {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let Ok(value) = std::env::var(name) else { continue };
        let kind = value.split_once("://").map(|(kind, _)| kind.to_ascii_lowercase());
        if kind.is_some_and(|kind| !PROXIES.contains(&kind.as_str())) {
            let message = format!(
                "the environment variable {name} is not the URL of an HTTP or SOCKS proxy ({})",
                PROXIES.join(", ")
            );
            return Err(bad(message).with_advice("correct it, or give proxy in the configuration"));
        }
    }
    Ok(())
}

fn own_roots(pem: &str) -> Result<Vec<Certificate>> {
    match Certificate::from_pem_bundle(pem.as_bytes()) {
        Ok(roots) if !roots.is_empty() => Ok(roots),
        _ => Err(bad("ca_file holds no PEM certificate")),
    }
}

/// The system's roots, or Mozilla's on a machine that has none: there the client would not even build
/// (seanmonstar/reqwest#2988).
fn with_public_roots(configuration: &Configuration) -> Result<Client> {
    if let Ok(client) = basics(configuration)?.build() {
        return Ok(client);
    }
    let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
    let bundled = bundled.filter_map(|der| Certificate::from_der(der).ok());
    basics(configuration)?.tls_certs_only(bundled).build().map_err(|e| unusable(&e))
}

fn unusable(error: &reqwest::Error) -> Error {
    bad(format!("the HTTP client cannot be set up: {error}"))
}

fn bad(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
