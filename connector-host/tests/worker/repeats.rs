//! A message that comes again to another worker: one effect, and the same reply.

use serde_json::{Value as Json, json};

use crate::support::{Scene, request, text};

fn title(uid: &str, title: &str) -> Json {
    request("save", json!({"object_class": "User", "uid": uid, "attributes": {"title": [title]}}))
}

fn writes(scene: &Scene) -> usize {
    scene.sandbox.requests().iter().filter(|request| request.path.contains("upsert")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_that_another_worker_gets_has_one_effect_and_the_same_reply() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let mut first = scene.worker(&[]);
    requester.write("same", &uid, &title(&uid, "Countess")).await;
    let before = requester.part().await;
    requester.write("other", &uid, &title(&uid, "Lady")).await;
    requester.part().await;
    first.signal("TERM");
    first.end().await;
    let done = writes(&scene);
    // Another machine: it has no file, and has never heard of the first one.
    let _second = scene.worker(&[]);
    requester.write("same", &uid, &title(&uid, "Countess")).await;
    let after = requester.part().await;
    assert_eq!((after.body, after.message_id.as_str()), (before.body, "same"));
    assert_eq!((writes(&scene), &scene.sandbox.user(&uid).unwrap()["title"]), (done, &json!("Lady")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_before_its_reply_is_taken_leaves_the_same_reply_to_the_next_one() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let requester = scene.requester().await;
    let queue = requester.narrow_queue().await;
    let mut first = scene.worker(&[]);
    // The queue of replies is full, so that the second reply is in the stream and nowhere else.
    requester.read_to(&queue, "full", &request("get", json!({"object_class": "User", "uid": "x"}))).await;
    requester.holds(&queue, 1).await;
    let save = title(&uid, "Countess").to_string();
    let properties = requester.properties("held").with_message_id("held".into());
    let properties = properties.with_reply_to(format!("{}-replies.{queue}", scene.prefix).into());
    requester.send(&format!("{}.write", scene.prefix), &uid, save.as_bytes(), properties).await;
    requester
        .stream_until(|entry| entry.headers.get("x-sfc-message").is_some_and(|id| text(id) == "held"))
        .await;
    let done = writes(&scene);
    first.signal("KILL");
    first.end().await;
    let _second = scene.worker(&[]);
    assert_eq!(requester.take(&queue).await.correlation_id, "full");
    let held = requester.take(&queue).await;
    assert_eq!((held.message_id.as_str(), writes(&scene)), ("held", done));
    // What the first worker found: the title was another one, and is changed.
    assert!(held.body.contains("\"changed\":[\"title\"]"), "{}", held.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_that_answer_one_message_at_the_same_time_say_the_same() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let workers = [scene.worker(&[]), scene.worker(&[])];
    for worker in &workers {
        worker.says("the worker reads").await;
    }
    // Through a queue that both read. One of them is late: it finds the change made, and would say so.
    scene.inject("latency=2500:GET /odata/v2/User?*1");
    let save = title(&uid, "Countess").to_string();
    for _ in 0..2 {
        let properties = requester.properties("twin").with_message_id("twin".into());
        requester.send(&format!("{}.read", scene.prefix), "", save.as_bytes(), properties).await;
    }
    let (one, two) = (requester.part().await, requester.part().await);
    assert_eq!((&one.message_id, &one.body), (&two.message_id, &two.body));
    assert!(one.body.contains("\"changed\":[\"title\"]"), "{}", one.body);
    for worker in &workers {
        assert!(worker.log().contains("received"), "each of them had one");
    }
}
