//! Private keys, in every form in which people hold them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};
use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use zeroize::Zeroizing;

use super::derivation;

/// Shorter keys are not worth signing with.
const MIN_BITS: usize = 2048;
/// Longer ones take too long to sign with: eight times for twice the bits.
const MAX_BITS: usize = 8192;

/// Reads an RSA key: PKCS#8, PKCS#1 or encrypted PKCS#8 as PEM, or the base64 body of the first two.
///
/// # Errors
///
/// What is wrong with the key, with the command that repairs it where there is one.
pub fn read(text: &Secret, passphrase: Option<&Secret>) -> Result<RsaPrivateKey> {
    // Environment variables and JSON documents often hold a PEM with `\n` spelled out.
    let pem = Secret::new(text.expose().replace("\\n", "\n").replace('\r', ""));
    let Some((label, pem)) = block(pem.expose()) else { return strong_enough(headerless(pem.expose())?) };
    strong_enough(match label {
        "PRIVATE KEY" => RsaPrivateKey::from_pkcs8_pem(&pem).map_err(|_| damaged())?,
        "RSA PRIVATE KEY" if pem.contains("Proc-Type:") => return Err(legacy_encryption()),
        "RSA PRIVATE KEY" => RsaPrivateKey::from_pkcs1_pem(&pem).map_err(|_| damaged())?,
        "ENCRYPTED PRIVATE KEY" => encrypted(&pem, passphrase)?,
        other => return Err(bad(format!("private_key holds a '{other}', not an RSA private key"))),
    })
}

fn strong_enough(key: RsaPrivateKey) -> Result<RsaPrivateKey> {
    match rsa::traits::PublicKeyParts::size(&key) * 8 {
        bits if bits < MIN_BITS => Err(bad(format!("private_key has {bits} bits; {MIN_BITS} are the least"))),
        bits if bits > MAX_BITS => Err(bad(format!("private_key has {bits} bits; {MAX_BITS} are the most"))),
        _ => Ok(key),
    }
}

/// The block of the private key in a PEM text, with its label: certificates may stand beside it.
fn block(text: &str) -> Option<(&str, Zeroizing<String>)> {
    let blocks = text.split("-----BEGIN ").skip(1).filter_map(|rest| {
        let (label, _) = rest.split_once("-----")?;
        let end = format!("-----END {label}-----");
        let (block, _) = rest.split_once(end.as_str()).unwrap_or((rest, ""));
        Some((label, Zeroizing::new(format!("-----BEGIN {block}{end}\n"))))
    });
    let mut first = None;
    for found in blocks {
        if found.0.ends_with("PRIVATE KEY") {
            return Some(found);
        }
        first.get_or_insert(found);
    }
    first
}

/// SuccessFactors hands keys out as one base64 text without header lines.
fn headerless(text: &str) -> Result<RsaPrivateKey> {
    let compact: String = text.split_whitespace().collect();
    let der = STANDARD.decode(compact).map_err(|_| {
        bad("private_key is neither PEM nor base64")
            .with_advice("paste the whole file, header lines included")
    })?;
    if let Ok(inner) = std::str::from_utf8(&der)
        && block(inner).is_some()
    {
        return read(&Secret::new(inner), None);
    }
    RsaPrivateKey::from_pkcs8_der(&der)
        .or_else(|_| RsaPrivateKey::from_pkcs1_der(&der).map_err(|_| damaged()))
}

fn encrypted(pem: &str, passphrase: Option<&Secret>) -> Result<RsaPrivateKey> {
    let passphrase = passphrase.ok_or_else(|| {
        bad("private_key is encrypted").with_advice("give its passphrase as private_key_passphrase")
    })?;
    derivation::check(pem)?;
    RsaPrivateKey::from_pkcs8_encrypted_pem(pem, passphrase.expose()).map_err(|error| match error {
        rsa::pkcs8::Error::Asn1(_) => legacy_encryption(),
        _ => bad("private_key could not be decrypted").with_advice("check private_key_passphrase"),
    })
}

fn damaged() -> Error {
    bad("private_key is damaged, or not an RSA key")
        .with_advice("check it with: openssl pkey -in KEY -noout -text")
}

fn legacy_encryption() -> Error {
    bad("private_key is encrypted in an outdated way")
        .with_advice("convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW")
}

fn bad(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
