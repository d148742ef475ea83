//! Feeds a request line, headers and a body to a running tenant, without sockets: no panic, no hang, no answer of 500
//! that is not meant.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sandbox::{Options, Sandbox};
use tokio::runtime::{Builder, Runtime};

static TENANT: LazyLock<(Runtime, Sandbox)> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let options = Options { people: 70, remember_requests: 1, ..Options::default() };
    let tenant = runtime.block_on(Sandbox::start(options)).expect("a tenant");
    (runtime, tenant)
});

fuzz_target!(|request: &[u8]| {
    let (runtime, tenant) = &*TENANT;
    let end = request.iter().position(|byte| *byte == b'\n').unwrap_or(request.len());
    let (line, rest) = request.split_at(end);
    // One token at a time: whatever the request before did to it, and without a heap of them.
    tenant.expire_tokens();
    let logon = format!("\nHost: localhost\nAuthorization: Bearer {}", tenant.access_token());
    let request = [line, logon.as_bytes(), rest].concat();
    if let Some((status, body)) = runtime.block_on(tenant.ask(&request)) {
        let body = String::from_utf8_lossy(&body);
        let meant = body.contains("[SNP]") || body.contains("[COE0019]");
        assert!(status < 500 || meant, "{status} {body}");
    }
    // A trouble that the control interface made would hang the next request, or end its token.
    tenant.clear_faults();
});
