//! Private keys, in every form in which people hold them.

use aws_lc_rs::rsa::KeyPair;
use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};
use rsa::pkcs8::pkcs5::Error as Pkcs5;
use rsa::pkcs8::{EncryptedPrivateKeyInfo, ObjectIdentifier, PrivateKeyInfo, SecretDocument};

use super::armor::{self, Block, Content};
use super::asn1::{self, Kind};
use super::derivation;

/// Shorter keys are not worth signing with, and aws-lc takes none.
const MIN_BITS: usize = 2048;
/// aws-lc takes no longer ones.
const MAX_BITS: usize = 8192;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// Reads an RSA key: PKCS#8, PKCS#1 or encrypted PKCS#8, as PEM or as base64 without its lines, or what Admin Center
/// generates: a block that calls itself encrypted and is base64 of `<base64 of PKCS#8>###<something>` (KBA 3517125).
///
/// # Errors
///
/// What is wrong with the key, or what stands in its place, with the command that repairs it where there is one.
pub fn read(text: &Secret, passphrase: Option<&Secret>) -> Result<KeyPair> {
    from_text(&armor::tidy(text.expose()), passphrase)
}

fn from_text(text: &str, passphrase: Option<&Secret>) -> Result<KeyPair> {
    let blocks = armor::blocks(text);
    let Some(block) = blocks.iter().find(|block| block.is_private_key()).or(blocks.first()) else {
        if let Some(what) = foreign(text) {
            return Err(what);
        }
        return match armor::unwrap(text) {
            Some(Content::Bytes(der)) => from_der(&der, passphrase),
            Some(Content::Text(inner)) if !armor::blocks(&inner).is_empty() => {
                from_text(&armor::tidy(&inner), passphrase)
            }
            _ => Err(bad("private_key is neither PEM nor base64")
                .with_advice("paste the whole file, header lines included")),
        };
    };
    from_block(*block, passphrase)
}

fn from_block(block: Block<'_>, passphrase: Option<&Secret>) -> Result<KeyPair> {
    if !block.is_private_key() || block.is("OPENSSH PRIVATE KEY") {
        return Err(other_block(block));
    }
    if block.body.contains("Proc-Type:") {
        return Err(legacy_encryption());
    }
    match armor::unwrap(block.body) {
        Some(Content::Bytes(der)) if Kind::of(&der) != Kind::Unknown => from_der(&der, passphrase),
        _ if block.is("ENCRYPTED PRIVATE KEY") && passphrase.is_none() => Err(no_passphrase()),
        _ if block.is("EC PRIVATE KEY") || block.is("DSA PRIVATE KEY") => Err(other_block(block)),
        _ => Err(damaged()),
    }
}

fn from_der(der: &[u8], passphrase: Option<&Secret>) -> Result<KeyPair> {
    match Kind::of(der) {
        Kind::Rsa => from_pkcs1(der),
        Kind::PrivateKey => from_pkcs8(der),
        Kind::EncryptedKey => from_pkcs8(decrypt(der, passphrase)?.as_bytes()),
        Kind::EllipticCurve => Err(not_rsa("an EC key")),
        Kind::Dsa => Err(not_rsa("a DSA key")),
        Kind::PublicKey => Err(not_private("a public key")),
        Kind::Certificate => Err(not_private("a certificate")),
        Kind::CertificateRequest => Err(not_private("a request for a certificate")),
        Kind::Pkcs7 => Err(not_private("certificates (PKCS#7)")),
        Kind::Pkcs12 => Err(pkcs12()),
        Kind::Unknown if der.starts_with(&[0xFE, 0xED, 0xFE, 0xED]) => Err(key_store()),
        Kind::Unknown => Err(damaged()),
    }
}

fn from_pkcs8(der: &[u8]) -> Result<KeyPair> {
    let information = PrivateKeyInfo::try_from(der).map_err(|_| damaged())?;
    match information.algorithm.oid {
        RSA => from_pkcs1(information.private_key),
        ELLIPTIC_CURVE => Err(not_rsa("an EC key")),
        _ => Err(not_rsa("a key of another algorithm")),
    }
}

