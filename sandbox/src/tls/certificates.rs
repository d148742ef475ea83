//! An authority with a certificate for the server and one for the client.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::error::StartError;
use crate::tls::Tls;

/// Everything that was made or given.
pub(crate) struct Certificates {
    pub(crate) authority_pem: String,
    pub(crate) server: CertificateDer<'static>,
    pub(crate) server_key: PrivateKeyDer<'static>,
    pub(crate) client_certificate_pem: String,
    pub(crate) client_key_pem: Option<String>,
    /// The client's certificate as it is shown in a handshake.
    pub(crate) client: Vec<u8>,
}

impl Certificates {
    /// Makes what is not given.
    ///
    /// # Errors
    ///
    /// Names that no certificate can have, a client certificate that cannot be read.
    pub(crate) fn new(tls: &Tls, api_user: &str) -> Result<Self, StartError> {
        let issuer = authority().map_err(wrong)?;
        let server_key = KeyPair::generate().map_err(wrong)?;
        let mut server = CertificateParams::new(tls.names.clone()).map_err(wrong)?;
        server.distinguished_name.push(DnType::CommonName, "sandbox");
        server.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
        let server = server.signed_by(&server_key, &issuer.1).map_err(wrong)?;
        let (client_certificate_pem, client_key_pem) = match &tls.client_certificate_pem {
            Some(pem) => (pem.clone(), None),
            None => client(api_user, &issuer.1).map(|(pem, key)| (pem, Some(key))).map_err(wrong)?,
        };
        let client = CertificateDer::from_pem_slice(client_certificate_pem.as_bytes())
            .map_err(|error| StartError::Key(format!("the client certificate: {error}")))?;
        Ok(Self {
            authority_pem: issuer.0,
            server: server.der().clone(),
            server_key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der())),
            client: client.to_vec(),
            client_certificate_pem,
            client_key_pem,
        })
    }
}

fn wrong(error: rcgen::Error) -> StartError {
    StartError::Option { option: "tls", reason: error.to_string() }
}

/// The authority's certificate as PEM, and what signs in its name.
fn authority() -> Result<(String, Issuer<'static, KeyPair>), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, "sandbox authority");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let pem = parameters.self_signed(&key)?.pem();
    Ok((pem, Issuer::new(parameters, key)))
}

/// The common name is the API user (docs/successfactors.md#client-certificates).
fn client(api_user: &str, issuer: &Issuer<'_, KeyPair>) -> Result<(String, String), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, api_user);
    parameters.extended_key_usages.push(ExtendedKeyUsagePurpose::ClientAuth);
    Ok((parameters.signed_by(&key, issuer)?.pem(), key.serialize_pem()))
}
