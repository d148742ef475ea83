//! Any bytes as standard input: JSON lines come out, no request is answered twice, and it ends.

#![no_main]

use std::collections::HashMap;
use std::sync::Arc;

use connector_core::log::{LogBridge, LogLevel};
use connector_core::manifest::Manifest;
use connector_core::memory::MemoryConnector;
use connector_core::protocol::Limits;
use connector_core::{Connector, Provider, Result};
use connector_host::stdio::{Host, serve};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value as Json};
use tokio_util::sync::CancellationToken;

struct People;

impl Provider for People {
    fn manifest(&self) -> Manifest {
        MemoryConnector::new().manifest().clone()
    }

    fn open(&self, _: Map<String, Json>) -> Result<Arc<dyn Connector>> {
        Ok(Arc::new(MemoryConnector::with_people(3)))
    }
}

const OPEN: &[u8] = b"{\"id\":\"opened first\",\"method\":\"open\"}\n";

fuzz_target!(|input: &[u8]| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let input = [OPEN, input].concat();
    let host = Host {
        provider: Arc::new(People),
        configuration: Some(Map::new()),
        limits: Limits { request_bytes: 4096, ..Limits::default() },
        log: Arc::new(LogBridge::new(&[], std::io::sink)),
        level: LogLevel::Off,
    };
    let mut output = Vec::new();
    runtime.block_on(serve(host, input.as_slice(), &mut output, CancellationToken::new()));
    let mut answers: HashMap<String, usize> = HashMap::new();
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let line: Json = serde_json::from_slice(line).expect("a line is JSON");
        let error = &line["error"]["data"]["kind"];
        assert_ne!(*error, "internal", "{line}");
        if line.get("method").is_none() {
            *answers.entry(line["id"].to_string()).or_default() += 1;
        }
    }
    let lines = input.split(|byte| *byte == b'\n').count();
    let answered: usize = answers.values().sum();
    assert!(answered <= lines, "{answered} answers to {lines} lines");
    assert!(answers.contains_key("\"opened first\""), "the first request was not answered: {answers:?}");
});
