//! The law of writes: nothing that was made is called "not applied", and nothing that was not made is called done.
//!
//! Every operation that changes something meets every trouble at each of its calls, once and from then on; and its
//! first write is lost in every way while the write that repeats it is refused in every way. What the tenant became is
//! read from its state, not through the connector. `cargo test -p tests --test suites write_matrix:: -- --nocapture` prints the
//! table. With `SFSF_MATRIX=all` there are all operations and troubles, four times as many runs. The calls are those of
//! an undisturbed run and one more, since trouble makes for more; `SFSF_MATRIX_CALLS=12` goes further, and
//! `SFSF_MATRIX_ATTEMPTS=4` repeats as often as the product does.

use std::collections::BTreeMap;
use std::sync::Arc;

use connector_core::object::{AttributeDelta, Change, Secret, Value};
use connector_core::operation::{ObjectId, ResetPasswordRequest, SaveOutcome, SaveRequest};
use connector_core::{Connector, Context, Effect, Error, Result, Retry};
use futures_util::StreamExt;
use sandbox::{Options, Sandbox};
use serde_json::{Value as Json, json};
use tests::Canned::*;
use tests::Trouble::{self, *};
use tests::{Proxy, Script, connector, keys};

const GROUP: &str = "3604";
const OTHER_GROUP: &str = "3605";
/// So many people with ids so long take three addresses.
const MANY: usize = 40;

/// What the troubles of the first part are: those that are always tried, and then the others.
const TROUBLES: [Trouble; 24] = [
    Reset,
    Lost,
    Cut,
    Late,
    GivenUp,
    Hidden(Empty500),
    Answered(Refused500),
    Answered(Page502),
    Answered(Page200),
    Answered(Throttled),
    Answered(Token401),
    Answered(Forbidden403),
    Closed,
    Midway,
    VeryLate,
    Hidden(Page502),
    Hidden(Page200),
    Hidden(Garbage200),
    Answered(Empty500),
    Answered(Cut500),
    Answered(Busy503),
    Answered(Empty504),
    Answered(ThrottledLong),
    Answered(Changed412),
];

/// How a first write may be lost: so always, and then the others.
const LOSSES: [Trouble; 6] = [Closed, Late, VeryLate, Lost, Hidden(Empty500), Answered(Empty504)];

/// How the write that repeats it may be refused, or be lost too.
const REFUSALS: [Trouble; 12] = [
    Answered(RowDeadlock),
    Answered(RowChanged),
    Answered(RowDuplicate),
    Answered(RowRefused),
    Answered(Refused500),
    Answered(Throttled),
    Answered(ThrottledLong),
    Answered(Token401),
    Answered(Forbidden403),
    Answered(Changed412),
    Answered(Bad400),
    Closed,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Op {
    Create,
    CreateWithPassword,
    Update,
    Clear,
    Rename,
    Manager,
    Suspend,
    Resume,
    Delete,
    Password,
    PersonAndGroups,
    GroupsOfPerson,
    Members,
    MembersSwapped,
    ManyMembers,
}

/// The operations: those that are always tried, and then variants of them.
const OPS: [Op; 15] = [
    Op::Create,
    Op::Clear,
    Op::Suspend,
    Op::Resume,
    Op::Delete,
    Op::Password,
    Op::PersonAndGroups,
    Op::ManyMembers,
    Op::CreateWithPassword,
    Op::Update,
    Op::Rename,
    Op::Manager,
    Op::GroupsOfPerson,
    Op::Members,
    Op::MembersSwapped,
];

/// The first of a list, or all of it if `SFSF_MATRIX=all`.
fn some<T>(list: &[T], always: usize) -> &[T] {
    match std::env::var("SFSF_MATRIX") {
        Ok(all) if all == "all" => list,
        _ => &list[..always],
    }
}

/// How much of what was asked for the tenant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Nothing,
    Part,
    All,
}

/// What takes long to make, and is the same for every run.
struct Shared {
    key: String,
    /// A file with one authority: the system's are many, and nobody is asked with TLS.
    authorities: String,
    attempts: usize,
}

struct World {
    sandbox: Sandbox,
    token: String,
    op: Op,
}

fn many() -> Vec<String> {
    (0..MANY).map(|n| format!("{}.{n:03}", "somebody".repeat(10))).collect()
}

