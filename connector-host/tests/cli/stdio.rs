//! `stdio`: the program as a child process of another.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::support::{Tenant, run};

/// The program, spoken to over pipes.
struct Conversation {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Conversation {
    fn start(tenant: &Tenant, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"))
            .env_clear()
            .arg("--config")
            .arg(tenant.path("tenant.json"))
            .args(arguments)
            .arg("stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut conversation = Self { child, input, output: BufReader::new(output).lines() };
        conversation.send(&json!({"id": "open", "method": "open"}));
        assert_eq!(conversation.receive()["result"]["session"], "s1");
        conversation
    }

    fn send(&mut self, message: &Json) {
        writeln!(self.input, "{message}").unwrap();
    }

    fn receive(&mut self) -> Json {
        serde_json::from_str(&self.output.next().unwrap().unwrap()).unwrap()
    }

    /// Sends a request and waits for its final line.
    fn ask(&mut self, message: &Json) -> Json {
        self.send(message);
        loop {
            let line = self.receive();
            if line["id"] == message["id"] {
                return line;
            }
        }
    }

    /// Starts a search over everybody, and takes the items that come without further credit.
    fn start_search(&mut self) {
        self.send(&json!({"id": 1, "method": "search", "params": {"object_class": "User"}}));
        for sequence in 0..200 {
            assert_eq!(self.receive()["params"]["sequence"], sequence);
        }
    }

    /// What is left on standard error, when the child has ended; and the code, which it has within 5 s.
    fn end(self) -> (Option<i32>, String) {
        let Self { child, input, output } = self;
        drop((input, output));
        ended(child)
    }
}

fn ended(mut child: Child) -> (Option<i32>, String) {
    let until = Instant::now() + Duration::from_secs(5);
    let mut stderr = child.stderr.take().unwrap();
    let log = std::thread::spawn(move || std::io::read_to_string(&mut stderr).unwrap());
    let code = child.wait().unwrap().code();
    assert!(Instant::now() < until, "the child took more than 5 s to end");
    (code, log.join().unwrap())
}

#[test]
fn a_conversation_ends_with_the_input_and_0() {
    let tenant = Tenant::new(10);
    let mut talk = Conversation::start(&tenant, &[]);
    let uid = tenant.sandbox.user_id().to_owned();
    let get = json!({"id": 2, "method": "get", "params": {"object_class": "User", "uid": uid}});
    assert_eq!(talk.ask(&get)["result"]["presence"], "active");
    assert_eq!(talk.end(), (Some(0), String::new()));
}

#[test]
fn a_consumer_that_vanishes_ends_the_child_with_0_and_without_another_request() {
    let tenant = Tenant::new(5000);
    let mut talk = Conversation::start(&tenant, &[]);
    talk.start_search();
    assert_eq!(talk.end().0, Some(0));
    assert_eq!(tenant.pages().len(), 1);
}

#[test]
fn an_early_stop_sends_no_further_request() {
    let tenant = Tenant::new(5000);
    let mut talk = Conversation::start(&tenant, &[]);
    talk.start_search();
    let stopped = talk.ask(&json!({"id": 1, "method": "credit", "params": {"id": 1, "stop": true}}));
    assert_eq!(stopped["result"]["status"], "stopped");
    assert_eq!(stopped["result"]["cost"]["requests"], 3, "the token, the metadata, a page: {stopped}");
    talk.ask(&json!({"id": 2, "method": "hello"}));
    assert_eq!(tenant.pages().len(), 1);
}

#[test]
#[cfg(unix)]
fn a_signal_ends_it_with_0_although_the_input_stays_open() {
    let tenant = Tenant::new(10);
    let talk = Conversation::start(&tenant, &[]);
    let Conversation { child, input, output } = talk;
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(ended(child).0, Some(0));
    drop((input, output));
}

#[test]
fn a_hanging_tenant_holds_nobody_up_beyond_deadline_and_cancellation() {
    let tenant = Tenant::new(10);
    let mut talk = Conversation::start(&tenant, &[]);
    talk.ask(&json!({"id": 1, "method": "test"}));
    tenant.inject("hang:/odata/v2/User*2");
    let get = |id: i64, meta: Json| json!({"id": id, "method": "get", "params": {"object_class": "User", "uid": "x", "meta": meta}});
    let before = Instant::now();
    let late = talk.ask(&get(2, json!({"deadline_ms": 100})));
    assert_eq!(late["error"]["data"]["kind"], "timeout", "{late}");
    talk.send(&get(3, json!({})));
    let cancelled = talk.ask(&json!({"id": 3, "method": "cancel", "params": {"id": 3}}));
    assert_eq!(cancelled["error"]["data"]["kind"], "cancelled");
    assert!(before.elapsed() < Duration::from_millis(2100), "both together took {:?}", before.elapsed());
}

#[test]
fn the_output_is_protocol_and_the_log_is_json_at_every_level_and_neither_holds_a_secret() {
    const PASSWORD: &str = "Hush-Hush-2026";
    let tenant = Tenant::new(10);
    for level in ["off", "error", "warn", "info", "debug", "trace"] {
        let mut talk = Conversation::start(&tenant, &["--log-level", level]);
        let reset = json!({"id": 1, "method": "reset_password", "params": {
            "object_class": "User", "uid": tenant.sandbox.user_id(), "new_password": {"$secret": PASSWORD}}});
        let answer = talk.ask(&reset).to_string();
        let hr = json!({"password": PASSWORD, "hr": ["nobody"]});
        let save = json!({"id": 2, "method": "save", "params": {
            "object_class": "User", "uid": tenant.sandbox.user_id(), "attributes": hr}});
        let answers = answer + &talk.ask(&save).to_string();
        let (code, log) = talk.end();
        assert_eq!(code, Some(0));
        for line in log.lines() {
            let line: Json = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
            assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
        }
        let expected = ["info", "debug", "trace"].contains(&level);
        assert_eq!(log.contains("request ended"), expected, "{level}: {log}");
        for text in [answers, log] {
            assert!(!text.contains(PASSWORD) && !text.contains("Bearer "), "{text}");
        }
    }
}

#[test]
#[cfg(unix)]
fn what_a_session_or_a_request_brings_stops_nobody_else() {
    let tenant = Tenant::new(10);
    let mut talk = Conversation::start(&tenant, &[]);
    let pipe = tenant.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut keys = tenant.keys();
    keys["private_key_file"] = json!(pipe);
    for id in 1..=8 {
        talk.send(&json!({"id": id, "method": "open", "params": {"configuration": keys}}));
        let credentials = json!({"access_token_file": pipe, "page_size": id.to_string()});
        talk.send(&json!({"id": id + 100, "method": "test", "params": {"meta": {"deadline_ms": 2000, "credentials": credentials}}}));
    }
    let get = json!({"id": 99, "method": "get", "params": {"object_class": "User", "uid": tenant.sandbox.user_id()}});
    talk.send(&get);
    let mut kinds = std::collections::BTreeMap::new();
    while kinds.len() < 17 {
        let line = talk.receive();
        let kind = line["error"]["data"]["kind"].as_str().unwrap_or("done").to_owned();
        kinds.insert(line["id"].as_i64().unwrap(), kind);
    }
    for (id, kind) in kinds {
        let expected = if id == 99 {
            "done"
        } else if id > 100 {
            "invalid_request"
        } else {
            "configuration"
        };
        assert_eq!(kind, expected, "{id}");
    }
    assert!(Command::new("kill").arg(talk.child.id().to_string()).status().unwrap().success());
    assert_eq!(ended(talk.child).0, Some(0));
}

#[test]
fn a_request_chooses_its_own_level() {
    let tenant = Tenant::new(10);
    let mut talk = Conversation::start(&tenant, &["--log-level", "off"]);
    talk.ask(&json!({"id": 1, "method": "schema"}));
    talk.ask(&json!({"id": "loud", "method": "test", "params": {"meta": {"log": "debug", "correlation_id": "c-7"}}}));
    let (_, log) = talk.end();
    assert!(log.contains("\"exchange\""), "{log}");
    for line in log.lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        assert_eq!((&line["span"]["id"], &line["span"]["correlation_id"]), (&json!("loud"), &json!("c-7")));
    }
}

#[test]
fn without_a_configuration_a_session_has_to_bring_one() {
    let answer = run(&["stdio"]).expect(0);
    assert_eq!((answer.stdout.as_str(), answer.stderr.as_str()), ("", ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_gets_help_in_the_place_of_silence() {
    let program = format!("{} stdio", env!("CARGO_BIN_EXE_sfsf-connector"));
    let output = Command::new("script").args(["-qec", &program, "/dev/null"]).output();
    let Some(output) = tests::skip::unless_missing("script", output) else { return };
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("--interactive"));
}
