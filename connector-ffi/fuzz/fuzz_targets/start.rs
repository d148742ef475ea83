//! Any bytes as a request of `sfsf_start`: a stream that ends, or a reason, and no panic.

#![no_main]

mod library;

use libfuzzer_sys::fuzz_target;
use sfsf_connector::abi::{sfsf_next, sfsf_start, sfsf_status, sfsf_stream_free};

fuzz_target!(|request: &[u8]| {
    let (connection, mut stream) = (library::connection(), std::ptr::null_mut());
    // SAFETY: request and stream outlive the call.
    let (status, reason) = library::filled(|out| unsafe {
        sfsf_start(connection, request.as_ptr(), request.len(), &raw mut stream, out)
    });
    if status != sfsf_status::SFSF_OK {
        assert!(stream.is_null());
        let reason = reason.expect("there is a reason");
        assert!(reason["error"]["message"].is_string(), "{reason}");
        return;
    }
    loop {
        // SAFETY: the buffer is one.
        let (status, last) = library::filled(|out| unsafe { sfsf_next(stream, 10_000, 1, out) });
        match status {
            sfsf_status::SFSF_OK => {}
            sfsf_status::SFSF_WAIT => panic!("nothing came in 10 s"),
            _ => break assert_ne!(last.expect("an end")["error"]["data"]["kind"], "internal"),
        }
    }
    assert_eq!(sfsf_stream_free(stream), sfsf_status::SFSF_OK);
    assert_eq!(sfsf_stream_free(stream), sfsf_status::SFSF_BAD_HANDLE);
});
