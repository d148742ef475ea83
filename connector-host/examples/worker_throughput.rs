//! How many requests workers answer, with a tenant that takes its time, and with one that does not.
//!
//! `cargo build --release -p connector-host && cargo run --release -p connector-host --example worker_throughput`
//! prints two tables for docs/benchmarks.md. It needs RabbitMQ, as the tests do, and starts one of its own.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that cannot go on has failed"
)]

#[allow(dead_code, reason = "a measurement needs less of the broker than tests do")]
#[path = "../tests/worker/broker.rs"]
mod broker;
#[path = "../tests/worker/polling.rs"]
mod polling;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use broker::Broker;
use futures_util::StreamExt;
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions, QueueDeclareOptions};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, Consumer};
use sandbox::{Options, Sandbox};
use serde_json::{Value as Json, json};

/// Queues for changes, and the most workers.
const QUEUES: usize = 4;
/// Messages of one queue that a worker has under way, its default.
const CONCURRENCY: u16 = 8;

#[tokio::main]
async fn main() {
    let Some(broker) = tokio::task::spawn_blocking(Broker::start).await.unwrap() else { return };
    let bench = Bench::new(broker.url()).await;
    println!("| requests | workers | seconds | a second | ratio |\n|---|---:|---:|---:|---:|");
    bench.sandbox.inject("latency=50".parse().unwrap());
    bench.table("get, 50 ms", 1000, Bench::get).await;
    bench.table("save, 50 ms", 200, Bench::save).await;
    bench.sandbox.clear_faults();
    bench.table("get, no delay", 5000, Bench::get).await;
    let bare = bench.bare(20_000).await;
    println!("\nA consumer that only acknowledges: {bare:.0} messages a second.");
    tokio::task::spawn_blocking(move || drop(broker)).await.unwrap();
}

/// What is measured with.
struct Bench {
    url: String,
    sandbox: Sandbox,
    people: Vec<String>,
    directory: tempfile::TempDir,
    channel: Channel,
    replies: Consumer,
    connection: Connection,
}

/// Worker processes that end with it.
struct Workers(Vec<Child>);

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in &mut self.0 {
            let _ = worker.kill();
            let _ = worker.wait();
        }
    }
}

impl Bench {
    async fn new(url: String) -> Self {
        let sandbox = Sandbox::start(Options { people: 300, ..Options::default() }).await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let keys = json!({
            "url": sandbox.base_url(), "company_id": sandbox.company_id(), "username": sandbox.user_id(),
            "client_id": sandbox.client_id(), "private_key": sandbox.private_key_pem(),
        });
        std::fs::write(directory.path().join("tenant.json"), keys.to_string()).unwrap();
        let connection = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        let exclusive = QueueDeclareOptions { exclusive: true, ..QueueDeclareOptions::default() };
        channel.queue_declare("sfsf-replies.bench".into(), exclusive, Default::default()).await.unwrap();
        let unacknowledged = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
        let replies =
            channel.basic_consume("sfsf-replies.bench".into(), "".into(), unacknowledged, Default::default());
        let replies = replies.await.unwrap();
        let mut bench = Self { url, sandbox, people: Vec::new(), directory, channel, replies, connection };
        assert!(bench.program(&["topology"]).output().unwrap().status.success());
        bench.people = bench.people();
        bench
    }

    /// The program with a command of `worker`.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.env_clear().env("SFSF_BROKER", &self.url).arg("worker").args(arguments);
        command.args(["--write-queues", &QUEUES.to_string()]).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    fn people(&self) -> Vec<String> {
        let mut command = Command::new(program());
        command.args(["--output", "ndjson", "--config"]).arg(self.directory.path().join("tenant.json"));
        let output =
            command.args(["search", "--filter", "status eq 't'", "--attributes", "status"]).output().unwrap();
        let uid =
            |line: &str| serde_json::from_str::<Json>(line).unwrap()["uid"].as_str().unwrap().to_owned();
        String::from_utf8(output.stdout).unwrap().lines().map(uid).collect()
    }

