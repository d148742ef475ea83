//! What breaks is built anew.

use serde_json::json;

use crate::broker::Broker;
use crate::support::{Requester, Scene, request};

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_is_deleted_under_a_worker_is_missed_and_found_again() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    let test = request("test", json!({}));
    requester.read("before", &test).await;
    requester.reply().await;
    let queue = format!("{}.read", scene.prefix);
    requester.channel.queue_delete(queue.as_str().into(), Default::default()).await.unwrap();
    worker.says(&format!("there is no queue {queue}")).await;
    scene.topology();
    requester.read("after", &test).await;
    assert_eq!(requester.reply().await.0, "after");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_goes_and_comes_back_finds_its_worker_again() {
    let Some(broker) = tokio::task::spawn_blocking(Broker::start).await.unwrap() else { return };
    // It lives as long as the process, which is as long as its script reads.
    let broker: &'static Broker = Box::leak(Box::new(broker));
    let scene = Scene::at(broker, 10).await;
    scene.topology();
    // The first of the two is nowhere: the second one is found.
    let worker = scene.worker(&["--broker", "amqp://127.0.0.1:1"]);
    let get = request("get", json!({"object_class": "User", "uid": scene.sandbox.user_id()}));
    let mut requester = scene.requester().await;
    requester.read("before", &get).await;
    assert_eq!(requester.reply().await.0, "before");
    scene.inject("latency=3000:/odata/v2/User*1");
    requester.read("meanwhile", &get).await;
    let old = requester.reply_to.clone();
    tokio::task::spawn_blocking(|| broker.restart()).await.unwrap();
    worker.says("everything is built anew").await;
    let mut requester = Requester::new(&broker.url(), &scene.prefix).await;
    requester.read("after", &get).await;
    assert_eq!(requester.reply().await.0, "after");
    // What was under way when the broker went is answered too, to the queue that survived it.
    let part = requester.take_from(old.as_str()).await;
    assert_eq!(part.correlation_id, "meanwhile");
}
