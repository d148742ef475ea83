//! What becomes of messages that the broker itself takes out of their queues, and of secrets in dead letters.

use lapin::options::{BasicGetOptions, BasicNackOptions};
use lapin::types::{AMQPValue, FieldTable};
use serde_json::{Value as Json, json};

use crate::polling::poll;
use crate::support::{Part, Requester, Scene, request, text};

const PASSWORD: &str = "Hush-Pa55";

/// All of a dead letter.
fn whole(part: &Part) -> String {
    format!(
        "{} {} {:?}",
        part.body,
        part.properties,
        part.headers.iter().map(|(name, value)| (name, text(value))).collect::<Vec<_>>()
    )
}

/// Sends a change that expires before any worker is there.
async fn expire(requester: &Requester, scene: &Scene, id: &str, uid: &str, message: &Json) {
    let properties = requester.properties(id).with_message_id(id.into()).with_expiration("50".into());
    requester.send(&format!("{}.write", scene.prefix), uid, message.to_string().as_bytes(), properties).await;
    requester.holds("fallen", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_mapping_calls_the_password_is_in_no_dead_letter() {
    let Some(scene) = Scene::new(10).await else { return };
    let mapping = scene.directory.path().join("mapping.toml");
    std::fs::write(&mapping, "[request]\npassword = 'newPwd'\n[connection]\nprivate_key = 'pk'\n").unwrap();
    let mapping = mapping.display().to_string();
    let _worker = scene.worker(&["--codec", "openiam", "--mapping", &mapping]);
    let requester = scene.requester().await;
    let mut headers = FieldTable::default();
    headers
        .insert("authorization".into(), AMQPValue::LongString(format!("Bearer {PASSWORD}").as_str().into()));
    let silent = requester.properties("r1").with_reply_to("".into()).with_headers(headers);
    let message = json!({"requestId": "r1", "operation": "RESET_PASSWORD", "objectType": "USER",
        "identityName": "nobody.there", "newPwd": PASSWORD, "pk": PASSWORD});
    requester.send(&format!("{}.read", scene.prefix), "", message.to_string().as_bytes(), silent).await;
    let dead = requester.take("dead").await;
    assert!(dead.body.contains("nobody.there") && !whole(&dead).contains(PASSWORD), "{}", whole(&dead));
    assert_eq!(text(&dead.headers["authorization"]), "[redacted]");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expires_in_its_queue_is_answered_and_buried_without_its_password_and_set_by_nobody() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let reset = json!({"object_class": "User", "uid": uid, "new_password": {"$secret": PASSWORD}});
    expire(&requester, &scene, "late", &uid, &request("reset_password", reset)).await;
    let _worker = scene.worker(&[]);
    let (correlation, reply) = requester.reply().await;
    assert_eq!(
        (correlation.as_str(), &reply["error"]["data"]["kind"]),
        ("late", &json!("timeout")),
        "{reply}"
    );
    // The broker does not tell whether a worker had it before, and died.
    assert_eq!(reply["error"]["data"]["effect"], "unknown", "{reply}");
    requester.holds("dead", 1).await;
    let said: Json = serde_json::from_str(&scene.run(&["replay", "--expired"], 0)).unwrap();
    assert_eq!((&said["replayed"], &said["without_secrets"]), (&json!(0), &json!(1)), "{said}");
    let dead =
        poll(|| "the dead letter is gone".to_owned(), async || requester.drain("dead").await.pop()).await;
    assert!(dead.body.contains(&uid) && !whole(&dead).contains(PASSWORD), "{}", whole(&dead));
    assert!(text(&dead.headers["x-sfc-queue"]).contains(".write."), "{}", whole(&dead));
    assert!(!scene.sandbox.password_matches(&uid, PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_sender_gave_up_goes_back_only_if_that_is_asked_for() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let about = json!({"object_class": "User", "uid": uid, "meta": {"deadline_ms": 60_000}});
    expire(&requester, &scene, "late", &uid, &request("suspend", about)).await;
    let _worker = scene.worker(&[]);
    assert_eq!(requester.reply().await.1["error"]["data"]["kind"], "timeout");
    requester.holds("dead", 1).await;
    let said: Json = serde_json::from_str(&scene.run(&["replay"], 0)).unwrap();
    assert_eq!(said, json!({"replayed": 0, "without_secrets": 0, "expired": 1, "homeless": 0}));
    assert_eq!(scene.sandbox.user(&uid).unwrap()["status"], "t");
    let said: Json = serde_json::from_str(&scene.run(&["replay", "--expired"], 0)).unwrap();
    assert_eq!(said["replayed"], 1, "{said}");
    assert_eq!(requester.reply().await.1["result"]["action"], "suspended");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_worker_survived_is_answered_with_an_unknown_effect_and_buried_without_its_password() {
    let Some(scene) = Scene::bare(10).await else { return };
    scene.run(&["topology", "--delay", "1", "--delivery-limit", "2"], 0);
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = scene.requester().await;
    let reset = json!({"object_class": "User", "uid": uid, "new_password": {"$secret": PASSWORD}});
    requester.read("poison", &request("reset_password", reset)).await;
    // Workers that die take it and give it back.
    let queue = format!("{}.read", scene.prefix);
    let dies = async || {
        let got = requester.channel.basic_get(queue.as_str().into(), BasicGetOptions::default()).await;
        match got.unwrap() {
            Some(message) => {
                message.acker.nack(BasicNackOptions { requeue: true, multiple: false }).await.unwrap();
                None
            }
            None => Some(()),
        }
    };
    poll(|| "the broker does not give up on it".to_owned(), dies).await;
    requester.holds("fallen", 1).await;
    let _worker = scene.worker(&[]);
    let (_, reply) = requester.reply().await;
    let data = &reply["error"]["data"];
    assert_eq!((&data["kind"], &data["effect"]), (&json!("internal"), &json!("unknown")), "{reply}");
    let dead = requester.take("dead").await;
    assert!(dead.body.contains(&uid) && !whole(&dead).contains(PASSWORD), "{}", whole(&dead));
    assert!(text(&dead.headers["x-sfc-queue"]).ends_with(".read"), "{}", whole(&dead));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correlation_id_that_no_header_takes_holds_nothing_up() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let _worker = scene.worker(&["--patience", "0.01"]);
    let mut requester = scene.requester().await;
    requester
        .write("bad\nid\u{e9}", &uid, &request("suspend", json!({"object_class": "User", "uid": uid})))
        .await;
    let (correlation, reply) = requester.reply().await;
    assert_eq!(
        (correlation.as_str(), &reply["result"]["action"]),
        ("bad\nid\u{e9}", &json!("suspended")),
        "{reply}"
    );
    requester.holds("retry", 0).await;
}
