//! Who signs assertions. The key may live here, in a hardware module, or far away.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use connector_core::{Error, Result};

/// Signs with RSA, PKCS#1 v1.5 and SHA-256.
pub trait AssertionSigner: Send + Sync {
    /// The signature of these bytes.
    ///
    /// # Errors
    ///
    /// If the key cannot be used.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>>;
}

/// A key in memory, which aws-lc wipes when it is dropped. It signs in constant time.
pub struct LocalSigner(KeyPair);

impl LocalSigner {
    /// Signs with this key.
    pub fn new(key: KeyPair) -> Self {
        Self(key)
    }

    /// The public half, as PKCS#1 has it.
    pub fn public_key(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }
}

impl AssertionSigner for LocalSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| Error::internal("the private key refused to sign"))?;
        Ok(signature)
    }
}
