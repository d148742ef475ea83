//! Mutual TLS: a second port in the place of the `.cert` hosts of a data center
//! (docs/successfactors.md#client-certificates).

pub(crate) mod certificates;
pub(crate) mod listener;
mod verifier;

use std::net::{Ipv4Addr, SocketAddr};

/// A port with TLS, on which a client logs on with its certificate instead of a token. Every request there
/// names the tenant in the header `successfactors-companyid` (KBA 3333286).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// Where to listen. Port 0, the default, takes a free one.
    pub listen: SocketAddr,
    /// The names and addresses in the server's certificate. Default `localhost` and `127.0.0.1`.
    pub names: Vec<String>,
    /// The client certificate that is mapped to the API user, as PEM. `None`, the default, makes one.
    pub client_certificate_pem: Option<String>,
}

impl Default for Tls {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            names: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
            client_certificate_pem: None,
        }
    }
}

/// What a client needs to use the port with TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MutualTls {
    /// `https://127.0.0.1:PORT`, without a slash at its end.
    pub base_url: String,
    /// The certificate of the authority that signed the server's, as PEM: what the client is to trust.
    pub authority_pem: String,
    /// The client certificate that is mapped to the API user, as PEM.
    pub client_certificate_pem: String,
    /// Its private key as PKCS#8 PEM; `None` if the certificate came with the options.
    pub client_key_pem: Option<String>,
}
