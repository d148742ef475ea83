//! What breaks in the middle of a reply.

use connector_core::object::REDACTED;
use serde_json::{Value as Json, json};

use crate::broker::Broker;
use crate::health::{address, get};
use crate::proxy::Proxy;
use crate::support::{Scene, request, text};

/// An import, whose reply has six parts.
fn import() -> Json {
    request("import", json!({"object_class": "User", "attributes_to_get": ["status"]}))
}

fn get_nobody() -> Json {
    request("get", json!({"object_class": "User", "uid": "x"}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_in_the_middle_of_a_reply_makes_a_second_run_that_is_whole() {
    let Some(mut scene) = Scene::new(1000).await else { return };
    let proxy = Proxy::to(scene.broker.port()).await;
    scene.address = proxy.address();
    let worker = scene.worker(&[]);
    let requester = scene.requester().await;
    let queue = requester.narrow_queue().await;
    requester.read_to(&queue, "cut", &import()).await;
    requester.holds(&queue, 1).await;
    proxy.cut();
    worker.says_times("the worker reads", 2).await;
    // A part of the run that was cut, and then all of the next one.
    assert_eq!(requester.whole(&queue).await, (1000, 2));
    requester.holds("read", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_of_replies_is_waited_for_and_nothing_is_left_out() {
    let Some(scene) = Scene::new(1000).await else { return };
    let _worker = scene.worker(&[]);
    let requester = scene.requester().await;
    let queue = requester.narrow_queue().await;
    requester.read_to(&queue, "slow", &import()).await;
    requester.holds(&queue, 1).await;
    assert_eq!(requester.whole(&queue).await, (1000, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_of_replies_that_stays_full_is_given_up_at_the_deadline() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&["--concurrency", "1"]);
    let mut requester = scene.requester().await;
    let queue = requester.narrow_queue().await;
    let mut brief = get_nobody();
    brief["params"]["meta"] = json!({"deadline_ms": 3000});
    requester.read_to(&queue, "first", &get_nobody()).await;
    requester.holds(&queue, 1).await;
    requester.read_to(&queue, "second", &brief).await;
    requester.read("third", &get_nobody()).await;
    worker.says("nobody takes the reply any more").await;
    assert_eq!(requester.reply().await.0, "third");
    assert_eq!(requester.take(&queue).await.correlation_id, "first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_requester_that_vanishes_in_the_middle_of_its_reply_stops_the_import() {
    let Some(scene) = Scene::new(3000).await else { return };
    let worker = scene.worker(&["--concurrency", "1"]);
    let mut requester = scene.requester().await;
    let queue = requester.narrow_queue().await;
    requester.read_to(&queue, "vanished", &import()).await;
    requester.holds(&queue, 1).await;
    let name = format!("{}-replies.{queue}", scene.prefix);
    requester.channel.queue_delete(name.into(), Default::default()).await.unwrap();
    requester.read("next", &get_nobody()).await;
    assert_eq!(requester.reply().await.0, "next");
    worker.says("nobody takes the reply any more").await;
    let pages = scene.sandbox.requests().iter().filter(|request| request.records > 100).count();
    assert!(pages < 3, "{pages} pages were read for nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_whose_disk_is_full_is_waited_for() {
    let Some(broker) = tokio::task::spawn_blocking(Broker::start).await.unwrap() else { return };
    let broker: &'static Broker = Box::leak(Box::new(broker));
    let scene = Scene::at(broker, 1000).await;
    scene.topology();
    let worker = scene.worker(&["--health", "127.0.0.1:0"]);
    let health = address(&worker).await;
    let requester = scene.requester().await;
    let queue = requester.narrow_queue().await;
    requester.read_to(&queue, "blocked", &import()).await;
    requester.holds(&queue, 1).await;
    tokio::task::spawn_blocking(|| broker.alarm()).await.unwrap();
    worker.says("the broker takes nothing at the moment").await;
    assert_eq!(get(&health, "/readyz").await.0, 503);
    tokio::task::spawn_blocking(|| broker.calm()).await.unwrap();
    // It was one connection all the time, and one run.
    assert_eq!(requester.whole(&queue).await, (1000, 1));
    assert_eq!(worker.log().matches("the worker reads").count(), 1);
    assert_eq!(get(&health, "/readyz").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_without_its_queue_waits_until_there_is_one() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    requester.read("before", &get_nobody()).await;
    requester.reply().await;
    requester
        .channel
        .queue_delete(format!("{}.dead", scene.prefix).into(), Default::default())
        .await
        .unwrap();
    requester.read("homeless", &request("fire", json!({}))).await;
    worker.says(&format!("there is no queue {}.dead", scene.prefix)).await;
    scene.topology();
    assert_eq!(requester.take("dead").await.correlation_id, "homeless");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_replies_that_is_deleted_is_missed_and_the_next_one_is_read_from_its_beginning() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    for id in ["1", "2", "3"] {
        requester.write(id, "x", &request("suspend", json!({"object_class": "User", "uid": "x"}))).await;
        requester.reply().await;
    }
    requester
        .channel
        .queue_delete(format!("{}.memory", scene.prefix).into(), Default::default())
        .await
        .unwrap();
    worker.says(&format!("there is no queue {}.memory", scene.prefix)).await;
    scene.topology();
    requester.write("4", "x", &request("suspend", json!({"object_class": "User", "uid": "x"}))).await;
    assert_eq!(requester.reply().await.0, "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_kills_its_workers_is_buried_without_its_password_before_the_broker_does_it() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    scene.inject("hang:POST ");
    let secret = json!({"$secret": "Hush-Hush-2026"});
    let reset =
        request("reset_password", json!({"object_class": "User", "uid": uid, "new_password": secret}));
    requester.write("poison", &uid, &reset).await;
    for _ in 0..2 {
        let mut worker = scene.worker(&["--max-deliveries", "2"]);
        worker.says("received").await;
        worker.signal("KILL");
        worker.end().await;
    }
    let _worker = scene.worker(&["--max-deliveries", "2"]);
    let (_, reply) = requester.reply().await;
    assert!(reply["error"]["message"].as_str().unwrap().contains("no worker survived it"), "{reply}");
    let dead = requester.take("dead").await;
    assert!(dead.body.contains(REDACTED) && !dead.body.contains("Hush-Hush-2026"), "{}", dead.body);
    assert!(text(&dead.headers["x-sfc-reason"]).contains("delivered 2 times before"), "{:?}", dead.headers);
    // The broker would have put its own notes into the headers.
    assert!(!dead.headers.contains_key("x-death"), "{:?}", dead.headers);
}
