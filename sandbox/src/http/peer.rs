//! Who is at the other end.

/// The other end of a connection with TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Peer {
    /// The certificate that it showed, DER.
    pub(crate) certificate: Option<Vec<u8>>,
}
