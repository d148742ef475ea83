//! A connection whose tenant cannot be reached, and the bytes of a call.

use std::ptr::null_mut;
use std::sync::OnceLock;

use serde_json::Value as Json;
use sfsf_connector::abi::{sfsf_buffer, sfsf_buffer_free, sfsf_connection, sfsf_open, sfsf_status};

const CONFIGURATION: &str = r#"{"url": "http://127.0.0.1:1", "access_token": "t", "max_attempts": 1}"#;

/// The connection.
pub fn connection() -> *const sfsf_connection {
    static HANDLE: OnceLock<usize> = OnceLock::new();
    let handle = HANDLE.get_or_init(|| {
        let mut connection = null_mut();
        // SAFETY: text and connection outlive the call.
        let (status, error) = filled(|out| unsafe {
            sfsf_open(CONFIGURATION.as_ptr(), CONFIGURATION.len(), &raw mut connection, out)
        });
        assert_eq!(status, sfsf_status::SFSF_OK, "{error:?}");
        connection.addr()
    });
    std::ptr::without_provenance(*handle)
}

/// Status and JSON of one call.
pub fn filled(work: impl FnOnce(*mut sfsf_buffer) -> sfsf_status) -> (sfsf_status, Option<Json>) {
    let mut buffer = sfsf_buffer { data: null_mut(), length: 0, capacity: 0 };
    let status = work(&raw mut buffer);
    if buffer.data.is_null() {
        return (status, None);
    }
    // SAFETY: the library filled the buffer with so many bytes.
    let json = serde_json::from_slice(unsafe { std::slice::from_raw_parts(buffer.data, buffer.length) });
    // SAFETY: the library filled the buffer.
    unsafe { sfsf_buffer_free(&raw mut buffer) };
    (status, Some(json.expect("it is JSON")))
}
