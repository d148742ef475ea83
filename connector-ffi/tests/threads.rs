//! Many threads on one handle of the C ABI, while the tenant misbehaves: nobody waits for ever, and nobody is
//! told what another one asked for.
//!
//! It runs for a moment; `SFSF_THREADS_SECONDS=120` makes it two minutes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and reports"
)]
#![allow(unsafe_code, reason = "the C ABI is called as C calls it")]

use std::collections::BTreeMap;
use std::ptr::{null_mut, without_provenance};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use sfsf_connector::abi::{
    sfsf_buffer, sfsf_buffer_free, sfsf_call, sfsf_cancel, sfsf_close, sfsf_connection, sfsf_next, sfsf_open,
    sfsf_start, sfsf_status, sfsf_stream, sfsf_stream_free,
};
use tests::{Tenant, keys};

const THREADS: usize = 64;

/// What the tenant does to so many of a hundred requests.
const TROUBLES: [&str; 6] =
    ["throttle=0%3", "html=502%3", "latency=30%10", "cut-middle%2", "cut-before%2", "expire-tokens%1"];

/// Bytes and status of one call.
fn filled(work: impl FnOnce(*mut sfsf_buffer) -> sfsf_status) -> (sfsf_status, String) {
    let mut buffer = sfsf_buffer { data: null_mut(), length: 0, capacity: 0 };
    let status = work(&raw mut buffer);
    let bytes = if buffer.data.is_null() {
        Vec::new()
    } else {
        // SAFETY: the library filled the buffer with so many bytes.
        unsafe { std::slice::from_raw_parts(buffer.data, buffer.length) }.to_vec()
    };
    // SAFETY: the library filled the buffer.
    unsafe { sfsf_buffer_free(&raw mut buffer) };
    (status, String::from_utf8(bytes).unwrap())
}

/// A connection that threads share, by its handle.
#[derive(Clone, Copy)]
struct Connection(usize);

impl Connection {
    fn open(configuration: &Json) -> Self {
        let (text, mut handle) = (configuration.to_string(), null_mut());
        // SAFETY: text and handle outlive the call.
        let (status, error) =
            filled(|out| unsafe { sfsf_open(text.as_ptr(), text.len(), &raw mut handle, out) });
        assert_eq!(status, sfsf_status::SFSF_OK, "{error}");
        Self(handle.addr())
    }

    fn handle(self) -> *const sfsf_connection {
        without_provenance(self.0)
    }

    fn call(self, request: &Json) -> Json {
        let text = request.to_string();
        // SAFETY: the text outlives the call.
        let (_, answer) = filled(|out| unsafe { sfsf_call(self.handle(), text.as_ptr(), text.len(), out) });
        serde_json::from_str(&answer).unwrap()
    }

    fn start(self, request: &Json) -> Stream {
        let (text, mut handle) = (request.to_string(), null_mut());
        // SAFETY: text and handle outlive the call.
        let (status, error) = filled(|out| unsafe {
            sfsf_start(self.handle(), text.as_ptr(), text.len(), &raw mut handle, out)
        });
        assert_eq!(status, sfsf_status::SFSF_OK, "{error}");
        Stream(handle.addr())
    }
}

struct Stream(usize);

impl Stream {
    fn handle(&self) -> *const sfsf_stream {
        without_provenance(self.0)
    }

    /// Up to three events.
    fn next(&self) -> (sfsf_status, Vec<Json>) {
        // SAFETY: the buffer is one.
        let (status, lines) = filled(|out| unsafe { sfsf_next(self.handle(), 20_000, 3, out) });
        (status, lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        sfsf_stream_free(self.handle());
    }
}

/// What became of the calls of one thread, by what they were.
type Tally = BTreeMap<String, u64>;

struct Worker {
    connection: Connection,
    uid: String,
    number: usize,
    calls: u64,
    tally: Tally,
}

impl Worker {
    fn id(&mut self) -> String {
        self.calls += 1;
        format!("{}-{}", self.number, self.calls)
    }

    fn note(&mut self, what: &str, answer: &Json) {
        let outcome = answer["error"]["data"]["kind"].as_str().unwrap_or("done");
        *self.tally.entry(format!("{what}: {outcome}")).or_default() += 1;
    }

    /// Asks, and makes sure that the answer is to this question.
    fn ask(&mut self, method: &str, params: Json) -> Json {
        let id = self.id();
        let answer = self.connection.call(&json!({"id": id, "method": method, "params": params}));
        assert_eq!(answer["id"], id, "an answer to somebody else: {answer}");
        self.note(method, &answer);
        answer
    }

