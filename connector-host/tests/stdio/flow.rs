//! Streams go as fast as the client takes them, and end when it wants.

use std::sync::atomic::Ordering;

use serde_json::{Value as Json, json};

use super::client::{Client, LIMITS, kinds};
use tests::trouble::ASKED;

fn import(id: i64) -> Json {
    json!({"id": id, "method": "import", "params": {"object_class": "Person"}})
}

fn credit(id: i64, items: u32) -> Json {
    json!({"method": "credit", "params": {"id": id, "items": items}})
}

/// So many lines of the stream.
async fn receive(client: &mut Client, count: usize) -> Vec<Json> {
    let mut lines = Vec::new();
    for _ in 0..count {
        lines.push(client.receive().await.unwrap());
    }
    lines
}

#[tokio::test(start_paused = true)]
async fn items_never_exceed_the_credit() {
    let mut client = Client::open().await;
    client.send(import(1)).await;
    assert_eq!(kinds(&receive(&mut client, 6).await), ["progress", "item", "item", "item", "item", "item"]);
    // Time passes only if the server has nothing to do: it sends no sixth item.
    assert_eq!(kinds(&receive(&mut client, 1).await), ["keep_alive"]);
    client.send(credit(1, 2)).await;
    let more = receive(&mut client, 3).await;
    assert_eq!(kinds(&more), ["item", "item", "keep_alive"]);
    assert_eq!(more[1]["params"]["sequence"], 6);
}

#[tokio::test(start_paused = true)]
async fn the_connector_is_asked_for_one_item_more_than_there_is_credit_for() {
    let mut client = Client::open().await;
    let request =
        json!({"id": 1, "method": "import", "params": {"object_class": "Person", "attributes_to_get": []}});
    client.send(request).await;
    let lines = receive(&mut client, 7).await;
    assert_eq!(kinds(&lines)[6], "keep_alive");
    assert_eq!(ASKED.load(Ordering::Relaxed), 6);
}

#[tokio::test(start_paused = true)]
async fn a_stop_ends_the_stream_with_a_summary_that_says_so() {
    let mut client = Client::open().await;
    client.send(import(1)).await;
    receive(&mut client, 6).await;
    client.send(json!({"method": "credit", "params": {"id": 1, "stop": true}})).await;
    let lines = client.until_final(1).await;
    assert_eq!(kinds(&lines), ["result"]);
    let result = &lines[0]["result"];
    assert_eq!((&result["status"], &result["count"]), (&json!("stopped"), &json!(5)));
    assert_eq!(result["cost"], json!({"requests": 1, "retries": 0, "bytes": 0}));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_stream_ends_with_an_error_and_nothing_after_it() {
    let mut client = Client::open().await;
    client.send(import(1)).await;
    receive(&mut client, 6).await;
    client.send(json!({"method": "cancel", "params": {"id": 1}})).await;
    let lines = client.until_final(1).await;
    assert_eq!((kinds(&lines), &lines[0]["error"]["code"]), (vec!["error"], &json!(-32800)));
    client.send(credit(1, 10)).await;
    assert!(client.finish().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_silent_request_says_that_it_is_alive() {
    let mut client = Client::open().await;
    client.send(json!({"id": 1, "method": "get", "params": {"object_class": "Person", "uid": "hang"}})).await;
    let before = tokio::time::Instant::now();
    for _ in 0..3 {
        let line = client.receive().await.unwrap();
        assert_eq!((&line["method"], &line["params"]["id"]), (&json!("keep_alive"), &json!(1)));
    }
    assert_eq!(before.elapsed().as_secs(), 3 * LIMITS.keep_alive.as_secs());
}
