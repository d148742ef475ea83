//! The OAuth client's key pair, as registered with its certificate, and private keys as clients send them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::rsa;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PKCS_RSA_SHA256, PublicKeyData as _};

use crate::error::StartError;

/// A private key with its certificate.
pub(crate) struct ClientKey {
    pub(crate) private_key_pem: String,
    pub(crate) certificate_pem: String,
    /// The public key as `SubjectPublicKeyInfo`, DER.
    pub(crate) public_key: Vec<u8>,
    _own: Option<OwnKey>,
}

impl ClientKey {
    /// Takes the given PKCS#8 PEM, or an RSA key of 2048 bits of its own, and makes a certificate for it.
    ///
    /// # Errors
    ///
    /// A key that is not RSA or cannot be read.
    pub(crate) fn new(pem: Option<&str>, common_name: &str) -> Result<Self, StartError> {
        let wrong = |error: rcgen::Error| StartError::Key(error.to_string());
        let own = if pem.is_none() { Some(OwnKey::take().map_err(wrong)?) } else { None };
        let pem = own.as_ref().map_or(pem.unwrap_or_default(), |own| &own.0).to_owned();
        let key = KeyPair::from_pem_and_sign_algo(&pem, &PKCS_RSA_SHA256).map_err(wrong)?;
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, common_name);
        let certificate = parameters.self_signed(&key).map_err(wrong)?;
        Ok(Self {
            private_key_pem: pem,
            _own: own,
            certificate_pem: certificate.pem(),
            public_key: key.subject_public_key_info(),
        })
    }
}

/// Keys of tenants that have ended. Making one takes longer than everything else that a tenant does when it starts.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn left() -> MutexGuard<'static, Vec<String>> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A key that no other tenant of this process has while it has it.
struct OwnKey(String);

impl OwnKey {
    fn take() -> Result<Self, rcgen::Error> {
        let used = left().pop();
        used.map_or_else(|| Ok(KeyPair::generate_for(&PKCS_RSA_SHA256)?.serialize_pem()), Ok).map(Self)
    }
}

impl Drop for OwnKey {
    fn drop(&mut self) {
        left().push(std::mem::take(&mut self.0));
    }
}

/// A private key as a form brings it: base64 of PKCS#8 or PKCS#1, with or without the lines of PEM around it, broken
/// into lines or not; or what SuccessFactors makes itself, base64 of that base64 with `###` and something behind it.
/// Blanks are plus signs that somebody did not percent-encode, or breaks between lines. `None` for anything else.
pub(crate) fn read(text: &str) -> Option<rsa::KeyPair> {
    let body: String = text.split("-----").filter(|piece| !is_armor(piece)).collect();
    let without = |plus: &str| {
        let body = body.trim().replace(' ', plus);
        body.chars().filter(|letter| !letter.is_whitespace()).collect::<String>()
    };
    ["", "+"].into_iter().find_map(|plus| decoded(&without(plus)))
}

/// `BEGIN PRIVATE KEY`, whatever kind of key it says.
fn is_armor(piece: &str) -> bool {
    piece.starts_with("BEGIN ") || piece.starts_with("END ")
}

fn decoded(base64: &str) -> Option<rsa::KeyPair> {
    let bytes = STANDARD.decode(base64).ok()?;
    let inner = std::str::from_utf8(&bytes).ok().and_then(|text| text.split_once("###"));
    let bytes = match inner {
        Some((inner, _)) => STANDARD.decode(inner.trim()).ok()?,
        None => bytes,
    };
    rsa::KeyPair::from_pkcs8(&bytes).or_else(|_| rsa::KeyPair::from_der(&bytes)).ok()
}
