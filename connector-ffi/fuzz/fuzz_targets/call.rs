//! Any bytes as a request of `sfsf_call`: an answer or a reason, as JSON, and no panic.

#![no_main]

mod library;

use libfuzzer_sys::fuzz_target;
use sfsf_connector::abi::{sfsf_call, sfsf_status};

fuzz_target!(|request: &[u8]| {
    let connection = library::connection();
    // SAFETY: the request outlives the call.
    let (status, answer) =
        library::filled(|out| unsafe { sfsf_call(connection, request.as_ptr(), request.len(), out) });
    assert_ne!(status, sfsf_status::SFSF_INTERNAL, "{answer:?}");
    let answer = answer.expect("there is an answer or a reason");
    assert!(answer["result"].is_object() || answer["error"]["message"].is_string(), "{answer}");
    assert_ne!(answer["error"]["data"]["kind"], "internal", "{answer}");
});
