//! What fails, and what becomes of it.

use serde_json::json;

use crate::support::{Scene, request, text};

const PASSWORD: &str = "Hush-Hush-2026";

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_understood_is_answered_and_kept_without_its_secrets() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    requester.read("m-1", &request("fire", json!({"password": PASSWORD, "who": "ada"}))).await;
    assert_eq!(requester.reply().await.1["error"]["code"], -32601);
    let dead = requester.take("dead").await;
    assert!(dead.body.contains("ada") && !dead.body.contains(PASSWORD), "{}", dead.body);
    assert!(text(&dead.headers["x-sfc-reason"]).contains("unknown method 'fire'"));
    let exchange = format!("{}.read", scene.prefix);
    requester
        .send(&exchange, "", format!("{{password: {PASSWORD}").as_bytes(), requester.properties("m-2"))
        .await;
    assert_eq!(requester.reply().await.1["error"]["code"], -32700);
    let dead = requester.take("dead").await;
    assert!(!dead.body.contains(PASSWORD), "{}", dead.body);
    assert!(!worker.log().contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_in_maintenance_is_waited_for_in_the_retry_queue() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&["--patience", "0.01"]);
    let mut requester = scene.requester().await;
    let get = request(
        "get",
        json!({"object_class": "User", "uid": scene.sandbox.user_id(), "meta": {"deadline_ms": 80_000}}),
    );
    requester.read("warm", &get).await;
    requester.reply().await;
    scene.inject("maintenance*12");
    requester.read("patient", &get).await;
    let (correlation, reply) = requester.reply().await;
    assert_eq!(
        (correlation.as_str(), &reply["result"]["presence"]),
        ("patient", &json!("active")),
        "{reply}\n{}",
        worker.log()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_repeat_mends_is_answered_and_becomes_a_dead_letter_without_a_password() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&["--patience", "0.01", "--retries", "1"]);
    let mut requester = scene.requester().await;
    scene.inject("unavailable=1");
    let uid = scene.sandbox.user_id().to_owned();
    let reset = json!({"object_class": "User", "uid": uid, "new_password": {"$secret": PASSWORD}, "meta": {"credentials": scene.credentials()}});
    requester.write("p-1", &uid, &request("reset_password", reset)).await;
    assert_eq!(requester.reply().await.1["error"]["data"]["retry"], "later");
    let dead = requester.take("dead").await;
    assert!(dead.body.contains(&uid) && !dead.body.contains(PASSWORD), "{}", dead.body);
    assert!(!dead.body.contains("PRIVATE KEY") && !worker.log().contains(PASSWORD));
    assert!(text(&dead.headers["x-sfc-reason"]).starts_with("unavailable"), "{:?}", dead.headers);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_that_goes_back_is_tried_anew_although_its_failure_is_remembered() {
    let Some(scene) = Scene::new(10).await else { return };
    let _worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    // Nobody waits for the reply, so that the failure is a dead letter.
    let silent = requester.properties("early").with_reply_to("".into()).with_message_id("early".into());
    let suspend = request("suspend", json!({"object_class": "User", "uid": "zed"})).to_string();
    requester.send(&format!("{}.write", scene.prefix), "zed", suspend.as_bytes(), silent).await;
    requester.holds("dead", 1).await;
    let attributes = json!({"username": ["zed"], "status": ["t"], "firstName": ["Zed"], "lastName": ["Shaw"], "email": ["z@example.org"]});
    let save = json!({"object_class": "User", "uid": "zed", "attributes": attributes});
    requester.write("made", "zed", &request("save", save)).await;
    assert_eq!(requester.reply().await.1["result"]["action"], "created");
    scene.run(&["replay"], 0);
    let gone = async || (scene.sandbox.user("zed").unwrap()["status"] == "f").then_some(());
    crate::polling::poll(|| "nobody suspended zed".to_owned(), gone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_letters_go_back_to_their_queue_unless_they_lost_a_secret() {
    let Some(scene) = Scene::new(10).await else { return };
    let mut worker = scene.worker(&["--patience", "0.01", "--retries", "0"]);
    let mut requester = scene.requester().await;
    let uid = scene.sandbox.user_id().to_owned();
    scene.inject("unavailable=1");
    let reset = json!({"object_class": "User", "uid": uid, "new_password": {"$secret": PASSWORD}});
    requester.write("secret", &uid, &request("reset_password", reset)).await;
    requester.reply().await;
    requester.read("plain", &request("get", json!({"object_class": "User", "uid": uid}))).await;
    requester.reply().await;
    worker.signal("TERM");
    assert_eq!(worker.end().await, Some(0));
    scene.sandbox.clear_faults();
    let said = scene.run(&["replay"], 0);
    let done: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(done, json!({"replayed": 1, "without_secrets": 1, "expired": 0, "homeless": 0}));
    let _worker = scene.worker(&[]);
    let (correlation, reply) = requester.reply().await;
    assert_eq!((correlation.as_str(), &reply["result"]["presence"]), ("plain", &json!("active")));
    requester.take("dead").await;
}