    fn round(&mut self) {
        let uid = self.uid.clone();
        let title = format!("{uid} {}", self.calls);
        let meta = json!({"deadline_ms": 20_000});
        let saved = self.ask(
            "save",
            json!({"object_class": "User", "uid": uid, "attributes": {"title": [title]}, "meta": meta}),
        );
        let read = self.ask(
            "get",
            json!({"object_class": "User", "uid": uid, "attributes_to_get": ["title"], "meta": meta}),
        );
        if read["result"].is_object() {
            let object = &read["result"]["object"];
            assert_eq!(object["uid"], json!(uid), "{read}");
            if saved["result"].is_object() {
                assert_eq!(object["attributes"]["title"][0], json!(title), "{saved} and then {read}");
            }
        }
        self.read_a_stream();
        self.cancel_a_stream();
        self.miss_a_deadline();
    }

    fn read_a_stream(&mut self) {
        let filter = format!("userId eq '{}'", self.uid);
        let id = self.id();
        let stream = self.connection.start(&json!({"id": id, "method": "search",
            "params": {"object_class": "User", "filter": filter, "attributes_to_get": []}}));
        loop {
            let (status, lines) = stream.next();
            assert_ne!(status, sfsf_status::SFSF_WAIT, "nothing came in 20 s");
            for line in &lines {
                match line["method"].as_str() {
                    Some("item") => {
                        let object = &line["params"]["object"];
                        assert_eq!((&line["params"]["id"], &object["uid"]), (&json!(id), &json!(self.uid)));
                    }
                    Some(_) => assert_eq!(line["params"]["id"], id),
                    None => assert_eq!(line["id"], id),
                }
            }
            if status != sfsf_status::SFSF_OK {
                return self.note("search", &lines[0]);
            }
        }
    }

    fn cancel_a_stream(&mut self) {
        let id = self.id();
        let import = json!({"id": id, "method": "import", "params": {"object_class": "User"}});
        let stream = self.connection.start(&import);
        stream.next();
        let before = Instant::now();
        let handle = stream.0;
        std::thread::scope(|scope| {
            scope.spawn(move || sfsf_cancel(without_provenance(handle)));
            let mut status = sfsf_status::SFSF_OK;
            while status == sfsf_status::SFSF_OK {
                status = stream.next().0;
            }
            assert_ne!(status, sfsf_status::SFSF_WAIT);
        });
        assert!(before.elapsed() < Duration::from_secs(1), "a cancel took {:?}", before.elapsed());
        self.note("import", &json!({}));
    }

    /// About this person the tenant says nothing.
    fn miss_a_deadline(&mut self) {
        let before = Instant::now();
        let answer =
            self.ask("get", json!({"object_class": "User", "uid": "hang", "meta": {"deadline_ms": 100}}));
        // Another trouble may come first, but no answer does.
        assert_eq!(answer["error"]["data"]["retry"], "later", "{answer}");
        let late = before.elapsed().saturating_sub(Duration::from_millis(100));
        assert!(late < Duration::from_secs(1), "a deadline was missed by {late:?}");
    }
}

#[test]
fn many_threads_on_one_handle_get_their_own_answers_in_time() {
    let seconds = std::env::var("SFSF_THREADS_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (tenant, found) = runtime.block_on(async {
        let tenant = Tenant::with_people(400).await;
        let found = tenant.search("status eq 't'").await.unwrap();
        (tenant, found)
    });
    let uids: Vec<_> =
        found.objects.iter().take(THREADS).map(|person| person.uid.as_str().to_owned()).collect();
    assert_eq!(uids.len(), THREADS);
    let mut configuration = Json::Object(keys(&tenant.sandbox));
    configuration["requests_in_flight"] = json!(20);
    let connection = Connection::open(&configuration);
    connection.call(&json!({"id": 0, "method": "schema"}));
    tenant.fault("hang:%27hang%27");
    TROUBLES.iter().for_each(|trouble| tenant.fault(trouble));
    let over = AtomicBool::new(false);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let workers: Vec<_> = uids
            .into_iter()
            .enumerate()
            .map(|(number, uid)| {
                let over = &over;
                scope.spawn(move || {
                    let mut worker = Worker { connection, uid, number, calls: 0, tally: Tally::new() };
                    while !over.load(Ordering::Relaxed) {
                        worker.round();
                    }
                    worker.tally
                })
            })
            .collect();
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until && !workers.iter().any(std::thread::ScopedJoinHandle::is_finished) {
            std::thread::park_timeout(Duration::from_millis(50));
        }
        over.store(true, Ordering::Relaxed);
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(sfsf_close(connection.handle()), sfsf_status::SFSF_OK);
    let mut all = Tally::new();
    for (what, count) in tallies.into_iter().flatten() {
        *all.entry(what).or_default() += count;
    }
    println!("{THREADS} threads, {seconds} s: {all:#?}");
    for what in ["get: done", "save: done", "search: done", "import: done", "get: timeout"] {
        assert!(all.get(what).is_some_and(|count| *count > 0), "no {what} in {all:?}");
    }
    let odd = ["internal", "target_protocol", "invalid_request", "not_found"];
    assert!(!all.keys().any(|what| odd.iter().any(|kind| what.ends_with(kind))), "{all:?}");
}