impl World {
    async fn new(op: Op, shared: &Shared) -> Self {
        let options = Options {
            people: 5,
            private_key_pem: Some(shared.key.clone()),
            remember_requests: 10,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let token = sandbox.access_token();
        let world = Self { sandbox, token, op };
        world.prepare().await;
        world
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Json {
        let text = format!(
            "{method} /odata/v2/{path}\nHost: localhost\nAuthorization: Bearer {}\n\
             Accept: application/json\nContent-Type: application/json\n\n{body}",
            self.token
        );
        let (status, body) = self.sandbox.ask(text.as_bytes()).await.unwrap();
        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }

    async fn prepare(&self) {
        let person = |uid: &str, status: &str| json!({"__metadata": {"uri": "User"}, "userId": uid, "username": uid, "status": status, "title": "Old"});
        let mut people = vec![person("boss", "t")];
        match self.op {
            Op::Create | Op::CreateWithPassword => {}
            Op::Resume => people.push(person("zoe", "f")),
            Op::Members | Op::MembersSwapped => people.extend([person("zoe", "t"), person("max", "t")]),
            Op::ManyMembers => people.extend(many().iter().map(|uid| person(uid, "t"))),
            _ => people.push(person("zoe", "t")),
        }
        let people = Json::from(people).to_string();
        self.ask("POST", "upsert?$format=json&processInactiveEmployees=true", &people).await;
        if self.op == Op::MembersSwapped {
            let path = format!("updateStaticGroup?$format=json&groupId={GROUP}L&action='ADD'&userIds='max'");
            self.ask("GET", &path, "").await;
        }
    }

    async fn members(&self, group: &str) -> Vec<String> {
        let path = format!("getUsersByDynamicGroup?$format=json&groupId={group}L&activeOnly=false");
        let json = self.ask("GET", &path, "").await;
        let rows = json["d"].as_array().or_else(|| json["d"]["results"].as_array()).unwrap();
        rows.iter().map(|row| row["userId"].as_str().unwrap().to_owned()).collect()
    }

    async fn run(&self, connector: &dyn Connector, context: &Context) -> Result<SaveOutcome> {
        let text = |name: &str, value: &str| AttributeDelta::set(name, value);
        let modify = |name: &str, add: Vec<Value>, remove: Vec<Value>| AttributeDelta {
            name: name.into(),
            change: Change::Modify { add, remove },
        };
        let save = async |class: &str, uid: &str, deltas: Vec<AttributeDelta>| {
            connector.save(context, &SaveRequest::new(class, uid, deltas)).await
        };
        let zoe = ObjectId::new("User", "zoe");
        let password = || AttributeDelta::set("__PASSWORD__", Value::Secret(Secret::new("N3w-Pass-Phrase")));
        let new = || vec![text("username", "zoe"), text("status", "t"), text("title", "CTO")];
        let groups = || modify("groups", vec![GROUP.into(), OTHER_GROUP.into()], vec![]);
        match self.op {
            Op::Create => save("User", "zoe", new()).await,
            Op::CreateWithPassword => save("User", "zoe", [new(), vec![password()]].concat()).await,
            Op::Update => save("User", "zoe", vec![text("title", "CTO"), text("city", "Bonn")]).await,
            Op::Clear => save("User", "zoe", vec![text("title", ""), text("city", "Bonn")]).await,
            Op::Rename => save("User", "zoe", vec![text("username", "zoe.new")]).await,
            Op::Manager => save("User", "zoe", vec![text("manager", "boss")]).await,
            Op::Suspend => connector.suspend(context, &zoe).await,
            Op::Resume => connector.resume(context, &zoe).await,
            Op::Delete => connector.delete(context, &zoe).await,
            Op::Password => {
                let new_password = "N3w-Pass-Phrase".into();
                let request =
                    ResetPasswordRequest { object_class: "User".into(), uid: "zoe".into(), new_password };
                connector.reset_password(context, &request).await
            }
            Op::PersonAndGroups => save("User", "zoe", vec![text("title", "CTO"), groups()]).await,
            Op::GroupsOfPerson => save("User", "zoe", vec![groups()]).await,
            Op::Members => {
                save("DynamicGroup", GROUP, vec![modify("members", vec!["zoe".into(), "max".into()], vec![])])
                    .await
            }
            Op::MembersSwapped => {
                save("DynamicGroup", GROUP, vec![modify("members", vec!["zoe".into()], vec!["max".into()])])
                    .await
            }
            Op::ManyMembers => {
                let people = many().iter().map(|uid| uid.as_str().into()).collect();
                save("DynamicGroup", GROUP, vec![modify("members", people, vec![])]).await
            }
        }
    }

    /// What the tenant has, part by part.
    async fn made(&self) -> Made {
        let zoe = self.sandbox.user("zoe").unwrap_or_default();
        let text = |name: &str| zoe.get(name).and_then(Json::as_str).unwrap_or_default();
        let is_member = async |group: &str, uid: &str| self.members(group).await.iter().any(|one| one == uid);
        let has_password = self.sandbox.password_matches("zoe", "N3w-Pass-Phrase");
        let parts = match self.op {
            Op::Create => vec![text("title") == "CTO" && text("status") == "t"],
            Op::CreateWithPassword => vec![text("title") == "CTO", has_password],
            Op::Update => vec![text("title") == "CTO", text("city") == "Bonn"],
            Op::Clear => vec![text("title").is_empty(), text("city") == "Bonn"],
            Op::Rename => vec![text("username") == "zoe.new"],
            Op::Manager => vec![zoe.get("manager").is_some_and(|links| *links == json!(["boss"]))],
            Op::Suspend | Op::Delete => vec![text("status") == "f"],
            Op::Resume => vec![text("status") == "t"],
            Op::Password => vec![has_password],
            Op::PersonAndGroups | Op::GroupsOfPerson => {
                let mut parts = vec![is_member(GROUP, "zoe").await, is_member(OTHER_GROUP, "zoe").await];
                parts.extend((self.op == Op::PersonAndGroups).then(|| text("title") == "CTO"));
                parts
            }
            Op::Members => vec![is_member(GROUP, "zoe").await, is_member(GROUP, "max").await],
            Op::MembersSwapped => vec![is_member(GROUP, "zoe").await, !is_member(GROUP, "max").await],
            Op::ManyMembers => {
                let members = self.members(GROUP).await;
                many().iter().map(|uid| members.contains(uid)).collect()
            }
        };
        match (parts.contains(&true), parts.contains(&false)) {
            (false, _) => Made::Nothing,
            (true, true) => Made::Part,
            (true, false) => Made::All,
        }
    }
}

/// What became of some runs.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    runs: u32,
    /// Done, and so it is.
    done: u32,
    /// An error that says what is true of the effect, and knows it.
    told: u32,
    /// An error that says that the effect is unknown.
    unknown: u32,
    /// Called done, and not made.
    false_success: u32,
    /// Called not applied, and made as a whole or in part.
    false_not_applied: u32,
    /// Called applied, and nothing of it was made.
    false_applied: u32,
}

impl Figures {
    fn count(&mut self, result: &Result<SaveOutcome>, made: Made) -> bool {
        self.runs += 1;
        let (figure, is_true) = match (result.as_ref().map_err(Error::effect), made) {
            (Ok(_), Made::All) => (&mut self.done, true),
            (Ok(_), _) => (&mut self.false_success, false),
            (Err(Effect::NotApplied), Made::Nothing) => (&mut self.told, true),
            (Err(Effect::NotApplied), _) => (&mut self.false_not_applied, false),
            (Err(Effect::Applied), Made::Nothing) => (&mut self.false_applied, false),
            (Err(Effect::Applied), _) => (&mut self.told, true),
            (Err(Effect::Unknown), _) => (&mut self.unknown, true),
        };
        *figure += 1;
        is_true
    }

    fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        self.done += other.done;
        self.told += other.told;
        self.unknown += other.unknown;
        self.false_success += other.false_success;
        self.false_not_applied += other.false_not_applied;
        self.false_applied += other.false_applied;
    }
}

struct Ran {
    result: Result<SaveOutcome>,
    made: Made,
    calls: usize,
    writes: usize,
}

async fn run(op: Op, script: Script, shared: &Shared) -> Ran {
    let world = World::new(op, shared).await;
    let proxy = Proxy::start(&world.sandbox, script).await;
    let mut keys = keys(&world.sandbox);
    keys.insert("url".into(), json!(proxy.url()));
    keys.insert("ca_file".into(), json!(shared.authorities));
    keys.insert("max_attempts".into(), json!(shared.attempts));
    let connector = connector(keys).unwrap();
    let context = Context::new().with_cancellation(proxy.caller());
    let result = world.run(&connector, &context).await;
    proxy.settle().await;
    Ran { result, made: world.made().await, calls: proxy.calls(), writes: proxy.writes() }
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

async fn shared() -> (Arc<Shared>, tempfile::TempDir) {
    let model = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let authorities = directory.path().join("authorities.pem");
    std::fs::write(&authorities, model.certificate_pem()).unwrap();
    let authorities = authorities.to_str().unwrap().to_owned();
    let key = model.private_key_pem().to_owned();
    (Arc::new(Shared { key, authorities, attempts: number("SFSF_MATRIX_ATTEMPTS", 2) }), directory)
}

/// Whether what repeats this write can be refused so: rows are the answers to upserts, and not to functions.
fn fits(op: Op, write: usize, refusal: Trouble) -> bool {
    let of_groups = matches!(op, Op::GroupsOfPerson | Op::Members | Op::MembersSwapped | Op::ManyMembers);
    let is_row = matches!(refusal, Answered(RowDeadlock | RowChanged | RowDuplicate | RowRefused));
    !is_row || (write == 1 && !of_groups)
}

type Table = BTreeMap<(Op, String), Figures>;

/// Runs all of these, some at the same time, and fails with every run that did not tell the truth.
async fn tell_the_truth(runs: Vec<(Op, String, Script)>, shared: Arc<Shared>) -> Table {
    let runs = runs.into_iter().map(|(op, name, script)| {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move { (op, name, script, run(op, script, &shared).await) })
    });
    let mut runs = futures_util::stream::iter(runs).buffer_unordered(8);
    let (mut table, mut lies) = (Table::new(), Vec::new());
    while let Some(ran) = runs.next().await {
        let (op, name, script, ran) = ran.unwrap();
        if !table.entry((op, name)).or_default().count(&ran.result, ran.made) {
            let said = ran.result.map(|_| "done".to_owned()).map_err(|e| format!("{:?}: {e}", e.effect()));
            lies.push(format!("{op:?} {script:?}: made {:?}, said {said:?}", ran.made));
        }
    }
    print(&table);
    assert!(lies.is_empty(), "{} runs did not tell the truth:\n{}", lies.len(), lies.join("\n"));
    table
}

