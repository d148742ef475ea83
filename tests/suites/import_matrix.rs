//! The law of imports: a run that ends has everybody, one that does not says so, and what goes on from its last
//! checkpoint brings the rest.
//!
//! Imports of every kind meet every trouble at each of their calls, once and from then on. Who there is, is read from
//! the tenant's state. `cargo test -p tests --test suites import_matrix:: -- --nocapture` prints the table. With
//! `SFSF_MATRIX=all` there are more troubles, and `SFSF_MATRIX_PEOPLE=500` makes for more pages, and so for more runs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use connector_core::operation::{ImportRequest, Item, StreamStatus, SyncToken};
use connector_core::{Connector, Context, Error};
use connector_sfsf::SuccessFactorsConnector;
use futures_util::StreamExt;
use sandbox::{Options, Sandbox};
use serde_json::{Value as Json, json};
use tests::Canned::*;
use tests::Trouble::{self, *};
use tests::{Proxy, Script, connector, keys};

/// Those that are always tried, and then the others, if `SFSF_MATRIX=all`.
const TROUBLES: [Trouble; 17] = [
    Reset,
    Midway,
    Cut,
    GivenUp,
    Answered(Refused500),
    Answered(Empty500),
    Answered(Page502),
    Answered(Page200),
    Answered(Garbage200),
    Answered(Throttled),
    Answered(Token401),
    Answered(Forbidden403),
    Closed,
    Answered(Cut500),
    Answered(Busy503),
    Answered(Empty504),
    Answered(ThrottledLong),
];

fn troubles() -> &'static [Trouble] {
    match std::env::var("SFSF_MATRIX") {
        Ok(all) if all == "all" => &TROUBLES,
        _ => &TROUBLES[..12],
    }
}

/// How people are read: the paging, in how many stretches, and whether only what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    paging: &'static str,
    parallel: usize,
    delta: bool,
}

const KINDS: [Kind; 6] = [
    Kind { paging: "snapshot", parallel: 1, delta: false },
    Kind { paging: "key", parallel: 1, delta: false },
    Kind { paging: "link", parallel: 1, delta: false },
    Kind { paging: "snapshot", parallel: 3, delta: false },
    Kind { paging: "key", parallel: 3, delta: false },
    Kind { paging: "snapshot", parallel: 1, delta: true },
];

/// A tenant that all runs of a kind read, and what everybody needs for it.
struct World {
    sandbox: Sandbox,
    authorities: String,
    kind: Kind,
    /// Who has to come.
    everybody: BTreeSet<String>,
    _directory: tempfile::TempDir,
}

