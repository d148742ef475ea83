//! What a carrier costs: the same calls directly, through the C ABI, and over standard input and output of a child
//! process, in one run.
//!
//! `cargo build --release && cargo run --release -p connector-ffi --example overhead -- target/release/sfsf-connector`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it measures, reports, and stops at the first surprise"
)]
#![allow(unsafe_code, reason = "the C ABI is called as C calls it")]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::ptr::null_mut;
use std::time::{Duration, Instant};

use connector_core::protocol::{Event, Request};
use connector_core::{Dispatcher, Provider};
use connector_sfsf::SuccessFactorsProvider;
use futures_util::StreamExt;
use serde_json::{Map, Value as Json, json};
use sfsf_connector::abi::{
    sfsf_buffer, sfsf_buffer_free, sfsf_call, sfsf_close, sfsf_connection, sfsf_next, sfsf_open, sfsf_start,
    sfsf_status, sfsf_stream_free,
};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

const PEOPLE: u64 = 100_000;
const CALLS: u32 = 2_000;
const REFUSALS: u32 = 20_000;

/// One way to the connector.
trait Carrier {
    /// A request with one answer.
    fn call(&mut self, request: &Json);
    /// A request with a stream; how many items came.
    fn stream(&mut self, request: &Json) -> u64;
}

