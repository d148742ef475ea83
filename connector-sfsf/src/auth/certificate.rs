//! The certificate that stands in an assertion.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_core::{Error, ErrorKind, Result};

use super::armor::{self, Content};
use super::asn1::{self, Kind};

/// Reads a text for the certificate of a key, of which the public half is given: PEM, base64 without lines, or the
/// whole file that Admin Center hands out. Gives the base64 of its DER.
///
/// # Errors
///
/// A text without a certificate, or with certificates of other keys only.
pub(super) fn read(text: &str, public_key: &[u8]) -> Result<String> {
    let found = all(&armor::tidy(text))?;
    let own = found.iter().find(|der| asn1::public_key_of(der).as_deref() == Some(public_key));
    own.map(|der| STANDARD.encode(der)).ok_or_else(|| {
        bad("certificate does not belong to private_key").with_advice(
            "compare them as docs/configuration.md shows; a certificate is not needed, so it may be left out",
        )
    })
}

fn all(text: &str) -> Result<Vec<Vec<u8>>> {
    let blocks = armor::blocks(text);
    if blocks.is_empty() {
        return match armor::unwrap(text) {
            Some(Content::Text(inner)) if !armor::blocks(&inner).is_empty() => all(&armor::tidy(&inner)),
            Some(Content::Bytes(der)) => one(&der).map(|der| vec![der]),
            _ => Err(none("neither PEM nor base64")),
        };
    }
    let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
    let certificates = blocks.iter().filter(|block| labels.iter().any(|label| block.is(label)));
    let found: Vec<_> = certificates
        .map(|block| match armor::unwrap(block.body) {
            Some(Content::Bytes(der)) => one(&der),
            _ => Err(damaged()),
        })
        .collect::<Result<_>>()?;
    match blocks.first() {
        Some(block) if found.is_empty() => Err(none(&format!("a '{}'", block.label))),
        _ => Ok(found),
    }
}

fn one(der: &[u8]) -> Result<Vec<u8>> {
    match Kind::of(der) {
        Kind::Certificate => Ok(der.to_owned()),
        Kind::Unknown => Err(damaged()),
        Kind::Rsa | Kind::PrivateKey | Kind::EncryptedKey | Kind::EllipticCurve | Kind::Dsa => {
            Err(none("a private key"))
        }
        Kind::PublicKey => Err(none("a public key")),
        Kind::CertificateRequest => Err(none("a request for a certificate")),
        Kind::Pkcs7 => Err(none("PKCS#7")
            .with_advice("take the certificate out with: openssl pkcs7 -print_certs -in FILE -out NEW")),
        Kind::Pkcs12 => Err(none("PKCS#12")
            .with_advice("take the certificate out with: openssl pkcs12 -in FILE -clcerts -nokeys -out NEW")),
    }
}

fn none(what: &str) -> Error {
    bad(format!("certificate holds {what}, and no certificate")).with_advice(
        "give the certificate of private_key as PEM, as the base64 text that Admin Center takes, or as a file of either; \
         it is not needed, so it may be left out",
    )
}

fn damaged() -> Error {
    bad("certificate is damaged, or no certificate")
        .with_advice("check it with: openssl x509 -in FILE -noout -text")
}

fn bad(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
