//! Any bytes as the body of an answer that is no success. The first byte says which answer.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((first, body)) = input.split_first() else { return };
    let status = [400, 401, 403, 404, 412, 429, 500, 503][usize::from(first & 7)];
    let content_type = ["application/json", "application/xml", "text/html", ""][usize::from(first >> 3 & 3)];
    connector_sfsf::fuzzing::error_body(status, content_type, body);
});
