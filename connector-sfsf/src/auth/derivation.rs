//! What it costs to derive the key of an encrypted private key. Whoever writes the file says how much work that is, so
//! it is looked at before any of it is done.

use connector_core::{Error, ErrorKind, Result};
use rsa::pkcs8::pkcs5::EncryptionScheme;
use rsa::pkcs8::pkcs5::pbes2::{Kdf, ScryptParams};

/// OpenSSL's default is 2,048 rounds, and advice for passwords goes up to 600,000 (OWASP).
const MOST_ROUNDS: u32 = 1_000_000;

/// What scrypt may take, in bytes; OpenSSL's default is 16 MiB.
const MOST_MEMORY: u64 = 64 << 20;

/// So often may scrypt go through its memory, altogether, as if that were as large as it may be.
const MOST_PASSES: u64 = 4;

/// Refuses an encryption whose key derivation takes more than it may. What is not known is not derived from either, so
/// that is left to whoever decrypts.
///
/// # Errors
///
/// What it would take, and how to convert the key.
pub(super) fn check(scheme: &EncryptionScheme<'_>) -> Result<()> {
    let EncryptionScheme::Pbes2(scheme) = scheme else { return Ok(()) };
    match &scheme.kdf {
        Kdf::Pbkdf2(settings) if settings.iteration_count > MOST_ROUNDS => Err(dear(format!(
            "with {} rounds of PBKDF2; {MOST_ROUNDS} are the most",
            settings.iteration_count
        ))),
        Kdf::Scrypt(settings) if !is_affordable(settings) => Err(dear(format!(
            "with scrypt of N={}, r={}, p={}; 64 MiB (128 · N · r) are the most, and p times that 256 MiB",
            settings.cost_parameter, settings.block_size, settings.parallelization
        ))),
        _ => Ok(()),
    }
}

fn is_affordable(settings: &ScryptParams<'_>) -> bool {
    let memory = settings.cost_parameter.checked_mul(128 * u64::from(settings.block_size));
    let work = memory.and_then(|memory| memory.checked_mul(u64::from(settings.parallelization)));
    memory.is_some_and(|memory| memory <= MOST_MEMORY)
        && work.is_some_and(|work| work <= MOST_MEMORY * MOST_PASSES)
}

fn dear(how: String) -> Error {
    Error::new(ErrorKind::Configuration, format!("private_key is encrypted {how}"))
        .with_advice("convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW")
}

#[cfg(test)]
mod tests {
    use rsa::pkcs8::pkcs5::pbes2::{EncryptionScheme as Cipher, Parameters, Pbkdf2Params, Pbkdf2Prf};

    use super::*;

    fn encrypted_with(kdf: Kdf<'_>) -> Result<()> {
        let encryption = Cipher::Aes256Cbc { iv: &[7; 16] };
        check(&EncryptionScheme::Pbes2(Parameters { kdf, encryption }))
    }

    fn rounds(iteration_count: u32) -> Result<()> {
        let prf = Pbkdf2Prf::HmacWithSha256;
        encrypted_with(Kdf::Pbkdf2(Pbkdf2Params { salt: &[1; 8], iteration_count, key_length: None, prf }))
    }

    fn scrypt(cost_parameter: u64, block_size: u16, parallelization: u16) -> Result<()> {
        let salt = &[1; 8];
        encrypted_with(Kdf::Scrypt(ScryptParams {
            salt,
            cost_parameter,
            block_size,
            parallelization,
            key_length: None,
        }))
    }

    #[test]
    fn a_derivation_may_take_so_much_and_no_more() {
        assert!(rounds(2048).is_ok() && rounds(1_000_000).is_ok());
        for most in [1_000_001, 20_000_000, u32::MAX] {
            let error = rounds(most).unwrap_err().to_string();
            assert!(error.contains(&most.to_string()) && error.contains("openssl pkcs8"), "{error}");
        }
        assert!(scrypt(16384, 8, 1).is_ok() && scrypt(65536, 8, 4).is_ok());
        for (n, r, p) in [(131_072, 8, 1), (65536, 8, 5), (2, 1, u16::MAX), (1 << 62, u16::MAX, u16::MAX)] {
            let told = scrypt(n, r, p);
            assert_eq!(told.is_ok(), n == 2, "N={n} r={r} p={p}");
        }
    }
}
