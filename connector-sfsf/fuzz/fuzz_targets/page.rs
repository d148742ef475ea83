//! Any bytes as a page of records: what is read is what serde_json finds in it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| connector_sfsf::fuzzing::page(body));
