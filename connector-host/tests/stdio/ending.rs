//! However it ends, every request has been answered.

use serde_json::{Value as Json, json};
use tokio::time::Instant;

use super::client::{Client, get, search};

/// Hangs once and searches once.
async fn busy() -> Client {
    let mut client = Client::open().await;
    client.send(get(1, "hang")).await;
    client.send(search(2, "Person")).await;
    client
}

fn answered(lines: &[Json]) -> Vec<&Json> {
    let mut ids: Vec<_> = lines.iter().map(|line| &line["id"]).filter(|id| !id.is_null()).collect();
    ids.sort_by_key(|id| id.to_string());
    ids
}

#[tokio::test(start_paused = true)]
async fn the_end_of_input_lets_requests_finish_for_a_while_and_cancels_the_rest() {
    let client = busy().await;
    let before = Instant::now();
    let lines = client.finish().await;
    assert_eq!(answered(&lines), [&json!(1), &json!(2)]);
    let hung = lines.iter().find(|line| line["id"] == 1).unwrap();
    assert_eq!(hung["error"]["code"], -32800);
    assert_eq!(before.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_input_is_the_end_at_once_if_nothing_is_under_way() {
    let before = Instant::now();
    assert!(Client::open().await.finish().await.is_empty());
    assert!(before.elapsed().is_zero());
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_cancels_everything_and_is_answered_last() {
    let mut client = busy().await;
    client.send(json!({"id": 9, "method": "shutdown"})).await;
    let lines = client.finish().await;
    assert_eq!(answered(&lines), [&json!(1), &json!(2), &json!(9)]);
    assert_eq!(lines.last().unwrap(), &json!({"jsonrpc": "2.0", "id": 9, "result": {}}));
}

#[tokio::test(start_paused = true)]
async fn a_signal_ends_it_as_the_end_of_input_does() {
    let client = busy().await;
    tokio::task::yield_now().await;
    client.ended.cancel();
    let (before, lines) = (Instant::now(), client.finish().await);
    assert!(before.elapsed().as_secs() <= 3);
    assert!(lines.iter().filter(|line| !line["id"].is_null()).count() <= 2);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_vanishes_ends_it_at_once() {
    let mut client = Client::open().await;
    client.send(json!({"id": 1, "method": "import", "params": {"object_class": "Person"}})).await;
    client.send(json!({"method": "credit", "params": {"id": 1, "items": 1_000_000}})).await;
    let before = Instant::now();
    client.vanish().await;
    assert!(before.elapsed().is_zero());
}
