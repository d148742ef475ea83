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
}

/// The figures of a run.
#[derive(Default, Debug)]
struct Figures {
    answered: BTreeMap<String, Vec<Json>>,
    replies: usize,
}

impl Figures {
    /// Takes replies until there have been none for a while, or as many as wanted are answered.
    async fn collect(&mut self, requester: &mut Requester, wanted: usize, patience: Duration) {
        while self.answered.len() < wanted {
            let Ok(part) = timeout(patience, requester.try_part()).await else { return };
            let Some(part) = part else { return };
            let reply: Json = serde_json::from_str(&part.body).unwrap();
            self.replies += 1;
            self.answered.entry(part.correlation_id).or_default().push(reply);
        }
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
    let (requests, count) = (number("SFSF_CHAOS_REQUESTS", 180), number("SFSF_CHAOS_PEOPLE", 12));
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
    let twice = figures.answered.values().filter(|replies| replies.len() > 1).count();
    let unequal =
        figures.answered.values().filter(|replies| replies.iter().any(|reply| *reply != replies[0])).count();
    let refused = figures
        .answered
        .values()
        .filter(|replies| replies.iter().all(|reply| reply.get("error").is_some()))
        .count();
    eprintln!(
        "chaos: {published} requests on {} people, {kills} kills, 2 restarts of the broker, {} s: {} answered, {refused} of them with an \
         error, {} dead letters, {} missing, {twice} answered more than once, {unequal} of them with another text",
        people.len(),
        elapsed.as_secs(),
        figures.answered.len(),
        dead.len(),
        missing.len(),
    );
    assert!(missing.is_empty(), "neither answered nor dead: {missing:?}");
    if refused + dead.len() == 0 {
        for (uid, wanted) in &wanted {
            let row = scene.sandbox.user(uid).unwrap();
            let found = |key: &str| row.get(key).and_then(Json::as_str).map(str::to_owned);
            if let Some(title) = &wanted.title {
                assert_eq!(found("title").as_ref(), Some(title), "{uid}");
            }
            if let Some(status) = wanted.status {
                assert_eq!(found("status").as_deref(), Some(status), "{uid}");
            }
        }
    }
    assert_eq!((refused, dead.len()), (0, 0), "every fault was one that passes");
}

/// The request with this number, and whether it is a change.
fn message(number: usize, uid: &str, wanted: &mut Wanted) -> (Json, bool) {
    let about = json!({"object_class": "User", "uid": uid});
    match number % 5 {
        0 => (request("get", about), false),
        1 => {
            wanted.status = Some("f");
            (request("suspend", about), true)
        }
        2 => {
            wanted.status = Some("t");
            (request("resume", about), true)
        }
        _ => {
            let title = format!("title {number}");
            wanted.title = Some(title.clone());
            (
                request(
                    "save",
                    json!({"object_class": "User", "uid": uid, "attributes": {"title": [title]}}),
                ),
                true,
            )
        }
    }
}
