//! What a piece of DER is, as far as one has to know to say what somebody took for a key or a certificate.

use rsa::pkcs8::der::asn1::AnyRef;
use rsa::pkcs8::der::{Decode, Reader, SliceReader, Tag, Tagged};

/// What a piece of DER holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An RSA key alone: PKCS#1.
    Rsa,
    /// A key of any algorithm: PKCS#8.
    PrivateKey,
    /// An encrypted key: PKCS#8.
    EncryptedKey,
    /// A key of elliptic curves alone: SEC 1.
    EllipticCurve,
    /// A key for DSA alone, as OpenSSL writes it.
    Dsa,
    PublicKey,
    Certificate,
    CertificateRequest,
    /// A list of certificates: PKCS#7.
    Pkcs7,
    /// A key with its certificates: PKCS#12.
    Pkcs12,
    /// Something else, or nothing that is complete.
    Unknown,
}

/// The identifier of `data` in PKCS#7, with which a PKCS#12 begins.
const PKCS7_DATA: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

impl Kind {
    /// Tells by the structure alone.
    pub fn of(der: &[u8]) -> Self {
        // Windows and Java write these with lengths that DER does not allow.
        let head = der.get(..64).unwrap_or(der);
        if head.starts_with(&[0x30]) && contains(head, &[0x02, 0x01, 0x03]) && contains(head, PKCS7_DATA) {
            return Self::Pkcs12;
        }
        let Some(parts) = sequence(der) else { return Self::Unknown };
        let tags: Vec<_> = parts.iter().map(Tagged::tag).collect();
        match *tags {
            [Tag::Integer, Tag::Sequence, Tag::OctetString, ..] => Self::PrivateKey,
            [Tag::Sequence, Tag::OctetString] => Self::EncryptedKey,
            [Tag::Integer, Tag::OctetString, ..] => Self::EllipticCurve,
            [Tag::Sequence, Tag::BitString] | [Tag::Integer, Tag::Integer] => Self::PublicKey,
            [Tag::ObjectIdentifier, ..] => Self::Pkcs7,
            [Tag::Sequence, Tag::Sequence, Tag::BitString] => signed(&parts),
            _ if tags.iter().any(|tag| *tag != Tag::Integer) => Self::Unknown,
            _ if tags.len() == 6 => Self::Dsa,
            _ if tags.len() > 8 => Self::Rsa,
            _ => Self::Unknown,
        }
    }
}

/// The bits of the modulus of an RSA key (PKCS#1).
pub(super) fn modulus_bits(pkcs1: &[u8]) -> Option<usize> {
    let parts = sequence(pkcs1)?;
    let modulus = parts.get(1)?.value();
    let first = modulus.iter().position(|byte| *byte != 0)?;
    let zeros = usize::try_from(modulus.get(first)?.leading_zeros()).ok()?;
    Some((modulus.len() - first) * 8 - zeros)
}

/// The public key that a certificate is about, as it stands in the bits of its key information. It is not
/// verified: nobody here relies on a certificate.
pub(super) fn public_key_of(certificate: &[u8]) -> Option<Vec<u8>> {
    let information = *certificate_fields(certificate)?.get(5)?;
    let parts = elements(information.value())?;
    let bits = parts.get(1).filter(|bits| bits.tag() == Tag::BitString)?.value();
    // The first byte says how many bits of the last one do not count.
    bits.split_first().map(|(_, bits)| bits.to_owned())
}

/// Number, algorithm, issuer, validity, subject, key information: without the version before them, which certificates
/// of old do not have.
fn certificate_fields(certificate: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let content = *sequence(certificate)?.first()?;
    let fields = elements(content.value())?;
    let skip = usize::from(fields.first()?.tag() != Tag::Integer);
    let fields: Vec<_> = fields.into_iter().skip(skip).collect();
    (fields.first()?.tag() == Tag::Integer && fields.len() > 5).then_some(fields)
}

fn signed(parts: &[AnyRef<'_>]) -> Kind {
    let Some(fields) = parts.first().and_then(|content| elements(content.value())) else {
        return Kind::Unknown;
    };
    let tags: Vec<_> = fields.iter().map(Tagged::tag).collect();
    match *tags {
        [Tag::Integer, Tag::Sequence, Tag::Sequence] => Kind::CertificateRequest,
        [Tag::Integer, Tag::Sequence, Tag::Sequence, Tag::ContextSpecific { .. }] => Kind::CertificateRequest,
        _ if fields.len() > 5 => Kind::Certificate,
        _ => Kind::Unknown,
    }
}

/// What stands in a sequence, if these bytes are one and no more.
fn sequence(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let whole = AnyRef::from_der(der).ok().filter(|any| any.tag() == Tag::Sequence)?;
    elements(whole.value())
}

fn elements(content: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(parts)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
