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
    // With the status of the person after it, as the tenant has it.
    let steps = [
        ("TEST", json!({}), "SUCCESS", None),
        ("SAVE", json!({"attributes": attributes}), "SUCCESS", Some("t")),
        ("SEARCH", json!({"filter": "userId eq 'ada'", "fields": "lastName"}), "SUCCESS", Some("t")),
        ("SUSPEND", json!({}), "SUCCESS", Some("f")),
        ("RESUME", json!({}), "SUCCESS", Some("t")),
        ("RESET_PASSWORD", json!({"password": "Correct-Horse-7"}), "SUCCESS", Some("t")),
        ("DELETE", json!({}), "SUCCESS", Some("f")),
        ("LOGIN", json!({"password": "Correct-Horse-7"}), "FAILURE", Some("f")),
    ];
    let mut has_password = false;
    for (operation, more, status, in_the_tenant) in steps {
        requester.write(operation, "ada", &message(operation, more)).await;
        let (correlation, reply) = requester.reply().await;
        assert_eq!((correlation.as_str(), &reply["status"]), (operation, &json!(status)), "{reply}");
        assert_eq!(reply["requestId"], operation);
        let person = scene.sandbox.user("ada");
        let found = person.as_ref().map(|person| person["status"].as_str().unwrap());
        assert_eq!(found, in_the_tenant, "after {operation}");
        has_password |= operation == "RESET_PASSWORD";
        assert_eq!(
            scene.sandbox.password_matches("ada", "Correct-Horse-7"),
            has_password,
            "after {operation}"
        );
        if operation == "SEARCH" {
            let user = json!([{"identityName": "ada", "attributes": [{"name": "lastName", "values": ["Lovelace"]}]}]);
            assert_eq!(reply["userList"], user);
        }
        if operation == "LOGIN" {
            assert_eq!(reply["errorCode"], "unsupportedOperation");
        }
    }
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