fn from_pkcs1(der: &[u8]) -> Result<KeyPair> {
    match asn1::modulus_bits(der).ok_or_else(damaged)? {
        bits if bits < MIN_BITS => Err(bad(format!("private_key has {bits} bits; {MIN_BITS} are the least"))),
        bits if bits > MAX_BITS => Err(bad(format!("private_key has {bits} bits; {MAX_BITS} are the most"))),
        _ => KeyPair::from_der(der).map_err(|_| damaged()),
    }
}

fn decrypt(der: &[u8], passphrase: Option<&Secret>) -> Result<SecretDocument> {
    let information = EncryptedPrivateKeyInfo::try_from(der).map_err(|_| legacy_encryption())?;
    let passphrase = passphrase.ok_or_else(no_passphrase)?;
    derivation::check(&information.encryption_algorithm)?;
    let decrypted = information.decrypt(passphrase.expose()).map_err(|error| match error {
        // The library calls a wrong padding by either name.
        rsa::pkcs8::Error::EncryptedPrivateKey(Pkcs5::DecryptFailed | Pkcs5::EncryptFailed)
        | rsa::pkcs8::Error::Asn1(_) => wrong_passphrase(),
        _ => legacy_encryption(),
    })?;
    // One wrong passphrase in 256 leaves something that looks like an end.
    match Kind::of(decrypted.as_bytes()) {
        Kind::PrivateKey => Ok(decrypted),
        _ => Err(wrong_passphrase()),
    }
}

/// Texts of other programs that are neither PEM nor base64.
fn foreign(text: &str) -> Option<Error> {
    let public = ["ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-", "---- BEGIN SSH2 PUBLIC KEY"];
    if public.iter().any(|start| text.starts_with(start)) {
        return Some(not_private("a public key of OpenSSH"));
    }
    if text.starts_with("PuTTY-User-Key-File") {
        let advice =
            "convert it with: puttygen KEY -O private-openssh -o NEW, then: ssh-keygen -p -m PEM -f NEW";
        return Some(bad("private_key is a key of PuTTY").with_advice(advice));
    }
    let form = match text.chars().next()? {
        '{' => "JSON",
        '<' => "XML",
        _ => return None,
    };
    Some(bad(format!("private_key holds {form}, not a key")).with_advice("give the key as PEM"))
}

/// A block that is no key of ours.
fn other_block(block: Block<'_>) -> Error {
    let label = block.label;
    let words = label.to_ascii_uppercase();
    if block.is("OPENSSH PRIVATE KEY") {
        return bad(format!("private_key is a key of OpenSSH ('{label}')"))
            .with_advice("convert a copy of it with: ssh-keygen -p -m PEM -f KEY");
    }
    if words.contains("PKCS12") {
        return pkcs12();
    }
    if block.is_private_key() {
        return not_rsa(&format!("a '{label}'"));
    }
    let what = match words {
        words if words.contains("REQUEST") => "a request for a certificate",
        words if words.contains("CERTIFICATE") => "a certificate",
        words if words.contains("PUBLIC KEY") => "a public key",
        _ => "something else",
    };
    not_private(&format!("{what} ('{label}')"))
}

fn not_private(what: &str) -> Error {
    bad(format!("private_key holds {what}, not a private key"))
        .with_advice("give the private key that belongs to the certificate of the OAuth client")
}

fn not_rsa(what: &str) -> Error {
    bad(format!("private_key holds {what}, not an RSA private key"))
        .with_advice("SuccessFactors takes RSA keys alone; docs/configuration.md shows how to make one")
}

fn pkcs12() -> Error {
    bad("private_key is PKCS#12 (.p12, .pfx), which is not read here").with_advice(
        "take the key out with: openssl pkcs12 -in FILE -nocerts -nodes -out KEY (and -legacy for old files)",
    )
}

fn key_store() -> Error {
    bad("private_key is a key store of Java (JKS), which is not read here").with_advice(
        "convert it with: keytool -importkeystore -srckeystore FILE -destkeystore NEW.p12 -deststoretype PKCS12, \
         then take the key out with: openssl pkcs12 -in NEW.p12 -nocerts -nodes -out KEY",
    )
}

fn no_passphrase() -> Error {
    bad("private_key is encrypted").with_advice("give its passphrase as private_key_passphrase")
}

fn wrong_passphrase() -> Error {
    bad("private_key could not be decrypted").with_advice("check private_key_passphrase")
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