fn print(table: &Table) {
    let line = |name: &str, f: &Figures| {
        println!(
            "{name:<60} {:>5} {:>5} {:>5} {:>7} {:>13} {:>17} {:>13}",
            f.runs, f.done, f.told, f.unknown, f.false_success, f.false_not_applied, f.false_applied
        );
    };
    println!(
        "{:<60} {:>5} {:>5} {:>5} {:>7} {:>13} {:>17} {:>13}",
        "operation, trouble",
        "runs",
        "done",
        "told",
        "unknown",
        "false success",
        "false not applied",
        "false applied"
    );
    let mut all = Figures::default();
    for ((op, trouble), figures) in table {
        line(&format!("{op:?}, {trouble}"), figures);
        all.add(figures);
    }
    line("all", &all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_at_whichever_call_nothing_made_is_called_not_applied() {
    let (shared, _directory) = shared().await;
    let mut runs = Vec::new();
    for &op in some(&OPS, 8) {
        let undisturbed = run(op, Script::default(), &shared).await;
        assert!(
            undisturbed.result.is_ok() && undisturbed.made == Made::All,
            "{op:?}: {:?}",
            undisturbed.result
        );
        for call in 1..=number("SFSF_MATRIX_CALLS", undisturbed.calls + 1) {
            for &trouble in some(&TROUBLES, 12) {
                for onwards in [false, true] {
                    runs.push((op, format!("{trouble:?}"), Script::at(call, trouble, onwards)));
                }
            }
        }
    }
    assert!(runs.len() >= 840, "{} runs", runs.len());
    tell_the_truth(runs, shared).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_write_is_never_called_not_applied_because_its_repeat_was_refused() {
    let (shared, _directory) = shared().await;
    let mut runs = Vec::new();
    for &op in some(&OPS, 8) {
        let writes = run(op, Script::default(), &shared).await.writes;
        for write in 1..=writes {
            for &loss in some(&LOSSES, 3) {
                for refusal in REFUSALS.into_iter().filter(|refusal| fits(op, write, *refusal)) {
                    let script = Script::write(write, loss, Some(refusal));
                    runs.push((op, format!("{loss:?} and then {refusal:?}"), script));
                }
            }
        }
    }
    tell_the_truth(runs, shared).await;
}

/// A tenant that does not answer, in time that passes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_is_not_answered_in_time_is_unknown_or_found() {
    let (shared, _directory) = shared().await;
    let runs = OPS.map(|op| {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let world = World::new(op, &shared).await;
            let proxy =
                Proxy::start(&world.sandbox, Script::write(1, Silent, Some(Answered(Throttled)))).await;
            let mut keys = keys(&world.sandbox);
            keys.extend([
                ("url".to_owned(), json!(proxy.url())),
                ("ca_file".to_owned(), json!(shared.authorities)),
                ("read_timeout".to_owned(), json!(1)),
            ]);
            let result = world.run(&connector(keys).unwrap(), &Context::new()).await;
            let error = result.expect_err("it was held back until the end");
            assert_eq!(error.effect(), Effect::Unknown, "{op:?}: {error}");
            assert!(error.retry() != Retry::Never, "{op:?}: {error}");
        })
    });
    for run in runs {
        run.await.unwrap();
    }
}
