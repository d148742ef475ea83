//! What docs/worker.md shows a newcomer is what happens.

use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::broker::Broker;
use crate::support::Worker;

const PAGE: &str = include_str!("../../../docs/worker.md");

/// The first block of the page in this language.
fn block(language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// A Python that has the package of the page, on Debian not always the first one in the path.
fn python() -> Option<&'static str> {
    let has_pika = |python: &&str| tests::skip::has_module(Path::new(python), "pika");
    ["python3", "/usr/bin/python3"].into_iter().find(has_pika)
}

/// A shell in which the program is found.
fn shell(programs: &Path, script: &str) -> Command {
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let mut command = Command::new("bash");
    command
        .env_clear()
        .env("PATH", path)
        .env("XDG_STATE_HOME", programs.join("state"))
        .args(["-euc", script]);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_gets_an_answer_with_the_commands_of_the_page() {
    let Some(broker) = tokio::task::spawn_blocking(Broker::shared).await.unwrap() else { return };
    let Some(python) = python() else {
        return tests::skip::missing("pika");
    };
    let programs = TempDir::new().unwrap();
    symlink(env!("CARGO_BIN_EXE_sfsf-connector"), programs.path().join("sfsf-connector")).unwrap();
    // The broker of the test is at another port; everything else is as it stands on the page.
    let commands = block("sh").replace("amqp://localhost", &broker.url());
    // The last command stays: it is a child that the worker can take the place of.
    let (before, last) = commands.trim_end().rsplit_once('\n').unwrap();
    let worker = Worker::start_as_shown(shell(programs.path(), &format!("{before}\nexec {last}")));
    worker.says("the worker reads").await;
    let asked = ask(python, &broker.url());
    let (id, said) = asked.trim_end().split_once(' ').unwrap();
    let (shown_id, shown) = block("text").trim_end().split_once(' ').unwrap();
    let begin = shown.split_once(",…").unwrap().0;
    assert!(id == shown_id && said.starts_with(begin), "shown {shown}\nsaid  {said}");
    assert_eq!(serde_json::from_str::<Json>(said).unwrap()["result"]["presence"], "active");
}

/// Runs the program of the page, and gives what it prints.
fn ask(python: &str, broker: &str) -> String {
    let mut command = Command::new(python);
    command.arg("-").env("SFSF_BROKER", broker).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::inherit()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(block("python").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
