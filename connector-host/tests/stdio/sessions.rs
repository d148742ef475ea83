//! Several tenants at once.

use serde_json::json;

use super::client::{Client, get};

#[tokio::test(start_paused = true)]
async fn requests_name_their_session_as_soon_as_there_are_several() {
    let mut client = Client::start();
    let none = client.ask(get(1, "P000001")).await;
    assert!(none["error"]["message"].as_str().unwrap().contains("send 'open' first"), "{none}");
    for name in ["s1", "s2"] {
        let opened = client.ask(json!({"id": 2, "method": "open", "params": {"configuration": {}}})).await;
        assert_eq!(opened["result"]["session"], name);
    }
    let unclear = client.ask(get(3, "P000001")).await;
    assert_eq!(unclear["error"]["data"]["kind"], "invalid_request");
    let mut request = get(4, "P000001");
    request["params"]["session"] = json!("s2");
    assert!(client.ask(request.clone()).await["result"].is_object());
    request["params"]["session"] = json!("s3");
    let unknown = client.ask(request).await;
    assert!(unknown["error"]["message"].as_str().unwrap().contains("no open session 's3'"), "{unknown}");
}

#[tokio::test(start_paused = true)]
async fn a_session_without_configuration_needs_a_program_that_has_one() {
    let answer = Client::start().ask(json!({"id": 1, "method": "open"})).await;
    assert_eq!(answer["error"]["data"]["kind"], "configuration");
}

#[tokio::test(start_paused = true)]
async fn closing_a_session_cancels_what_runs_in_it_and_says_so_first() {
    let mut client = Client::open().await;
    client.send(get(1, "hang")).await;
    client.send(json!({"id": 2, "method": "close", "params": {"session": "s1"}})).await;
    let lines = client.until_final(2).await;
    assert_eq!(lines[0]["error"]["code"], -32800);
    assert_eq!(lines[1], json!({"jsonrpc": "2.0", "id": 2, "result": {}}));
    let again = client.ask(json!({"id": 3, "method": "close", "params": {"session": "s1"}})).await;
    assert_eq!(again["error"]["data"]["kind"], "invalid_request");
}
