//! A client of the server in this process, over pipes in memory.

use std::sync::Arc;
use std::time::Duration;

use connector_core::log::{LogBridge, LogLevel};
use connector_core::protocol::Limits;
use connector_host::stdio::{Host, serve};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, duplex};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use tests::trouble::Troublesome;

/// A client with a server of its own.
pub struct Client {
    input: DuplexStream,
    output: Lines<BufReader<DuplexStream>>,
    server: JoinHandle<()>,
    /// Ends the server, as a signal would.
    pub ended: CancellationToken,
}

/// Limits small enough to reach.
pub const LIMITS: Limits =
    Limits { request_bytes: 1000, requests: 4, credit: 5, keep_alive: Duration::from_secs(15) };

impl Client {
    pub fn start() -> Self {
        Self::with(LIMITS)
    }

    pub fn with(limits: Limits) -> Self {
        let (input, its_input) = duplex(1 << 16);
        let (its_output, output) = duplex(1 << 16);
        let ended = CancellationToken::new();
        let host = Host {
            provider: Arc::new(Troublesome),
            configuration: None,
            limits,
            log: Arc::new(LogBridge::new(&[], std::io::sink)),
            level: LogLevel::Off,
        };
        let server = tokio::spawn(serve(host, its_input, its_output, ended.clone()));
        Self { input, output: BufReader::new(output).lines(), server, ended }
    }

    /// A client with one open session.
    pub async fn open() -> Self {
        let mut client = Self::start();
        client.ask(json!({"id": "open", "method": "open", "params": {"configuration": {}}})).await;
        client
    }

    pub async fn send(&mut self, message: Json) {
        self.send_line(&message.to_string()).await;
    }

    pub async fn send_line(&mut self, line: &str) {
        self.send_bytes(format!("{line}\n").as_bytes()).await;
    }

    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).await.unwrap();
    }

    /// The next line; `None` at the end of the output.
    pub async fn receive(&mut self) -> Option<Json> {
        let line = self.output.next_line().await.unwrap()?;
        Some(serde_json::from_str(&line).unwrap())
    }

    /// Sends a request and takes the next line for its answer.
    pub async fn ask(&mut self, message: Json) -> Json {
        self.send(message).await;
        self.receive().await.unwrap()
    }

    /// Lines until, and with, the final one of this request.
    pub async fn until_final(&mut self, id: impl Into<Json>) -> Vec<Json> {
        let id = id.into();
        let mut lines = Vec::new();
        while let Some(line) = self.receive().await {
            let last = line["id"] == id;
            lines.push(line);
            if last {
                return lines;
            }
        }
        panic!("the output ended before request {id} was answered: {lines:?}");
    }

    /// Ends the input, and returns what is still said until the server has ended.
    pub async fn finish(mut self) -> Vec<Json> {
        drop(self.input);
        let mut lines = Vec::new();
        while let Some(line) = self.output.next_line().await.unwrap() {
            lines.push(serde_json::from_str(&line).unwrap());
        }
        self.server.await.unwrap();
        lines
    }

    /// Lets nobody read the output any more, and waits for the server to end.
    pub async fn vanish(self) {
        drop(self.output);
        let _input = self.input;
        self.server.await.unwrap();
    }
}

/// A search for what this connector does on it.
pub fn search(id: i64, object_class: &str) -> Json {
    json!({"id": id, "method": "search", "params": {"object_class": object_class}})
}

/// A look-up of what this connector does on it.
pub fn get(id: i64, uid: &str) -> Json {
    json!({"id": id, "method": "get", "params": {"object_class": "Person", "uid": uid}})
}

/// The methods of notifications and, for answers, what they are.
pub fn kinds(lines: &[Json]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| match line["method"].as_str() {
            Some(method) => method,
            None if line["error"].is_object() => "error",
            None => "result",
        })
        .collect()
}
