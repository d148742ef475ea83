//! Requests and their replies.

use lapin::types::AMQPValue;
use serde_json::{Value as Json, json};

use crate::support::{Requester, Scene, request};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_answered_with_its_correlation_id_and_the_connection_may_come_in_the_message() {
    let Some(scene) = Scene::new(10).await else { return };
    // This worker has no connection of its own.
    let _worker = crate::support::Worker::start(scene.without_connection(&[]));
    let mut requester = scene.requester().await;
    let mut get = json!({"object_class": "User", "uid": scene.sandbox.user_id(), "meta": {"credentials": scene.credentials()}});
    requester.read("c-1", &request("get", get.clone())).await;
    let (correlation, reply) = requester.reply().await;
    assert_eq!((correlation.as_str(), &reply["result"]["presence"]), ("c-1", &json!("active")), "{reply}");
    get["meta"] = json!({});
    requester.read("c-2", &request("get", get)).await;
    assert_eq!(requester.reply().await.1["error"]["data"]["kind"], "configuration");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_names_no_file_no_variable_and_no_host_that_is_not_allowed_whatever_the_worker_has() {
    let Some(scene) = Scene::new(10).await else { return };
    let elsewhere =
        sandbox::Sandbox::start(sandbox::Options { people: 2, ..Default::default() }).await.unwrap();
    let with_connection = scene.worker(&[]);
    ask_for_what_is_not_theirs(&scene, &elsewhere).await;
    drop(with_connection);
    let _worker = crate::support::Worker::start(scene.without_connection(&[]));
    ask_for_what_is_not_theirs(&scene, &elsewhere).await;
}

async fn ask_for_what_is_not_theirs(scene: &Scene, elsewhere: &sandbox::Sandbox) {
    let mut requester = scene.requester().await;
    let here = scene.sandbox.base_url();
    let id = uuid::Uuid::new_v4();
    for (number, (key, credentials)) in [
        ("access_token_env", json!({"url": elsewhere.base_url(), "access_token_env": "PATH"})),
        ("access_token_file", json!({"url": here, "access_token_file": "/etc/hostname"})),
        ("ca_file", json!({"ca_file": "/dev/zero"})),
        ("proxy", json!({"proxy": elsewhere.base_url()})),
        ("url", json!({"url": elsewhere.base_url(), "access_token": "x"})),
        ("token_url", json!({"token_url": elsewhere.base_url(), "assertion": "<x/>"})),
    ]
    .into_iter()
    .enumerate()
    {
        let meta = json!({"credentials": credentials});
        requester.read(&format!("{id}-{number}"), &request("test", json!({"meta": meta}))).await;
        let (_, reply) = requester.reply().await;
        let error = &reply["error"];
        assert_eq!(error["data"]["kind"], "invalid_request", "{key}: {reply}");
        assert!(error["message"].as_str().unwrap().contains(key), "{key}: {reply}");
    }
    assert!(elsewhere.requests().is_empty() && scene.sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_without_connection_and_without_hosts_takes_no_message() {
    let Some(scene) = Scene::new(10).await else { return };
    let said = scene.run(&[], 2);
    assert!(said.contains("allow_hosts"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permanent_error_is_answered_and_acknowledged() {
    let Some(scene) = Scene::new(10).await else { return };
    let mut worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    requester
        .write("w-1", "nobody", &request("suspend", json!({"object_class": "User", "uid": "nobody"})))
        .await;
    let (_, reply) = requester.reply().await;
    assert_eq!(reply["error"]["data"]["kind"], "not_found", "{reply}");
    worker.signal("TERM");
    assert_eq!(worker.end().await, Some(0));
    for queue in ["write.0", "write.1", "dead", "retry"] {
        assert_eq!(waiting(&requester, &scene, queue).await, 0, "{queue}");
    }
}

async fn waiting(requester: &Requester, scene: &Scene, queue: &str) -> u32 {
    let passive = lapin::options::QueueDeclareOptions { passive: true, ..Default::default() };
    let name = format!("{}.{queue}", scene.prefix);
    requester.channel.queue_declare(name.into(), passive, Default::default()).await.unwrap().message_count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_comes_in_parts_with_their_numbers_and_the_last_one_says_so() {
    let Some(scene) = Scene::new(1000).await else { return };
    let _worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    requester
        .read("i-1", &request("import", json!({"object_class": "User", "attributes_to_get": ["status"]})))
        .await;
    let (mut objects, mut sequence, mut runs) = (0, 0, std::collections::BTreeSet::new());
    loop {
        let part = requester.part().await;
        assert_eq!(part.headers["x-sfc-seq"], AMQPValue::LongLongInt(sequence));
        runs.insert(format!("{:?}", part.headers["x-sfc-run"]));
        let lines: Vec<Json> = part.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        objects += lines.iter().filter(|line| line["method"] == "item").count() as u64;
        sequence += 1;
        if part.headers["x-sfc-last"] == AMQPValue::Boolean(true) {
            let end = lines.last().unwrap();
            assert_eq!(
                (&end["result"]["status"], end["result"]["count"].as_u64()),
                (&json!("complete"), Some(objects))
            );
            break;
        }
    }
    assert_eq!((objects, sequence, runs.len()), (1000, 6, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_for_now_comes_in_one_part_and_an_import_goes_on_from_it() {
    let Some(scene) = Scene::new(300).await else { return };
    let _worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    let import = |params: Json| request("import", params);
    requester.read("t-1", &import(json!({"object_class": "User", "token_only": true}))).await;
    let part = requester.part().await;
    assert_eq!(part.headers["x-sfc-last"], AMQPValue::Boolean(true));
    let end: Json = serde_json::from_str(&part.body).unwrap();
    assert_eq!(end["result"]["count"], 0, "{end}");
    let token = &end["result"]["sync_token"];
    requester.read("t-2", &import(json!({"object_class": "User", "sync_token": token}))).await;
    let part = requester.part().await;
    let end: Json = serde_json::from_str(part.body.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&end["result"]["import"]["mode"], &end["result"]["count"]),
        (&json!("delta"), &json!(1)),
        "{end}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_time_is_over_is_answered_without_asking_the_tenant() {
    let Some(scene) = Scene::new(10).await else { return };
    let mut requester = scene.requester().await;
    let properties = requester.properties("late").with_timestamp(1_000_000).with_expiration("60000".into());
    let get = request("get", json!({"object_class": "User", "uid": "x"})).to_string();
    requester.send(&format!("{}.read", scene.prefix), "", get.as_bytes(), properties).await;
    let _worker = scene.worker(&[]);
    assert_eq!(requester.reply().await.1["error"]["data"]["kind"], "timeout");
    assert!(scene.sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_requester_that_vanished_holds_nobody_up() {
    let Some(scene) = Scene::new(10).await else { return };
    let worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    let properties =
        requester.properties("gone").with_reply_to(format!("{}-replies.nobody", scene.prefix).into());
    let get = request("get", json!({"object_class": "User", "uid": "x"}));
    let exchange = format!("{}.read", scene.prefix);
    requester.send(&exchange, "", get.to_string().as_bytes(), properties).await;
    worker.says("nobody takes the reply any more").await;
    requester.read("here", &get).await;
    assert_eq!(requester.reply().await.1["result"]["presence"], "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_lets_what_is_under_way_be_answered_and_then_ends_with_0() {
    let Some(scene) = Scene::new(10).await else { return };
    let mut worker = scene.worker(&[]);
    let mut requester = scene.requester().await;
    let get = request("get", json!({"object_class": "User", "uid": scene.sandbox.user_id()}));
    requester.read("warm", &get).await;
    requester.reply().await;
    scene.inject("latency=1000:/odata/v2/User*1");
    requester.read("slow", &get).await;
    worker.says_times("received", 2).await;
    worker.signal("TERM");
    assert_eq!(worker.end().await, Some(0));
    assert_eq!(requester.reply().await.0, "slow");
}
