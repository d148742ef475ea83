//! The OAuth client's key pair, as registered with its certificate.

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PKCS_RSA_SHA256, PublicKeyData as _};

use crate::error::StartError;

/// A private key with its certificate.
pub(crate) struct ClientKey {
    pub(crate) private_key_pem: String,
    pub(crate) certificate_pem: String,
    /// The public key as `SubjectPublicKeyInfo`, DER.
    pub(crate) public_key: Vec<u8>,
}

impl ClientKey {
    /// Takes the given PKCS#8 PEM, or makes an RSA key of 2048 bits, and a certificate for it.
    ///
    /// # Errors
    ///
    /// A key that is not RSA or cannot be read.
    pub(crate) fn new(pem: Option<&str>, common_name: &str) -> Result<Self, StartError> {
        let wrong = |error: rcgen::Error| StartError::Key(error.to_string());
        let key = match pem {
            Some(pem) => KeyPair::from_pem_and_sign_algo(pem, &PKCS_RSA_SHA256),
            None => KeyPair::generate_for(&PKCS_RSA_SHA256),
        }
        .map_err(wrong)?;
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, common_name);
        let certificate = parameters.self_signed(&key).map_err(wrong)?;
        Ok(Self {
            private_key_pem: pem.map_or_else(|| key.serialize_pem(), str::to_owned),
            certificate_pem: certificate.pem(),
            public_key: key.subject_public_key_info(),
        })
    }
}