fn main() {
    let program = std::env::args().nth(1).unwrap_or_else(|| "target/release/sfsf-connector".to_owned());
    let directory = std::env::temp_dir().join(format!("overhead-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let (tenant, keys) = tenant(&program, &directory.join("tenant.json"));
    let mut carriers: [(&str, Box<dyn Carrier>); 3] = [
        ("direct", Box::new(Direct::open(keys.clone()))),
        ("C ABI", Box::new(Abi::open(&keys))),
        ("stdio", Box::new(Pipes::open(&program, &keys))),
    ];
    let get = json!({"id": 1, "method": "get", "params": {
        "object_class": "User", "uid": "sfapi", "attributes_to_get": ["status"]}});
    let refused = json!({"id": 1, "method": "get", "params": {"object_class": "Car", "uid": "x"}});
    let import = json!({"id": 1, "method": "import", "params": {"object_class": "User"}});
    let mut table = Vec::new();
    for (name, carrier) in &mut carriers {
        carrier.call(&get);
        let calls = per_call(CALLS, || carrier.call(&get));
        let refusals = per_call(REFUSALS, || carrier.call(&refused));
        let imports: Vec<_> = (0..3).map(|_| timed(|| assert!(carrier.stream(&import) >= PEOPLE))).collect();
        table.push((*name, calls, refusals, imports.into_iter().min().unwrap()));
    }
    drop(tenant);
    std::fs::remove_dir_all(&directory).unwrap();
    report(&table);
}

fn report(table: &[(&str, Duration, Duration, Duration)]) {
    let (_, call, _, import) = table[0];
    println!(
        "{:8} {:>12} {:>6} {:>12} {:>12} {:>6}",
        "carrier", "get", "ratio", "no network", "import", "ratio"
    );
    for (name, calls, refusals, imports) in table {
        let ratio = |time: &Duration, base: Duration| time.as_secs_f64() / base.as_secs_f64();
        println!(
            "{name:8} {calls:>12.1?} {:>6.2} {refusals:>12.1?} {imports:>12.2?} {:>6.2}",
            ratio(calls, call),
            ratio(imports, import)
        );
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn per_call(times: u32, mut work: impl FnMut()) -> Duration {
    timed(|| (0..times).for_each(|_| work())) / times
}

/// A process that ends with us, however we end.
struct Tenant(Child);

impl Drop for Tenant {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A tenant in a process of its own, and the configuration for it.
fn tenant(program: &str, path: &std::path::Path) -> (Tenant, Map<String, Json>) {
    let people = PEOPLE.to_string();
    let mut child = Command::new(program)
        .args(["--output", "json", "sandbox", "--people", &people, "--log", "/dev/null", "--write-config"])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // It says where it is when it answers.
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    std::mem::forget(lines);
    let tenant = Tenant(child);
    (tenant, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

struct Direct(Runtime, Dispatcher);

impl Direct {
    fn open(keys: Map<String, Json>) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self(runtime, Dispatcher::new(SuccessFactorsProvider.open(keys).unwrap()))
    }

    fn run(&self, request: &Json) -> u64 {
        let request = Request::from_json(request.to_string().as_bytes()).unwrap();
        let events = self.1.dispatch(request, CancellationToken::new());
        let items = events.filter(|event| std::future::ready(matches!(event, Event::Item { .. })));
        let count = self.0.spawn(async move { items.count().await as u64 });
        self.0.block_on(count).unwrap()
    }
}

impl Carrier for Direct {
    fn call(&mut self, request: &Json) {
        self.run(request);
    }

    fn stream(&mut self, request: &Json) -> u64 {
        self.run(request)
    }
}

struct Abi(*mut sfsf_connection);

/// Status and length of what a call gave.
fn filled(work: impl FnOnce(*mut sfsf_buffer) -> sfsf_status) -> (sfsf_status, u64) {
    let mut buffer = sfsf_buffer { data: null_mut(), length: 0, capacity: 0 };
    let status = work(&raw mut buffer);
    let lines = if buffer.data.is_null() {
        0
    } else {
        // SAFETY: the library filled the buffer with so many bytes, which are freed below.
        unsafe { std::slice::from_raw_parts(buffer.data, buffer.length) }
            .split(|byte| *byte == b'\n')
            .filter(|line| line.starts_with(br#"{"jsonrpc":"2.0","method":"item""#))
            .count()
    };
    // SAFETY: the library filled the buffer.
    unsafe { sfsf_buffer_free(&raw mut buffer) };
    (status, lines as u64)
}

impl Abi {
    fn open(keys: &Map<String, Json>) -> Self {
        let (text, mut connection) = (Json::Object(keys.clone()).to_string(), null_mut());
        // SAFETY: text and connection outlive the call.
        let (status, _) =
            filled(|out| unsafe { sfsf_open(text.as_ptr(), text.len(), &raw mut connection, out) });
        assert_eq!(status, sfsf_status::SFSF_OK);
        Self(connection)
    }
}

impl Drop for Abi {
    fn drop(&mut self) {
        sfsf_close(self.0);
    }
}

impl Carrier for Abi {
    fn call(&mut self, request: &Json) {
        let text = request.to_string();
        // SAFETY: the text outlives the call.
        filled(|out| unsafe { sfsf_call(self.0, text.as_ptr(), text.len(), out) });
    }

    fn stream(&mut self, request: &Json) -> u64 {
        let (text, mut stream) = (request.to_string(), null_mut());
        // SAFETY: text and stream outlive the call.
        filled(|out| unsafe { sfsf_start(self.0, text.as_ptr(), text.len(), &raw mut stream, out) });
        let mut count = 0;
        loop {
            // SAFETY: the buffer is one.
            let (status, items) = filled(|out| unsafe { sfsf_next(stream, 10_000, 1_000, out) });
            count += items;
            if status != sfsf_status::SFSF_OK {
                assert_eq!(status, sfsf_status::SFSF_END);
                sfsf_stream_free(stream);
                return count;
            }
        }
    }
}

struct Pipes {
    child: Child,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Pipes {
    fn open(program: &str, keys: &Map<String, Json>) -> Self {
        let mut child =
            Command::new(program).arg("stdio").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut opened = Self { child, input: BufWriter::new(input), output: BufReader::new(output) };
        opened.call(&json!({"id": 0, "method": "open", "params": {"configuration": keys}}));
        opened
    }

    fn send(&mut self, message: &Json) {
        writeln!(self.input, "{message}").unwrap();
        self.input.flush().unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Pipes {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Carrier for Pipes {
    fn call(&mut self, request: &Json) {
        self.send(request);
        assert!(self.line().starts_with(r#"{"jsonrpc":"2.0","id""#));
    }

    fn stream(&mut self, request: &Json) -> u64 {
        self.send(request);
        let mut count = 0;
        loop {
            let line = self.line();
            if line.starts_with(r#"{"jsonrpc":"2.0","id""#) {
                return count;
            }
            if line.starts_with(r#"{"jsonrpc":"2.0","method":"item""#) {
                count += 1;
                if count % 100 == 0 {
                    self.send(&json!({"method": "credit", "params": {"id": request["id"], "items": 100}}));
                }
            }
        }
    }
}
