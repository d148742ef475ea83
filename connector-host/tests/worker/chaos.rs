//! Everything at once: workers are killed, the broker is restarted twice, the tenant fails, and nothing is lost.
//!
//! `SFSF_CHAOS_REQUESTS` and `SFSF_CHAOS_PEOPLE` say how much of it; 10,000 requests on 500 people is the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tokio::time::timeout;

use crate::broker::Broker;
use crate::support::{Requester, Scene, Worker, request};

/// Rounds: in each of them some requests are published and a worker is killed.
const ROUNDS: usize = 9;

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What the published order implies for one person.
#[derive(Default, Debug, PartialEq)]
struct Wanted {
    title: Option<String>,
    status: Option<&'static str>,
    password: Option<String>,
}

impl Wanted {
    /// Fails unless the tenant has it so.
    fn check(&self, scene: &Scene, uid: &str) {
        let row = scene.sandbox.user(uid).unwrap();
        let found = |key: &str| row.get(key).and_then(Json::as_str).map(str::to_owned);
        if self.title.is_some() {
            assert_eq!(found("title"), self.title, "{uid}");
        }
        if let Some(status) = self.status {
            assert_eq!(found("status").as_deref(), Some(status), "{uid}");
        }
        if let Some(password) = &self.password {
            assert!(
                scene.sandbox.password_matches(uid, password),
                "{uid} has another password than {password}"
            );
        }
    }
}

/// The figures of a run.
#[derive(Default, Debug)]
struct Figures {
    /// The replies by the id of their request, each with its own id.
    answered: BTreeMap<String, Vec<(String, String)>>,
}

impl Figures {
    /// Takes replies until there have been none for a while, or as many as wanted are answered.
    async fn collect(&mut self, requester: &mut Requester, wanted: usize, patience: Duration) {
        while self.answered.len() < wanted {
            let Ok(part) = timeout(patience, requester.try_part()).await else { return };
            let Some(part) = part else { return };
            self.answered.entry(part.correlation_id).or_default().push((part.message_id, part.body));
        }
    }

    /// How many requests have replies of this kind.
    fn count(&self, is: impl Fn(&[(String, String)]) -> bool) -> usize {
        self.answered.values().filter(|replies| is(replies)).count()
    }

    /// How many requests have more than one reply for somebody who takes each id once.
    fn told_twice(&self) -> usize {
        self.count(|replies| replies.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len() > 1)
    }
}

fn people(scene: &Scene, count: usize) -> Vec<String> {
    let rows = scene.run_plain(&["search", "--filter", "status eq 't'", "--attributes", "status"]);
    let uids = rows
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["uid"].as_str().unwrap().to_owned());
    uids.filter(|uid| uid != scene.sandbox.user_id()).take(count).collect()
}

fn worker(scene: &Scene, slot: usize) -> Worker {
    let memory = scene.directory.path().join(format!("replies-{slot}")).display().to_string();
    scene.worker(&["--memory", &memory, "--patience", "2", "--retries", "50", "--max-deliveries", "18"])
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_brokers_and_the_tenant_fail_and_every_request_is_answered_in_order() {
    let Some(broker) = tokio::task::spawn_blocking(Broker::start).await.unwrap() else { return };
    let broker: &'static Broker = Box::leak(Box::new(broker));
    let (requests, count) = (number("SFSF_CHAOS_REQUESTS", 198), number("SFSF_CHAOS_PEOPLE", 12));
    let scene = Scene::at(broker, count * 2 + 20).await;
    scene.topology();
    let people = people(&scene, count);
    let mut workers: Vec<_> = (0..3).map(|slot| worker(&scene, slot)).collect();
    let mut requester = scene.requester().await;
    for fault in ["unavailable=1%2", "cut-before%2", "cut-after:POST%2", "html=502%2"] {
        scene.inject(fault);
    }
    let (started, mut wanted, mut figures) =
        (Instant::now(), BTreeMap::<&str, Wanted>::new(), Figures::default());
    let (mut published, mut kills) = (0, 0);
    for round in 0..ROUNDS {
        for _ in 0..requests / ROUNDS {
            let uid = people[published * 7 % people.len()].as_str();
            let (message, writes) = message(published, uid, wanted.entry(uid).or_default());
            requester.insist(broker, &format!("{published}"), uid, &message, writes).await;
            published += 1;
        }
        workers[round % 3].signal("KILL");
        workers[round % 3] = worker(&scene, round % 3);
        kills += 1;
        if round == ROUNDS / 3 || round == 2 * ROUNDS / 3 {
            tokio::task::spawn_blocking(|| broker.restart()).await.unwrap();
            requester.reconnect(broker).await;
        }
        figures.collect(&mut requester, published / 2, Duration::from_secs(60)).await;
    }
    scene.sandbox.clear_faults();
    figures.collect(&mut requester, published, Duration::from_secs(120)).await;
    let elapsed = started.elapsed();
    let dead = requester.drain("dead").await;
    let buried: BTreeSet<_> = dead.iter().map(|part| part.correlation_id.clone()).collect();
    let missing: Vec<_> = (0..published)
        .map(|number| number.to_string())
        .filter(|id| !figures.answered.contains_key(id) && !buried.contains(id))
        .collect();
    let twice = figures.count(|replies| replies.len() > 1);
    let unequal = figures.count(|replies| replies.iter().any(|(_, text)| *text != replies[0].1));
    let refused = figures.count(|replies| replies.iter().any(|(_, text)| text.contains("\"error\":")));
    eprintln!(
        "chaos: {published} requests on {} people, {kills} kills, 2 restarts of the broker, {} s: {} answered, {refused} of them with an \
         error, {} dead letters, {} missing, {twice} came more than once, {unequal} of them with another text, {} under another id",
        people.len(),
        elapsed.as_secs(),
        figures.answered.len(),
        dead.len(),
        missing.len(),
        figures.told_twice(),
    );
    assert!(missing.is_empty(), "neither answered nor dead: {missing:?}");
    assert_eq!(
        (unequal, figures.told_twice()),
        (0, 0),
        "whoever takes each id once has one reply to each request"
    );
    assert_eq!((refused, dead.len()), (0, 0), "every fault was one that passes");
    wanted.iter().for_each(|(uid, wanted)| wanted.check(&scene, uid));
}

/// The request with this number, and whether it is a change. Eleven in turn, so that everybody gets each of them.
fn message(number: usize, uid: &str, wanted: &mut Wanted) -> (Json, bool) {
    let about = json!({"object_class": "User", "uid": uid});
    let with = |key: &str, value: Json| {
        let mut about = about.clone();
        about[key] = value;
        about
    };
    match number % 11 {
        0 => (request("get", about), false),
        1 => {
            wanted.status = Some("f");
            (request("suspend", about), true)
        }
        2 | 9 => {
            wanted.status = Some("t");
            (request("resume", about), true)
        }
        3 => {
            let filter = format!("userId eq '{uid}'");
            (request("search", json!({"object_class": "User", "filter": filter})), false)
        }
        4 => (request("lookup", json!({"name": "divisions"})), false),
        5 => {
            let password = format!("Correct-Horse-{number}");
            let reset = with("new_password", json!({"$secret": password}));
            wanted.password = Some(password);
            (request("reset_password", reset), true)
        }
        6 => (request("test", json!({})), false),
        7 => {
            wanted.status = Some("f");
            (request("delete", about), true)
        }
        _ => {
            let title = format!("title {number}");
            wanted.title = Some(title.clone());
            (request("save", with("attributes", json!({"title": [title]}))), true)
        }
    }
}