    /// Workers that have shown that they read. Each has its share of the queues for changes.
    async fn workers(&self, count: usize) -> Workers {
        let workers = (0..count).map(|number| {
            let mut queues = vec!["sfsf.read".to_owned()];
            queues.extend((number..QUEUES).step_by(count).map(|queue| format!("sfsf.write.{queue}")));
            let mut command = self.program(&[]);
            command.args(queues.iter().flat_map(|queue| ["--queue", queue.as_str()]));
            command.arg("--memory-key").arg(self.directory.path().join("memory-key"));
            command.arg("--config").arg(self.directory.path().join("tenant.json")).spawn().unwrap()
        });
        let workers = Workers(workers.collect());
        let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let all_read = async || {
            let queue = self.channel.queue_declare("sfsf.read".into(), passive, Default::default()).await;
            (queue.unwrap().consumer_count() as usize == count).then_some(())
        };
        polling::poll(|| "the workers do not read".to_owned(), all_read).await;
        workers
    }

    /// Answers so many requests with 1, 2 and 4 workers, and prints the rows.
    async fn table(&self, name: &str, requests: usize, ask: AskOf) {
        let mut alone = None;
        for count in [1, 2, 4] {
            let workers = self.workers(count).await;
            // Tokens, metadata and connections are there before the time begins.
            self.answer(20 * count, ask).await;
            let took = self.answer(requests, ask).await;
            drop(workers);
            let rate = requests as f64 / took.as_secs_f64();
            let ratio = rate / *alone.get_or_insert(rate);
            println!(
                "| {requests} × {name} | {count} | {:.1} | {rate:.0} | {ratio:.2} |",
                took.as_secs_f64()
            );
        }
    }

    /// Publishes so many requests, and waits for their replies.
    async fn answer(&self, requests: usize, ask: AskOf) -> Duration {
        let mut replies = self.replies.clone();
        let started = Instant::now();
        for number in 0..requests {
            let (exchange, key, body) = ask(self, number);
            let id = uuid::Uuid::new_v4().to_string();
            let properties = BasicProperties::default().with_delivery_mode(2).with_message_id(id.into());
            let properties = properties.with_reply_to("sfsf-replies.bench".into());
            let (exchange, key) = (exchange.into(), key.into());
            let body = body.to_string();
            drop(
                self.channel
                    .basic_publish(exchange, key, Default::default(), body.as_bytes(), properties)
                    .await
                    .unwrap(),
            );
        }
        for _ in 0..requests {
            let reply = replies.next().await.unwrap().unwrap();
            assert!(!String::from_utf8_lossy(&reply.data).contains("\"error\":"), "a request failed");
        }
        started.elapsed()
    }

    fn get(&self, number: usize) -> Ask {
        let uid = &self.people[number % self.people.len()];
        ("sfsf.read".to_owned(), String::new(), request("get", json!({"object_class": "User", "uid": uid})))
    }

    fn save(&self, number: usize) -> Ask {
        let uid = &self.people[number % self.people.len()];
        let title = json!({"title": [uuid::Uuid::new_v4().to_string()]});
        let save = json!({"object_class": "User", "uid": uid, "attributes": title});
        ("sfsf.write".to_owned(), uid.clone(), request("save", save))
    }

    /// How many messages a second a consumer of the same queue gets that only acknowledges them.
    async fn bare(&self, messages: usize) -> f64 {
        for number in 0..messages {
            let (exchange, key, body) = self.get(number);
            let properties = BasicProperties::default().with_delivery_mode(2);
            let body = body.to_string();
            let sent = self.channel.basic_publish(
                exchange.into(),
                key.into(),
                Default::default(),
                body.as_bytes(),
                properties,
            );
            drop(sent.await.unwrap());
        }
        let channel = self.connection.create_channel().await.unwrap();
        channel.basic_qos(CONCURRENCY, BasicQosOptions::default()).await.unwrap();
        let consumer = channel
            .basic_consume("sfsf.read".into(), "".into(), Default::default(), Default::default())
            .await;
        let mut consumer = consumer.unwrap();
        let started = Instant::now();
        for _ in 0..messages {
            let delivery = consumer.next().await.unwrap().unwrap();
            delivery.acker.ack(BasicAckOptions::default()).await.unwrap();
        }
        messages as f64 / started.elapsed().as_secs_f64()
    }
}

/// Exchange, routing key and body of a request.
type Ask = (String, String, Json);
/// What is asked with this number.
type AskOf = fn(&Bench, usize) -> Ask;

fn request(method: &str, params: Json) -> Json {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

/// The program beside this example, of the same build.
fn program() -> PathBuf {
    let example = std::env::current_exe().unwrap();
    let program = example.parent().and_then(Path::parent).unwrap().join("sfsf-connector");
    assert!(
        program.exists(),
        "{} is not there: build it with cargo build --release -p connector-host",
        program.display()
    );
    program
}
