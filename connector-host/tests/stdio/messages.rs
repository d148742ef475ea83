//! What is said to which message.

use serde_json::{Value as Json, json};

use super::client::{Client, get, kinds, search};

#[tokio::test(start_paused = true)]
async fn hello_says_who_is_there_and_what_can_be_done() {
    let hello = Client::start().ask(json!({"id": 1, "method": "hello", "params": {"client": "test"}})).await;
    let welcome = &hello["result"];
    assert_eq!((&welcome["protocol"], &welcome["limits"]["credit"]), (&json!("sfc/1"), &json!(5)));
    assert_eq!(welcome["manifest"]["object_classes"][0]["name"], "Person");
}

#[tokio::test(start_paused = true)]
async fn a_search_brings_items_and_one_result() {
    let mut client = Client::open().await;
    client.send(search(7, "Person")).await;
    let lines = client.until_final(7).await;
    assert_eq!(kinds(&lines), ["item", "item", "item", "result"]);
    assert_eq!(client.finish().await, Vec::<Json>::new(), "nothing comes after the result");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_request_gets_an_error_and_the_next_request_its_answer() {
    let mut client = Client::open().await;
    let too_long = format!("{{\"id\":1,\"method\":\"{}\"}}", "x".repeat(2000));
    let wrong = [
        ("{", -32700, Json::Null),
        ("\u{feff}{}", -32700, Json::Null),
        ("[]", -32600, Json::Null),
        (r#"{"id":3}"#, -32600, json!(3)),
        (r#"{"id":4,"method":"fire"}"#, -32601, json!(4)),
        (r#"{"id":5,"method":"get","params":{"object_class":"Person"}}"#, -32602, json!(5)),
        (r#"{"id":6,"method":"test","params":{"meta":{"protocol":"sfc/2"}}}"#, -32022, json!(6)),
        (&too_long, -32600, Json::Null),
    ];
    for (line, code, id) in wrong {
        client.send_line(line).await;
        let answer = client.receive().await.unwrap();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&id, &json!(code)), "{line}");
    }
    let answer = client.ask(json!({"id": 9, "method": "test", "shape": "round"})).await;
    assert!(answer["result"].is_object(), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn bytes_that_are_no_text_get_an_error() {
    let mut client = Client::start();
    client.send_bytes(b"{\"id\":1,\"method\":\"\xff\"}\n").await;
    assert_eq!(client.receive().await.unwrap()["error"]["code"], -32700);
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_an_internal_error_and_the_next_call_works() {
    let mut client = Client::open().await;
    let failed = client.ask(get(1, "panic")).await;
    assert_eq!(failed["error"]["data"]["kind"], "internal");
    let found = client.ask(get(2, "P000001")).await;
    assert_eq!(found["result"]["presence"], "active");
}

#[tokio::test(start_paused = true)]
async fn requests_run_beside_each_other() {
    let mut client = Client::open().await;
    client.send(get(1, "hang")).await;
    assert_eq!(client.ask(get(2, "P000001")).await["id"], 2);
}

#[tokio::test(start_paused = true)]
async fn an_id_is_taken_while_its_request_is_under_way_and_free_afterwards() {
    let mut client = Client::open().await;
    client.send(get(1, "hang")).await;
    let refused = client.ask(get(1, "P000001")).await;
    assert_eq!((&refused["id"], &refused["error"]["code"]), (&json!(1), &json!(-32600)));
    let cancelled = client.ask(json!({"method": "cancel", "params": {"id": 1}})).await;
    assert_eq!(cancelled["error"]["code"], -32800);
    assert!(client.ask(get(1, "P000001")).await["result"].is_object());
}

#[tokio::test(start_paused = true)]
async fn more_requests_than_the_limit_are_told_to_come_later() {
    let mut client = Client::open().await;
    for id in 1..=4 {
        client.send(get(id, "hang")).await;
    }
    let refused = client.ask(get(5, "P000001")).await;
    assert_eq!(refused["error"]["data"]["kind"], "unavailable");
    assert_eq!(refused["error"]["data"]["retry"], "later");
}
