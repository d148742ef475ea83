//! Order and repeats.

use serde_json::{Value as Json, json};

use crate::support::{Scene, request};

fn title(uid: &str, title: &str) -> Json {
    request("save", json!({"object_class": "User", "uid": uid, "attributes": {"title": [title]}}))
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_one_person_are_made_in_the_order_published_while_the_tenant_fails() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    // So little patience that the first change goes through the retry queue.
    let _first = scene.worker(&["--patience", "0.01", "--retries", "50"]);
    let _second = scene.worker(&["--patience", "0.01", "--retries", "50"]);
    scene.inject("maintenance*12");
    for number in 0..12 {
        requester.write(&format!("o-{number}"), &uid, &title(&uid, &format!("title {number}"))).await;
    }
    let mut answered = Vec::new();
    for _ in 0..12 {
        let (correlation, reply) = requester.reply().await;
        assert_eq!(reply["result"]["uid"], json!(uid), "{reply}");
        answered.push(correlation);
    }
    assert_eq!(answered, (0..12).map(|number| format!("o-{number}")).collect::<Vec<_>>());
    assert_eq!(scene.sandbox.user(&uid).unwrap()["title"], "title 11");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_ends_lets_nobody_overtake_what_it_has_under_way() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let mut first = scene.worker(&[]);
    first.says("the worker reads").await;
    let second = scene.worker(&[]);
    second.says("the worker reads").await;
    scene.inject("latency=3000:POST /odata/v2/upsert*1");
    requester.write("slow", &uid, &title(&uid, "first")).await;
    first.says("received").await;
    first.signal("TERM");
    first.says("no new work is begun").await;
    requester.write("quick", &uid, &title(&uid, "second")).await;
    assert_eq!(
        (requester.reply().await.0, requester.reply().await.0),
        ("slow".to_owned(), "quick".to_owned())
    );
    assert_eq!(first.end().await, Some(0));
    assert_eq!(scene.sandbox.user(&uid).unwrap()["title"], "second");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_message_has_one_effect_and_the_same_reply_even_after_a_restart() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let memory = scene.directory.path().join("replies").display().to_string();
    let mut worker = scene.worker(&["--memory", &memory]);
    requester.write("same", &uid, &title(&uid, "Countess")).await;
    let (_, first) = requester.reply().await;
    requester.write("other", &uid, &title(&uid, "Lady")).await;
    requester.reply().await;
    worker.signal("TERM");
    assert_eq!(worker.end().await, Some(0));
    let _worker = scene.worker(&["--memory", &memory]);
    requester.write("same", &uid, &title(&uid, "Countess")).await;
    let (correlation, second) = requester.reply().await;
    assert_eq!((correlation.as_str(), &first), ("same", &second));
    assert_eq!(scene.sandbox.user(&uid).unwrap()["title"], "Lady");
    requester.write("same", &uid, &title(&uid, "Baroness")).await;
    let (_, third) = requester.reply().await;
    assert!(
        third["error"]["message"].as_str().unwrap().contains("another request had this message id"),
        "{third}"
    );
}
