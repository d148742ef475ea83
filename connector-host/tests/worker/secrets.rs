//! Nothing that a run leaves behind has a password, a token or a key in it.

use serde_json::{Value as Json, json};

use crate::health::{address, get};
use crate::secure::{PASSWORD, Secure};
use crate::support::{Part, Requester, Scene, Worker, request, text};

/// Passwords of people: one that is set, one that the policy refuses, and others in messages that come to nothing.
const NEW: [&str; 6] =
    ["Canary-Horse-1", "canary", "Canary-Horse-3", "Canary-Horse-4", "Canary-Horse-5", "Canary-Horse-6"];

/// What a run leaves behind: what it is, and its text.
type Traces = Vec<(&'static str, String)>;

#[tokio::test(flavor = "multi_thread")]
async fn no_password_token_or_key_is_in_anything_that_a_run_leaves_behind() {
    let Some((secure, scene)) = Secure::scene(20).await else { return };
    let common = ["--log-level", "trace", "--patience", "0.01", "--retries", "1"];
    let common = [&secure.trust()[..], &secure.show("ours"), &common].concat();
    let memory = scene.directory.path().join("replies").display().to_string();
    let mut requester = scene.requester().await;
    let (mut traces, token) = (Traces::new(), scene.sandbox.access_token());

    let mut worker = scene.worker(&[&common[..], &["--health", "127.0.0.1:0", "--memory", &memory]].concat());
    let health = address(&worker).await;
    ask_natively(&scene, &mut requester, &token, &mut traces).await;
    traces.push(("metrics", get(&health, "/metrics").await.1));
    worker.signal("TERM");
    worker.end().await;
    traces.push(("log", worker.log()));
    traces.push(("memory", String::from_utf8_lossy(&std::fs::read(&memory).unwrap()).into_owned()));

    let mut worker =
        Worker::start(scene.without_connection(&[&common[..], &["--codec", "openiam"]].concat()));
    ask_as_openiam(&scene, &mut requester, &mut traces).await;
    worker.signal("TERM");
    worker.end().await;
    traces.push(("log with OpenIAM", worker.log()));

    let dead = requester.drain("dead").await;
    assert!(dead.len() >= 4, "{} dead letters", dead.len());
    traces.extend(dead.iter().map(|part| ("dead letter", whole(part))));
    let is_last = |entry: &Part| entry.headers.get("x-sfc-message").is_some_and(|id| text(id) == "TEST");
    let stream = requester.stream_until(is_last).await;
    traces.extend(stream.iter().map(|part| ("stream of replies", whole(part))));
    check(&traces, &secrets(&scene, secure, &token));
}

/// Every secret that was used, and what it is.
fn secrets(scene: &Scene, secure: &Secure, token: &str) -> Vec<(&'static str, String)> {
    let key = std::fs::read_to_string(secure.file("ours-client.key")).unwrap();
    let mut all = vec![
        ("the broker's password", PASSWORD.to_owned()),
        ("the token", token.to_owned()),
        ("the key of the certificate", key.lines().nth(1).unwrap().to_owned()),
    ];
    let lines = scene.sandbox.private_key_pem().lines().filter(|line| !line.contains("-----"));
    all.extend(lines.map(|line| ("the private key", line.to_owned())));
    all.extend(NEW.map(|password| ("a person's password", password.to_owned())));
    all
}

/// Fails if one of the secrets is in one of the traces. What is looked for has to be findable.
fn check(traces: &Traces, secrets: &[(&str, String)]) {
    for kind in ["reply", "metrics", "log", "memory", "log with OpenIAM", "dead letter", "stream of replies"]
    {
        assert!(traces.iter().any(|(what, text)| *what == kind && !text.is_empty()), "there is no {kind}");
    }
    for (what, secret) in secrets {
        for (place, text) in traces {
            assert!(!text.contains(secret), "{what} is in the {place}: {text}");
        }
    }
}

async fn ask_natively(scene: &Scene, requester: &mut Requester, token: &str, traces: &mut Traces) {
    let uid = scene.sandbox.user_id().to_owned();
    let reset = |uid: &str, password: &str, meta: Json| {
        let secret = json!({"$secret": password});
        request(
            "reset_password",
            json!({"object_class": "User", "uid": uid, "new_password": secret, "meta": meta}),
        )
    };
    let bearer = json!({"credentials": {"url": scene.sandbox.base_url(), "access_token": token}});
    let own = json!({"credentials": scene.credentials()});
    let password = json!({"__PASSWORD__": [{"$secret": NEW[2]}]});
    let save = json!({"object_class": "User", "uid": "nobody", "mode": "update", "attributes": password});
    for (id, uid, message) in [
        ("set", uid.as_str(), reset(&uid, NEW[0], json!({}))),
        ("refused", &uid, reset(&uid, NEW[1], own.clone())),
        ("nobody", "nobody", reset("nobody", NEW[2], own.clone())),
        ("saved", "nobody", request("save", save)),
        ("token", "x", request("get", json!({"object_class": "User", "uid": uid, "meta": bearer}))),
        ("malformed", "x", request("fire", json!({"password": NEW[3], "meta": own}))),
    ] {
        requester.write(id, uid, &message).await;
        traces.push(("reply", whole(&requester.part().await)));
    }
    let exchange = format!("{}.write", scene.prefix);
    let garbage = format!("{{password: {}", NEW[4]);
    requester.send(&exchange, "x", garbage.as_bytes(), requester.properties("garbage")).await;
    traces.push(("reply", whole(&requester.part().await)));
    // Nobody waits for the reply: what fails is a dead letter.
    let silent = requester.properties("silent").with_reply_to("".into());
    let body = reset("nobody", NEW[5], json!({"credentials": scene.credentials()})).to_string();
    requester.send(&exchange, "x", body.as_bytes(), silent).await;
    // Through the retry queue, and then given up.
    scene.inject("unavailable=1");
    requester.write("given-up", &uid, &reset(&uid, NEW[5], json!({}))).await;
    traces.push(("reply", whole(&requester.part().await)));
    scene.sandbox.clear_faults();
}

async fn ask_as_openiam(scene: &Scene, requester: &mut Requester, traces: &mut Traces) {
    for operation in ["RESET_PASSWORD", "LOGIN", "SAVE", "FIRE", "TEST"] {
        let mut message = scene.credentials();
        let more = json!({"requestId": operation, "operation": operation, "identityName": "nobody", "password": NEW[3],
            "attributes": [{"name": "__PASSWORD__", "values": [{"value": NEW[4], "operation": "REPLACE"}]}]});
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        requester.write(operation, "nobody", &message).await;
        traces.push(("reply", whole(&requester.part().await)));
    }
}

/// All of a message.
fn whole(part: &Part) -> String {
    let headers: String =
        part.headers.iter().map(|(name, value)| format!("{name}: {}\n", text(value))).collect();
    format!("{}\n{headers}{}", part.properties, part.body)
}
