//! The broker's permissions as docs/worker.md gives them: what requesters need is there, and nothing else.

use futures_util::StreamExt;
use lapin::options::{BasicConsumeOptions, BasicPublishOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties};
use serde_json::json;

use crate::support::{Requester, Scene, request};

const PAGE: &str = include_str!("../../../docs/worker.md");

/// What the page lets a user configure, write and read, for the queues of this scene.
fn permissions(scene: &Scene, user: &str) -> [String; 3] {
    let begin = format!("rabbitmqctl set_permissions {user} ");
    let line = PAGE.lines().find_map(|line| line.strip_prefix(&begin)).expect("the page has the command");
    let all: Vec<_> =
        line.split(' ').map(|part| part.trim_matches('\'').replace("sfsf", &scene.prefix)).collect();
    all.try_into().unwrap()
}

/// A user of the page, and the address with which it comes.
async fn user(scene: &Scene, kind: &str) -> String {
    let (all, name) = (permissions(scene, kind), format!("{kind}-{}", scene.prefix));
    let broker = scene.broker;
    let permit = move || broker.permit(&name, [&all[0], &all[1], &all[2]].map(String::as_str));
    tokio::task::spawn_blocking(permit).await.unwrap()
}

async fn channel(connection: &Connection) -> Channel {
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(Default::default()).await.unwrap();
    channel
}

/// Whether the broker refused it for want of a permission.
fn is_refused<T: std::fmt::Debug>(done: lapin::Result<T>) -> bool {
    done.is_err_and(|error| {
        error.to_string().contains("ACCESS_REFUSED") || format!("{error:?}").contains("ACCESSREFUSED")
    })
}

async fn publish(connection: &Connection, exchange: &str, key: &str) -> lapin::Result<()> {
    let channel = channel(connection).await;
    let (options, properties) = (BasicPublishOptions::default(), BasicProperties::default());
    channel.basic_publish(exchange.into(), key.into(), options, b"{}", properties).await?.await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_permissions_of_the_page_worker_and_requester_do_all_that_it_says() {
    let Some(mut scene) = Scene::new(10).await else { return };
    let (worker, requester) = (user(&scene, "worker").await, user(&scene, "requester").await);
    let (address, password) =
        (worker.replacen(&format!(":worker-{}", scene.prefix), "", 1), format!("worker-{}", scene.prefix));
    scene.address = address;
    scene.environment = vec![("SFSF_BROKER_PASSWORD".to_owned(), password)];
    let worker = scene.worker(&["--patience", "0.01", "--retries", "3"]);
    worker.says("the worker reads").await;
    let uid = scene.sandbox.user_id().to_owned();
    let mut requester = Requester::new(&requester, &scene.prefix).await;
    requester.read("read", &request("get", json!({"object_class": "User", "uid": uid}))).await;
    assert_eq!(requester.reply().await.0, "read");
    // Through the retry queue and into the dead letters.
    scene.inject("unavailable=1");
    requester.write("given-up", &uid, &request("suspend", json!({"object_class": "User", "uid": uid}))).await;
    assert_eq!(requester.reply().await.1["error"]["data"]["kind"], "unavailable");
    scene.sandbox.clear_faults();
    let unacknowledged = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    let direct = "amq.rabbitmq.reply-to";
    let consumer = requester
        .channel
        .basic_consume(direct.into(), "".into(), unacknowledged, FieldTable::default())
        .await;
    requester.hear(consumer.unwrap(), direct);
    requester.read("direct", &request("test", json!({}))).await;
    assert_eq!(requester.part_unacknowledged().await.correlation_id, "direct");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_permissions_of_the_page_a_requester_gets_to_nothing_of_the_workers() {
    let Some(scene) = Scene::new(2).await else { return };
    let address = user(&scene, "requester").await;
    let connection = Connection::connect(&address, ConnectionProperties::default()).await.unwrap();
    let own = |name: &str| format!("{}.{name}", scene.prefix);
    for queue in ["memory", "read", "write.0", "retry", "dead", "fallen", "unreadable"] {
        assert!(is_refused(publish(&connection, "", &own(queue)).await), "published to {queue}");
        let reader = channel(&connection).await;
        let name = own(queue).as_str().into();
        let consumed = reader.basic_consume(name, "".into(), Default::default(), Default::default()).await;
        assert!(is_refused(consumed), "read {queue}");
        let deleted =
            channel(&connection).await.queue_delete(own(queue).as_str().into(), Default::default()).await;
        assert!(is_refused(deleted), "deleted {queue}");
        let purged =
            channel(&connection).await.queue_purge(own(queue).as_str().into(), Default::default()).await;
        assert!(is_refused(purged), "purged {queue}");
    }
    assert!(
        is_refused(publish(&connection, &own("retry"), &own("write.0")).await),
        "published to the retry queue"
    );
    // By way of a queue of its own that hands on what expires in it.
    let mut arguments = FieldTable::default();
    arguments.insert("x-dead-letter-exchange".into(), AMQPValue::LongString("".into()));
    arguments
        .insert("x-dead-letter-routing-key".into(), AMQPValue::LongString(own("memory").as_str().into()));
    let replies = format!("{}-replies.trap", scene.prefix);
    let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    let trap = channel(&connection).await.queue_declare(replies.as_str().into(), options, arguments).await;
    assert!(is_refused(trap), "declared a queue that leads to the stream");
    let binder = channel(&connection).await;
    let (stream, read) = (own("memory").as_str().into(), own("read").as_str().into());
    let bound =
        binder.queue_bind(stream, read, "".into(), QueueBindOptions::default(), FieldTable::default()).await;
    assert!(is_refused(bound), "bound the stream");
    // And what it may do.
    assert!(
        publish(&connection, &own("read"), "").await.is_ok()
            && publish(&connection, &own("write"), "ada").await.is_ok()
    );
    let declared = channel(&connection)
        .await
        .queue_declare(replies.as_str().into(), options, FieldTable::default())
        .await;
    declared.unwrap();
    let mut consumer = channel(&connection)
        .await
        .basic_consume(
            replies.as_str().into(),
            "".into(),
            BasicConsumeOptions::default(),
            FieldTable::default(),
        )
        .await
        .unwrap();
    let guest = Connection::connect(&scene.broker.url(), ConnectionProperties::default()).await.unwrap();
    publish(&guest, "", &replies).await.unwrap();
    assert!(consumer.next().await.unwrap().is_ok());
}