impl World {
    async fn new(kind: Kind) -> Self {
        let people =
            std::env::var("SFSF_MATRIX_PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(45);
        let options = Options { people, remember_requests: 10, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let authorities = directory.path().join("authorities.pem");
        std::fs::write(&authorities, sandbox.certificate_pem()).unwrap();
        let authorities = authorities.to_str().unwrap().to_owned();
        let mut everybody = everybody(&sandbox).await;
        assert_eq!(everybody.len(), people);
        if kind.delta {
            everybody.retain(|uid| uid.starts_with('1'));
            change(&sandbox, &everybody).await;
        }
        Self { sandbox, authorities, kind, everybody, _directory: directory }
    }

    fn connector(&self, proxy: &Proxy) -> SuccessFactorsConnector {
        let mut keys = keys(&self.sandbox);
        let changes = json!({
            "url": proxy.url(), "ca_file": self.authorities, "page_size": 10, "max_attempts": 2,
            "paging": self.kind.paging, "parallel": self.kind.parallel, "requests_in_flight": 8,
        });
        keys.extend(changes.as_object().cloned().unwrap());
        connector(keys).unwrap()
    }

    /// A token for whoever has changed; the changes are within its overlap.
    async fn token(&self, proxy: &Proxy) -> Option<SyncToken> {
        if !self.kind.delta {
            return None;
        }
        let request = ImportRequest::new("User").token_only();
        let found = tests::collect(self.connector(proxy).import(&Context::new(), request)).await.unwrap();
        found.summary.sync_token
    }
}

async fn ask(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Json {
    let text = format!(
        "{method} /odata/v2/{path}\nHost: localhost\nAuthorization: Bearer {}\n\
         Accept: application/json\nContent-Type: application/json\n\n{body}",
        sandbox.access_token()
    );
    let (status, body) = sandbox.ask(text.as_bytes()).await.unwrap();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).unwrap()
}

async fn everybody(sandbox: &Sandbox) -> BTreeSet<String> {
    let path = "User?$format=json&$select=userId&$filter=status%20in%20't','f','T','F','e','d'";
    let json = ask(sandbox, "GET", path, "").await;
    let rows = json["d"]["results"].as_array().unwrap();
    rows.iter().map(|row| row["userId"].as_str().unwrap().to_owned()).collect()
}

async fn change(sandbox: &Sandbox, people: &BTreeSet<String>) {
    let record = |uid: &String| json!({"__metadata": {"uri": "User"}, "userId": uid, "nickname": "new"});
    let records = Json::from(people.iter().map(record).collect::<Vec<_>>()).to_string();
    ask(sandbox, "POST", "upsert?$format=json&processInactiveEmployees=true", &records).await;
}

/// What a run brought before its end.
#[derive(Default)]
struct Brought {
    all: BTreeSet<String>,
    /// Whoever came before the last checkpoint, and that.
    safe: BTreeSet<String>,
    checkpoint: Option<SyncToken>,
    twice: usize,
}

async fn import(
    connector: &SuccessFactorsConnector,
    context: &Context,
    token: Option<SyncToken>,
) -> (Brought, Result<(), Error>) {
    let request = ImportRequest { sync_token: token, ..ImportRequest::new("User") };
    let (mut stream, mut brought) = (connector.import(context, request), Brought::default());
    while let Some(item) = stream.next().await {
        match item {
            Ok(Item::Object(object)) => {
                brought.twice += usize::from(!brought.all.insert(object.uid.to_string()));
            }
            Ok(Item::Checkpoint(token)) => {
                brought.safe.clone_from(&brought.all);
                brought.checkpoint = Some(token);
            }
            Ok(Item::Progress(_)) => {}
            Ok(Item::End(summary)) => {
                assert_eq!((summary.status, summary.problems), (StreamStatus::Complete, 0));
                return (brought, Ok(()));
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => return (brought, Err(error)),
        }
    }
    panic!("the stream ended without a word");
}

/// What became of some runs.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    runs: u32,
    /// Ended, with everybody.
    complete: u32,
    /// Said that they did not end, and the next run brought the rest.
    resumed: u32,
    /// People who never came.
    lost: u32,
    /// People who came twice in a run.
    twice: u32,
}

struct Ran {
    complete: bool,
    lost: Vec<String>,
    twice: usize,
    calls: usize,
}

async fn run(world: &World, token: Option<SyncToken>, script: Script, proxy: Proxy) -> Ran {
    proxy.begin(script);
    let context = Context::new().with_cancellation(proxy.caller());
    let (first, result) = import(&world.connector(&proxy), &context, token.clone()).await;
    let calls = proxy.calls();
    let missing = |brought: &BTreeSet<String>| world.everybody.difference(brought).cloned().collect();
    if result.is_ok() {
        return Ran { complete: true, lost: missing(&first.all), twice: first.twice, calls };
    }
    proxy.begin(Script::default());
    let token = first.checkpoint.or(token);
    let (rest, result) = import(&world.connector(&proxy), &Context::new(), token).await;
    result.unwrap_or_else(|error| panic!("{script:?}: it does not go on: {error}"));
    let both = first.safe.union(&rest.all).cloned().collect();
    Ran { complete: false, lost: missing(&both), twice: first.twice + rest.twice, calls }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_at_whichever_call_an_import_loses_nobody() {
    let (mut table, mut faults) = (BTreeMap::<(Kind, Trouble), Figures>::new(), Vec::new());
    for kind in KINDS {
        let world = Arc::new(World::new(kind).await);
        let proxy = Proxy::start(&world.sandbox, Script::default()).await;
        let token = world.token(&proxy).await;
        let undisturbed = run(&world, token, Script::default(), proxy).await;
        assert!(undisturbed.complete && undisturbed.lost.is_empty(), "{kind:?}: {:?}", undisturbed.lost);
        let runs = (1..=undisturbed.calls + 1)
            .flat_map(|call| troubles().iter().map(move |trouble| (call, *trouble)))
            .flat_map(|(call, trouble)| [(call, trouble, false), (call, trouble, true)]);
        let runs = runs.map(|(call, trouble, onwards)| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let script = Script::at(call, trouble, onwards);
                let proxy = Proxy::start(&world.sandbox, Script::default()).await;
                let token = world.token(&proxy).await;
                (trouble, script, run(&world, token, script, proxy).await)
            })
        });
        let mut runs = futures_util::stream::iter(runs).buffer_unordered(8);
        while let Some(ran) = runs.next().await {
            let (trouble, script, ran) = ran.unwrap();
            let figures = table.entry((kind, trouble)).or_default();
            figures.runs += 1;
            figures.complete += u32::from(ran.complete);
            figures.resumed += u32::from(!ran.complete);
            figures.lost += u32::try_from(ran.lost.len()).unwrap();
            figures.twice += u32::try_from(ran.twice).unwrap();
            if !ran.lost.is_empty() || ran.twice > 0 {
                faults.push(format!("{kind:?} {script:?}: lost {:?}, twice {}", ran.lost, ran.twice));
            }
        }
    }
    let runs = print(&table);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(runs >= 768, "{runs} runs");
}

fn print(table: &BTreeMap<(Kind, Trouble), Figures>) -> u32 {
    let line = |name: &str, f: &Figures| {
        println!("{name:<70} {:>5} {:>8} {:>7} {:>5} {:>5}", f.runs, f.complete, f.resumed, f.lost, f.twice);
    };
    println!(
        "{:<70} {:>5} {:>8} {:>7} {:>5} {:>5}",
        "import, trouble", "runs", "complete", "resumed", "lost", "twice"
    );
    let mut all = Figures::default();
    for ((kind, trouble), figures) in table {
        let delta = if kind.delta { ", delta" } else { "" };
        line(&format!("{} in {}{delta}, {trouble:?}", kind.paging, kind.parallel), figures);
        all.runs += figures.runs;
        all.complete += figures.complete;
        all.resumed += figures.resumed;
        all.lost += figures.lost;
        all.twice += figures.twice;
    }
    line("all", &all);
    all.runs
}
