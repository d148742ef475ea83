//! The conversations of `docs/protocol.md` are held with a real tenant, line for line.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;
use std::sync::Arc;

use connector_core::ErrorKind;
use connector_core::log::{LogBridge, LogLevel};
use connector_core::protocol::Limits;
use connector_host::stdio::{Host, serve};
use connector_sfsf::SuccessFactorsProvider;
use sandbox::{Options, Sandbox};
use serde_json::{Map, Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, duplex};
use tokio_util::sync::CancellationToken;

const PEOPLE: usize = 250;

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/protocol.md")
}

/// A conversation with a server over a tenant of its own.
struct Talk {
    input: DuplexStream,
    output: Lines<BufReader<DuplexStream>>,
    configuration: Map<String, Json>,
    _sandbox: Sandbox,
}

impl Talk {
    async fn start() -> Self {
        let sandbox = Sandbox::start(Options { people: PEOPLE, ..Options::default() }).await.unwrap();
        let configuration = json!({
            "url": sandbox.base_url(), "company_id": sandbox.company_id(), "username": sandbox.user_id(),
            "client_id": sandbox.client_id(), "private_key": sandbox.private_key_pem(),
        });
        let (input, its_input) = duplex(1 << 16);
        let (its_output, output) = duplex(1 << 16);
        let host = Host {
            provider: Arc::new(SuccessFactorsProvider),
            configuration: None,
            limits: Limits::default(),
            log: Arc::new(LogBridge::new(&[], std::io::sink)),
            level: LogLevel::Off,
        };
        tokio::spawn(serve(host, its_input, its_output, CancellationToken::new()));
        let configuration = configuration.as_object().unwrap().clone();
        Self { input, output: BufReader::new(output).lines(), configuration, _sandbox: sandbox }
    }

    /// Says a line of the page. What the page leaves out of a configuration is put in.
    async fn say(&mut self, line: &str) {
        let mut message: Json = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        if message["method"] == "open" {
            message["params"]["configuration"] = Json::Object(self.configuration.clone());
        }
        self.input.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn hear(&mut self) -> Json {
        serde_json::from_str(&self.output.next_line().await.unwrap().unwrap()).unwrap()
    }

    /// The lines up to the answer to the last request; of a stream that waits for credit, as far as it goes.
    /// Many items in a row are said to be so many.
    async fn answer(&mut self, id: &Json, last: bool) -> Vec<String> {
        let mut lines = Vec::new();
        let mut items = 0;
        loop {
            let line = self.hear().await;
            let done = line["id"] == *id;
            items += usize::from(line["method"] == "item");
            lines.push(shown(line));
            if done || (!last && items == Limits::default().credit) {
                break;
            }
        }
        if items > 20 {
            lines.retain(|line| !line.contains(r#""method":"item""#));
            lines.insert(0, format!("item ×{items}"));
        }
        lines
    }
}

/// A line without what differs from one time to the next.
fn shown(mut line: Json) -> String {
    blank(&mut line);
    line.to_string()
}

fn blank(json: &mut Json) {
    match json {
        Json::Object(map) => map.iter_mut().for_each(|(key, value)| match key.as_str() {
            "correlation_id" if value.as_str().is_some_and(|id| id.len() == 36) => *value = json!("…"),
            "sync_token" if value.as_str().is_some_and(|token| token.len() > 100) => *value = json!("…"),
            "milliseconds" => *value = json!({"…": 0}),
            "age_ms" | "bytes" | "detail" => *value = json!("…"),
            "manifest" => *value = json!({"…": "…"}),
            "version" => *value = json!("…"),
            "message" => *value = json!(without_correlation(value.as_str().unwrap_or_default())),
            _ => blank(value),
        }),
        Json::Array(values) => values.iter_mut().for_each(blank),
        _ => {}
    }
}

/// A message without a correlation id that was made up.
fn without_correlation(message: &str) -> String {
    match message.rsplit_once(" [correlation ") {
        Some((head, id)) if id.len() == 37 => format!("{head} [correlation …]"),
        _ => message.to_owned(),
    }
}

/// The page with every answer as it is given now.
async fn replayed(text: &str) -> String {
    let mut talk = Talk::start().await;
    let mut page = String::new();
    let lines: Vec<_> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with("< ") || *line == "<" {
            continue;
        }
        page.push_str(line);
        page.push('\n');
        let Some(message) = line.strip_prefix("> ") else { continue };
        if !message.starts_with('{') {
            continue;
        }
        talk.say(message).await;
        let message: Json = serde_json::from_str(message).unwrap();
        let id = if message["id"].is_null() { &message["params"]["id"] } else { &message["id"] };
        // A stream that the page goes on to stop is waiting for credit now.
        let stopped_later = lines[number + 1..]
            .iter()
            .take_while(|line| !line.starts_with("```"))
            .any(|line| line.contains(r#""method":"credit""#) && line.contains(&format!("\"id\":{id}")));
        for line in talk.answer(id, !stopped_later).await {
            page.push_str(&format!("< {line}\n"));
        }
    }
    page
}

#[tokio::test]
async fn the_page_says_what_the_connector_says() {
    let text = std::fs::read_to_string(page()).unwrap();
    let now = replayed(&text).await;
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(page(), &now).unwrap();
        return;
    }
    for (line, (kept, now)) in text.lines().zip(now.lines()).enumerate() {
        assert_eq!(kept, now, "line {} of docs/protocol.md; UPDATE_SNAPSHOTS=1 writes it anew", line + 1);
    }
    assert_eq!(text.lines().count(), now.lines().count());
}

#[test]
fn the_page_has_every_kind_of_error_with_its_code() {
    let text = std::fs::read_to_string(page()).unwrap();
    for kind in ErrorKind::ALL {
        let row = format!("| `{kind}` | −{} |", -kind.code());
        assert!(text.contains(&row), "docs/protocol.md lacks: {row}");
    }
}
