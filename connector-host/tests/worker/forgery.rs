//! What requesters send to make the workers say or write something that is not so.

use lapin::options::BasicConsumeOptions;
use lapin::types::{AMQPValue, FieldTable};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::health::{address, get};
use crate::support::{Scene, request};

fn suspend(uid: &str) -> Json {
    request("suspend", json!({"object_class": "User", "uid": uid}))
}

/// What the workers' own entries say, but for the signature.
fn forged(id: &str, request: &Json, signature: Option<&str>) -> FieldTable {
    let digest = Sha256::digest(request.to_string().as_bytes());
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let mut headers = FieldTable::default();
    headers.insert("x-sfc-message".into(), AMQPValue::LongString(id.into()));
    headers.insert("x-sfc-request".into(), AMQPValue::LongString(hash.into()));
    headers.insert("x-sfc-at".into(), AMQPValue::LongLongInt(now as i64));
    if let Some(signature) = signature {
        headers.insert("x-sfc-signature".into(), AMQPValue::LongString(signature.into()));
    }
    headers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_no_worker_signed_is_ignored_and_counted() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let worker = scene.worker(&["--health", "127.0.0.1:0"]);
    let health = address(&worker).await;
    worker.says("the worker reads").await;
    let mut requester = scene.requester().await;
    let reply = json!({"jsonrpc": "2.0", "id": 1, "result": {"uid": uid, "action": "suspended", "presence": "forged"}});
    let stream = format!("{}.memory", scene.prefix);
    for (id, signature) in [("m-1", None), ("m-2", Some("00".repeat(32)))] {
        let headers = forged(id, &suspend(&uid), signature.as_deref());
        let properties = requester.properties(id).with_headers(headers);
        requester.send("", &stream, reply.to_string().as_bytes(), properties).await;
        requester.write(id, &uid, &suspend(&uid)).await;
        let (_, said) = requester.reply().await;
        assert_ne!(said["result"]["presence"], "forged", "{said}");
        assert_eq!(said["result"]["uid"], json!(uid), "{said}");
    }
    assert_eq!(scene.sandbox.user(&uid).unwrap()["status"], "f");
    let (_, metrics) = get(&health, "/metrics").await;
    assert!(metrics.contains("\nsfsf_worker_forged_total 2\n"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_with_another_key_repeats_nothing_of_the_first_one_and_with_both_keys_it_does() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let key = |name: &str| scene.directory.path().join(name).display().to_string();
    let (old, new) = (key("old"), key("new"));
    let mut requester = scene.requester().await;
    let mut first = scene.worker(&["--memory-key", &old]);
    requester.write("m", &uid, &suspend(&uid)).await;
    let said = requester.part().await.body;
    first.signal("TERM");
    first.end().await;
    let mut second = scene.worker(&["--memory-key", &new, "--memory-key", &old]);
    requester.write("m", &uid, &suspend(&uid)).await;
    assert_eq!(requester.part().await.body, said);
    second.signal("TERM");
    second.end().await;
    let third = scene.worker(&["--memory-key", &new]);
    requester.write("m", &uid, &suspend(&uid)).await;
    assert_ne!(requester.part().await.body, said, "who was suspended is so already");
    assert!(third.log().contains("that no worker with our key signed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reply_goes_to_a_queue_of_the_workers() {
    let Some(scene) = Scene::new(10).await else { return };
    let uid = scene.sandbox.user_id().to_owned();
    let _worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    let get = request("get", json!({"object_class": "User", "uid": uid}));
    for queue in ["dead", "read", "write.0", "memory", "retry", "fallen", "unheard-of"] {
        let properties =
            requester.properties(queue).with_reply_to(format!("{}.{queue}", scene.prefix).into());
        requester.send(&format!("{}.read", scene.prefix), "", get.to_string().as_bytes(), properties).await;
        let dead = requester.take("dead").await;
        assert_eq!(dead.correlation_id, queue);
        assert!(crate::support::text(&dead.headers["x-sfc-reason"]).starts_with("invalid_request: reply_to"));
        assert!(dead.body.contains("\"method\":\"get\""), "the request, and not the reply: {}", dead.body);
    }
    // A change is not made of which nobody could hear.
    let properties = requester.properties("w").with_reply_to(format!("{}.read", scene.prefix).into());
    let change = suspend(&uid).to_string();
    requester.send(&format!("{}.write", scene.prefix), &uid, change.as_bytes(), properties).await;
    assert_eq!(requester.take("dead").await.correlation_id, "w");
    assert_eq!(scene.sandbox.user(&uid).unwrap()["status"], "t");
    requester.read("own", &get).await;
    assert_eq!(requester.reply().await.0, "own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_reply_comes_with_all_its_parts() {
    let Some(scene) = Scene::new(500).await else { return };
    let worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    let unacknowledged = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    let direct = "amq.rabbitmq.reply-to";
    let consumer = requester
        .channel
        .basic_consume(direct.into(), "".into(), unacknowledged, FieldTable::default())
        .await;
    requester.hear(consumer.unwrap(), direct);
    requester
        .read("i", &request("import", json!({"object_class": "User", "attributes_to_get": ["status"]})))
        .await;
    let mut objects = 0;
    loop {
        let part = requester.part_unacknowledged().await;
        objects += part.body.lines().filter(|line| line.contains("\"method\":\"item\"")).count();
        if part.headers["x-sfc-last"] == AMQPValue::Boolean(true) {
            break;
        }
    }
    assert_eq!(objects, 500);
    assert!(!worker.log().contains("nobody takes the reply"), "{}", worker.log());
}
