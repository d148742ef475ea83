//! Who signs assertions. The key may live here, in a hardware module, or far away.

use connector_core::{Error, Result};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::rand_core::OsRng;
use rsa::sha2::Sha256;
use rsa::signature::{RandomizedSigner, SignatureEncoding};

/// Signs with RSA, PKCS#1 v1.5 and SHA-256.
pub trait AssertionSigner: Send + Sync {
    /// The signature of these bytes.
    ///
    /// # Errors
    ///
    /// If the key cannot be used.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>>;
}

/// A key in memory. It is zeroed when dropped.
pub struct LocalSigner(SigningKey<Sha256>);

impl LocalSigner {
    /// Signs with this key.
    pub fn new(key: RsaPrivateKey) -> Self {
        Self(SigningKey::new(key))
    }
}

impl AssertionSigner for LocalSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        // The randomized call blinds the private operation; the signature is the same (RUSTSEC-2023-0071).
        let signature = self.0.try_sign_with_rng(&mut OsRng, message);
        signature.map(|s| s.to_vec()).map_err(|_| Error::internal("the private key refused to sign"))
    }
}
