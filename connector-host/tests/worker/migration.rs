//! Queues that are declared anew with all that is in them.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::polling::poll;
use crate::support::{Requester, Scene, Worker, request};

fn title(uid: &str, title: &str) -> Json {
    request("save", json!({"object_class": "User", "uid": uid, "attributes": {"title": [title]}}))
}

/// Sends so many changes of some people, and as many questions; gives their ids.
async fn send(requester: &Requester, people: &[String], each: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..each {
        for uid in people {
            let id = format!("{uid}/{number}");
            requester.write(&id, uid, &title(uid, &format!("title {number}"))).await;
            ids.push(id);
        }
        let id = format!("read/{number}");
        requester.read(&id, &request("test", json!({}))).await;
        ids.push(id);
    }
    ids
}

/// Takes replies until every request has one, and gives them in their order.
async fn answers(requester: &mut Requester, ids: &[String]) -> Vec<String> {
    let (mut missing, mut order) = (ids.iter().cloned().collect::<BTreeSet<_>>(), Vec::new());
    while !missing.is_empty() {
        let (id, reply) = requester.reply().await;
        assert!(reply.get("result").is_some(), "{id}: {reply}");
        if missing.remove(&id) {
            order.push(id);
        }
    }
    order
}

fn people(scene: &Scene) -> Vec<String> {
    let rows = scene.run_plain(&["search", "--filter", "status eq 't'", "--attributes", "status"]);
    let uid = |line: &str| serde_json::from_str::<Json>(line).unwrap()["uid"].as_str().unwrap().to_owned();
    rows.lines().map(uid).take(6).collect()
}

/// Fails unless everybody has the last title, and the changes of each came in their order.
fn check(scene: &Scene, people: &[String], each: usize, order: &[String]) {
    for uid in people {
        let own: Vec<_> = order.iter().filter(|id| id.starts_with(&format!("{uid}/"))).cloned().collect();
        assert_eq!(own, (0..each).map(|number| format!("{uid}/{number}")).collect::<Vec<_>>());
        assert_eq!(scene.sandbox.user(uid).unwrap()["title"], format!("title {}", each - 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queues_with_other_properties_are_declared_anew_and_nothing_is_lost_or_overtaken() {
    let Some(scene) = Scene::new(20).await else { return };
    let (people, mut requester) = (people(&scene), scene.requester().await);
    let ids = send(&requester, &people, 3).await;
    let said = scene.run(&["topology", "--delay", "2", "--delivery-limit", "7"], 2);
    assert!(said.contains("topology --migrate"), "{said}");
    let said = scene.run(&["topology", "--delay", "2", "--delivery-limit", "7", "--migrate"], 0);
    assert_eq!(serde_json::from_str::<Json>(&said).unwrap()["moved"], ids.len(), "{said}");
    scene.run(&["topology", "--delay", "2", "--delivery-limit", "7"], 0);
    let _worker = scene.worker(&[]);
    let order = answers(&mut requester, &ids).await;
    check(&scene, &people, 3, &order);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_number_of_queues_is_refused_everywhere_and_a_migration_keeps_the_order() {
    let Some(scene) = Scene::new(20).await else { return };
    let (people, mut requester) = (people(&scene), scene.requester().await);
    let ids = send(&requester, &people, 3).await;
    for (number, sentence) in [("1", "which nobody would read"), ("3", "there is no queue")] {
        let said = scene.run(&["topology", "--delay", "1", "--write-queues", number], 2);
        assert!(said.contains(sentence) && said.contains("--migrate"), "{said}");
        let worker = scene.worker(&["--write-queues", number]);
        worker.says(sentence).await;
    }
    for number in ["5", "1", "3"] {
        scene.run(&["topology", "--delay", "1", "--write-queues", number, "--migrate"], 0);
    }
    let _worker = scene.worker(&["--write-queues", "3"]);
    let order = answers(&mut requester, &ids).await;
    check(&scene, &people, 3, &order);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_is_killed_anywhere_is_gone_on_with_and_loses_nothing() {
    let Some(scene) = Scene::new(20).await else { return };
    let (people, mut requester) = (people(&scene), scene.requester().await);
    let ids = send(&requester, &people, 10).await;
    let shape = |number: usize| {
        let (queues, limit) = ((2 + number % 3).to_string(), (5 + number).to_string());
        ["topology", "--delay", "1", "--migrate", "--write-queues", &queues, "--delivery-limit", &limit]
            .map(str::to_owned)
    };
    let run = |number: usize| {
        let arguments = shape(number);
        scene.program(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for number in 0..12 {
        let mut child = run(number).stdout(std::process::Stdio::null()).spawn().unwrap();
        // Each is killed a little later than the one before, unless it has come to its end.
        let mut looks = 0;
        let ended = async || {
            looks += 1;
            (looks > 1 + 2 * number || child.try_wait().unwrap().is_some()).then_some(())
        };
        poll(|| "the migration did not get on".to_owned(), ended).await;
        // Of one that has ended there is nothing to kill.
        let _ = child.kill();
        child.wait().unwrap();
    }
    let output = run(12).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let _worker = scene.worker(&["--write-queues", "2"]);
    let order = answers(&mut requester, &ids).await;
    check(&scene, &people, 10, &order);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_did_not_end_is_named_by_worker_and_topology() {
    let Some(scene) = Scene::new(2).await else { return };
    let requester = scene.requester().await;
    let mut arguments = lapin::types::FieldTable::default();
    arguments.insert("x-queue-type".into(), lapin::types::AMQPValue::LongString("quorum".into()));
    let durable = lapin::options::QueueDeclareOptions { durable: true, ..Default::default() };
    let moving = format!("{}.moving", scene.prefix);
    requester.channel.queue_declare(moving.as_str().into(), durable, arguments).await.unwrap();
    assert!(scene.run(&["topology", "--delay", "1"], 2).contains(&format!("messages wait in {moving}")));
    scene.worker(&[]).says(&format!("messages wait in {moving}")).await;
    scene.run(&["topology", "--delay", "1", "--migrate"], 0);
    scene.run(&["topology", "--delay", "1"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_workers_remember_survives_a_migration_of_their_stream() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let mut worker = scene.worker(&[]);
    requester.write("m", &uid, &title(&uid, "Countess")).await;
    let before = requester.part().await.body;
    let said = scene.run(&["topology", "--delay", "1", "--remember", "7200", "--migrate"], 1);
    assert!(said.contains("nothing can be moved while 1 consumers read"), "{said}");
    worker.signal("TERM");
    worker.end().await;
    scene.run(&["topology", "--delay", "1", "--remember", "7200", "--migrate"], 0);
    let _worker: Worker = scene.worker(&["--remember", "7200"]);
    requester.write("m", &uid, &title(&uid, "Countess")).await;
    assert_eq!(requester.part().await.body, before);
}
