//! What a host gave to a session is nowhere in the memory of the process once the session is closed.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "the C ABI is called as C calls it")]

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::ptr::null_mut;
use std::time::{Duration, Instant};

use connector_core::Context;
use serde_json::json;
use sfsf_connector::abi::{sfsf_buffer, sfsf_buffer_free, sfsf_call, sfsf_close, sfsf_open, sfsf_status};

const MASK: u8 = 0x5a;
/// What is looked for is a piece of the secret: half a copy is one too.
const PIECE: std::ops::Range<usize> = 8..40;

/// A secret that this test itself does not hold in the clear.
struct Masked(Vec<u8>);

impl Masked {
    fn new() -> Self {
        let text =
            [Context::new(), Context::new()].map(|context| context.correlation_id().to_owned()).concat();
        Self(text.bytes().map(|byte| byte ^ MASK).collect())
    }

    /// The secret, until the text is dropped.
    fn clear(&self) -> String {
        self.0.iter().map(|byte| char::from(byte ^ MASK)).collect()
    }

    fn is_at(&self, bytes: &[u8]) -> bool {
        self.0[PIECE].iter().zip(bytes).all(|(masked, byte)| masked ^ MASK == *byte)
    }

    /// How often a piece of it is in the memory that this process may write to.
    fn copies(&self) -> usize {
        let memory = File::open("/proc/self/mem").unwrap();
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let mut copies = 0;
        for map in maps.lines().filter(|map| map.contains(" rw")) {
            let (from, to) = map.split_whitespace().next().unwrap().split_once('-').unwrap();
            let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
            let mut bytes = vec![0; usize::try_from(to - from).unwrap().min(1 << 28)];
            // What is unmapped meanwhile cannot be read.
            let length = memory.read_at(&mut bytes, from).unwrap_or(0);
            let first = self.0[PIECE.start] ^ MASK;
            let starts = bytes[..length].iter().enumerate().filter(|(_, byte)| **byte == first);
            copies += starts
                .filter(|(place, _)| bytes.len() - place >= PIECE.len() && self.is_at(&bytes[*place..]))
                .count();
        }
        copies
    }

    /// Nothing of it remains, once the threads that had it have ended.
    fn is_gone(&self) -> bool {
        let until = Instant::now() + Duration::from_secs(20);
        while self.copies() > 0 {
            if Instant::now() > until {
                return false;
            }
            std::thread::yield_now();
        }
        true
    }
}

/// Status and length of an answer that nobody looks at.
fn filled(work: impl FnOnce(*mut sfsf_buffer) -> sfsf_status) -> sfsf_status {
    let mut buffer = sfsf_buffer { data: null_mut(), length: 0, capacity: 0 };
    let status = work(&raw mut buffer);
    // SAFETY: the library filled the buffer.
    unsafe { sfsf_buffer_free(&raw mut buffer) };
    status
}

fn open(configuration: &str) -> (sfsf_status, *mut sfsf_connector::abi::sfsf_connection) {
    let mut connection = null_mut();
    // SAFETY: text and handle outlive the call.
    let status = filled(|out| unsafe {
        sfsf_open(configuration.as_ptr(), configuration.len(), &raw mut connection, out)
    });
    (status, connection)
}

fn configuration(more: serde_json::Value) -> String {
    // Port 9 discards; nothing listens there.
    let mut keys =
        json!({"url": "http://127.0.0.1:9", "company_id": "ACME", "username": "sfapi", "max_attempts": 1});
    keys.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    keys.to_string()
}

#[test]
fn a_token_is_forgotten_when_the_session_is_closed() {
    let (token, other) = (Masked::new(), Masked::new());
    let (status, connection) = open(&configuration(json!({"access_token": token.clear()})));
    assert_eq!(status, sfsf_status::SFSF_OK);
    assert!(token.copies() > 0, "it is held as long as the session is open");
    let meta = json!({"credentials": {"access_token": other.clear()}});
    for meta in [json!({}), meta] {
        let request =
            json!({"id": 1, "method": "get", "params": {"object_class": "User", "uid": "x", "meta": meta}})
                .to_string();
        // SAFETY: the text outlives the call.
        filled(|out| unsafe { sfsf_call(connection, request.as_ptr(), request.len(), out) });
    }
    sfsf_close(connection);
    assert!(token.is_gone() && other.is_gone());
}

#[test]
fn a_key_that_is_refused_is_forgotten_at_once() {
    let (key, passphrase) = (Masked::new(), Masked::new());
    let pem = format!(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{}\n-----END ENCRYPTED PRIVATE KEY-----\n",
        key.clear()
    );
    let keys = json!({"client_id": "c", "private_key": pem, "private_key_passphrase": passphrase.clear()});
    let (status, _) = open(&configuration(keys));
    drop(pem);
    assert_eq!(status, sfsf_status::SFSF_FAILED);
    assert!(key.is_gone() && passphrase.is_gone());
}
