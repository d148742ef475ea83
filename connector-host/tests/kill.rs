//! An import that is killed again and again loses nobody. SFSF_KILL_TEST=full kills it 50 times among 50,000 people.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use sandbox::{Options, Sandbox};
use serde_json::{Value as Json, json};

const PAGE: usize = 1000;
/// 429, resets, lost snapshots, expired tokens, pages that bring records twice; each for so many requests of a hundred.
const FAULTS: [&str; 7] = [
    "throttle=0%4:/odata/v2/CLASS?",
    "cut-before%3:/odata/v2/CLASS?",
    "cut-middle%3:/odata/v2/CLASS?",
    "truncate%2:/odata/v2/CLASS?",
    "lose-snapshot%6",
    "expire-tokens%2:/odata/v2/CLASS?",
    "repeat-records=1000%4:/odata/v2/CLASS?",
];

struct Size {
    kills: usize,
    people: usize,
    page: usize,
}

fn size() -> Size {
    match std::env::var("SFSF_KILL_TEST").as_deref() {
        Ok("full") => Size { kills: 50, people: 50_000, page: PAGE },
        _ => Size { kills: 6, people: 1_500, page: 100 },
    }
}

/// Numbers that look random, and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// What one process wrote before it ended.
#[derive(Default)]
struct Written {
    people: Vec<String>,
    gone: usize,
    /// The most memory that it had, in KiB.
    memory: u64,
    killed: bool,
    success: bool,
}

impl Written {
    /// A line without an end was not written to its end.
    fn take(&mut self, line: &str) {
        let Some(line) = line.strip_suffix('\n') else { return };
        let json: Json = serde_json::from_str(line).unwrap();
        self.gone += usize::from(json.get("gone").is_some());
        self.people.extend(json["uid"].as_str().map(str::to_owned));
    }
}

fn start(directory: &std::path::Path, class: &str) -> Child {
    let [config, state, log] = ["tenant.json", "state.json", "log"].map(|name| directory.join(name));
    let log = std::fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
    Command::new(env!("CARGO_BIN_EXE_sfsf-connector"))
        .env_clear()
        .args(["--output", "ndjson", "--config", config.to_str().unwrap()])
        .args(["import", "--object-class", class, "--state", state.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// Reads so many lines and kills the process, unless it ends before.
fn run(directory: &std::path::Path, class: &str, lines: Option<usize>) -> Written {
    let mut child = start(directory, class);
    let mut written = Written::default();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    for number in 0.. {
        if Some(number) == lines {
            child.kill().unwrap();
            written.killed = true;
            let mut rest = String::new();
            out.read_to_string(&mut rest).unwrap();
            rest.split_inclusive('\n').for_each(|line| written.take(line));
            break;
        }
        if number % 250 == 0 {
            written.memory = written.memory.max(peak_memory(child.id()));
        }
        line.clear();
        if out.read_line(&mut line).unwrap() == 0 {
            break;
        }
        written.take(&line);
    }
    written.success = child.wait().unwrap().success();
    written
}

/// In KiB, where the system tells.
fn peak_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_import_that_is_killed_loses_nobody_and_repeats_two_pages_at_most() {
    eprintln!("{}", kill_often("User", 1, size()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_import_in_four_ranges_that_is_killed_loses_nobody_and_repeats_two_pages_for_each_kill_at_most() {
    eprintln!("{}", kill_often("User", 4, size()).await);
}

/// There are few of them, so a page holds two.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_import_of_groups_or_roles_that_is_killed_loses_none() {
    for class in ["DynamicGroup", "RBPRole"] {
        let objects = objects(class).await;
        assert!(objects >= 4, "{objects} of {class}");
        eprintln!("{}", kill_often(class, 1, Size { kills: 10, people: objects, page: 2 }).await);
    }
}

/// How many there are in a tenant of the size below, by its own count.
async fn objects(class: &str) -> usize {
    let sandbox = Sandbox::start(Options { people: 60, ..Options::default() }).await.unwrap();
    let (client, base) = (reqwest::Client::new(), sandbox.base_url());
    let json = async |request: reqwest::RequestBuilder| -> Json {
        serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap()
    };
    let token = json(client.post(format!("{base}/sandbox/token"))).await;
    let rows = client.get(format!("{base}/odata/v2/{class}?$format=json"));
    let json = json(rows.bearer_auth(token["access_token"].as_str().unwrap())).await;
    let rows = json["d"]["results"].as_array().unwrap();
    // Groups of other kinds, such as those of workflows, do not exist for the connector.
    rows.iter().filter(|row| row["groupType"].as_str().is_none_or(|kind| kind == "permission")).count()
}

/// Imports with so many stretches and kills; says what it took.
async fn kill_often(class: &str, parallel: usize, Size { kills, people, page }: Size) -> String {
    let faults = FAULTS.iter().map(|fault| fault.replace("CLASS", class).parse().unwrap()).collect();
    let options = Options { people: people.max(60), faults, ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let keys = json!({
        "url": sandbox.base_url(), "company_id": sandbox.company_id(), "username": sandbox.user_id(),
        "client_id": sandbox.client_id(), "private_key": sandbox.private_key_pem(),
        "first_retry_wait": 0, "page_size": page, "parallel": parallel,
    });
    std::fs::write(directory.path().join("tenant.json"), keys.to_string()).unwrap();
    let mut dice = Dice(20_261_122);
    let mut times: HashMap<String, usize> = HashMap::new();
    let (mut killed, mut failed, mut most_repeated, mut all_repeated, mut memory) = (0, 0, 0, 0, 0);
    loop {
        // On the average the last kill comes when the import is nearly done.
        let lines = (killed < kills).then(|| dice.below((2 * people / kills).max(4)));
        let written = run(directory.path(), class, lines);
        memory = memory.max(written.memory);
        assert_eq!(written.gone, 0, "a run that was killed lets nobody go");
        let repeated = written.people.iter().filter(|uid| times.contains_key(*uid)).count();
        most_repeated = most_repeated.max(repeated);
        all_repeated += repeated;
        for uid in written.people {
            *times.entry(uid).or_default() += 1;
        }
        if written.success && killed >= kills {
            break;
        }
        if written.success {
            // It was done before all kills were: once more, from the beginning.
            std::fs::remove_file(directory.path().join("state.json")).unwrap();
            assert_eq!(times.len(), people, "nobody is lost");
            times.clear();
        }
        killed += usize::from(written.killed);
        failed += usize::from(!written.killed && !written.success);
        assert!(failed < 50, "{}", std::fs::read_to_string(directory.path().join("log")).unwrap());
    }
    let requests = sandbox.requests().len();
    let figures = format!(
        "{people} of {class} in {parallel} ranges, {killed} kills, {failed} failures of its own, {requests} requests, at most {most_repeated} \
         people repeated after a restart (pages of {page}), at most {memory} KiB"
    );
    assert_eq!(times.len(), people, "nobody is lost");
    // A run may bring again what several kills before it left unfinished, each in another stretch.
    assert!(most_repeated <= (1 + parallel) * page, "{most_repeated} people were repeated");
    assert!(all_repeated <= 2 * page * (killed + failed), "{all_repeated} people were repeated in all");
    assert!(memory < 64 * 1024, "{memory} KiB");
    figures
}
