//! OpenIAM's operations.

use serde_json::{Value as Json, json};

use crate::support::{Scene, Worker};

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_openiam_is_answered_with_the_connection_in_the_message() {
    let Some(scene) = Scene::new(10).await else { return };
    let _worker = Worker::start(scene.without_connection(&["--codec", "openiam"]));
    let mut requester = scene.requester().await;
    let message = |operation: &str, more: Json| {
        let mut message = scene.credentials();
        message["requestId"] = json!(operation);
        message["operation"] = json!(operation);
        message["objectType"] = json!("USER");
        message["identityName"] = json!("ada");
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        message
    };
    let attribute =
        |name: &str, value: &str| json!({"name": name, "values": [{"value": value, "operation": "REPLACE"}]});
    let attributes = json!([
        attribute("username", "ada"),
        attribute("status", "t"),
        attribute("firstName", "Ada"),
        attribute("lastName", "Lovelace"),
        attribute("email", "ada@example.org")
    ]);
    let steps = [
        ("TEST", json!({}), "SUCCESS"),
        ("SAVE", json!({"attributes": attributes}), "SUCCESS"),
        ("SEARCH", json!({"filter": "userId eq 'ada'", "fields": "lastName"}), "SUCCESS"),
        ("SUSPEND", json!({}), "SUCCESS"),
        ("RESUME", json!({}), "SUCCESS"),
        ("RESET_PASSWORD", json!({"password": "Correct-Horse-7"}), "SUCCESS"),
        ("DELETE", json!({}), "SUCCESS"),
        ("LOGIN", json!({"password": "Correct-Horse-7"}), "FAILURE"),
    ];
    for (operation, more, status) in steps {
        requester.write(operation, "ada", &message(operation, more)).await;
        let (correlation, reply) = requester.reply().await;
        assert_eq!((correlation.as_str(), &reply["status"]), (operation, &json!(status)), "{reply}");
        assert_eq!(reply["requestId"], operation);
        if operation == "SEARCH" {
            let user = json!([{"identityName": "ada", "attributes": [{"name": "lastName", "values": ["Lovelace"]}]}]);
            assert_eq!(reply["userList"], user);
        }
        if operation == "LOGIN" {
            assert_eq!(reply["errorCode"], "unsupportedOperation");
        }
    }
    assert_eq!(scene.sandbox.user("ada").unwrap()["status"], "f");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_integrator_renames_fields_without_a_build() {
    let Some(scene) = Scene::new(10).await else { return };
    let mapping = scene.directory.path().join("mapping.toml");
    std::fs::write(
        &mapping,
        "[request]\noperation = 'header.op'\nidentity = 'header.login'\n[reply]\nstatus = 'state'\n",
    )
    .unwrap();
    let _worker = scene.worker(&["--codec", "openiam", "--mapping", &mapping.display().to_string()]);
    let mut requester = scene.requester().await;
    let message = json!({"requestId": "r", "header": {"op": "SEARCH", "login": scene.sandbox.user_id()}});
    requester.read("r", &message).await;
    let (_, reply) = requester.reply().await;
    assert_eq!(
        (&reply["state"], &reply["userList"][0]["identityName"]),
        (&json!("SUCCESS"), &json!(scene.sandbox.user_id())),
        "{reply}"
    );
}
