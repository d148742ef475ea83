//! Roles: who has them by the rules, what they permit, and the function imports about them
//! (docs/successfactors.md#function-imports, docs/successfactors.md#roles); with the function imports about ids.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use sandbox::{Access, Options, Switches};
use serde_json::{Value, json};
use support::{Answer, Fixture, options, record};

async fn roles(fixture: &Fixture, user: &str) -> Vec<String> {
    let query = [("userId", format!("'{user}'"))];
    let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let rows = fixture.get("getUserRolesByUserId", &query).await.results();
    rows.iter().map(|role| role["roleId"].as_str().unwrap().to_owned()).collect()
}

/// The document inside of a text.
async fn inside(fixture: &Fixture, name: &str, query: &[(&str, &str)]) -> Value {
    let answer = fixture.get(name, query).await;
    serde_json::from_str(answer.json()["d"][name].as_str().unwrap()).unwrap()
}

async fn post(fixture: &Fixture, name: &str, body: &Value) -> Answer {
    let url = format!("{}/odata/v2/{name}?$format=json", fixture.tenant.base_url());
    let request = fixture.http.post(url).bearer_auth(&fixture.token).body(body.to_string());
    Answer::of(request.header("content-type", "application/json").send().await.unwrap()).await
}

/// docs/successfactors.md#function-imports: rows of `RBPRole`, in `results` unless switched.
#[tokio::test]
async fn roles_of_a_user_are_entities() {
    let fixture = Fixture::new(70).await;
    let rows = fixture.get("getUserRolesByUserId", &[("userId", "'sfapi'")]).await.results();
    assert_eq!(rows[0]["__metadata"]["type"], "SFOData.RBPRole");
    assert!(rows[0]["__metadata"]["uri"].as_str().unwrap().ends_with("/RBPRole(82L)"));
    assert_eq!((&rows[0]["roleId"], &rows[0]["roleName"]), (&json!("82"), &json!("System Admin")));
    let query = [("userId", "'sfapi'"), ("$select", "roleId")];
    assert!(fixture.get("getUserRolesByUserId", &query).await.results()[0].get("roleName").is_none());
    let xml = fixture.raw("/odata/v2/getUserRolesByUserId?userId='sfapi'").await.text;
    assert!(xml.contains("<feed") && xml.contains("System Admin"));
    assert_eq!(fixture.get("getUserRolesByUserId", &[("userId", "'nobody'")]).await.status, 404);
    let switches = Switches { function_entities_are_bare: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    let bare = fixture.get("getUserRolesByUserId", &[("userId", "'sfapi'")]).await.json();
    assert_eq!(bare["d"][0]["roleId"], "82");
}

/// docs/successfactors.md#roles: to groups, to everyone, to managers; a rule that is off grants nothing.
#[tokio::test]
async fn roles_follow_from_rules() {
    let fixture = Fixture::new(300).await;
    assert_eq!(roles(&fixture, "sfapi").await, ["82", "83"]);
    let staff = fixture.find("department eq 'Human Resources (4100)'").await;
    for user in &staff {
        assert!(roles(&fixture, user).await.contains(&"85".to_owned()), "{user}");
    }
    let reports =
        fixture.get("User", &[("$expand", "manager"), ("$select", "manager/userId")]).await.results();
    let manager = reports.iter().find_map(|user| user["manager"]["userId"].as_str()).unwrap();
    assert!(roles(&fixture, manager).await.contains(&"84".to_owned()));
    assert!(!roles(&fixture, "sfapi").await.contains(&"84".to_owned()));
    let off = json!({"__metadata": {"uri": "RBPRule(502L)"}, "status": 0});
    assert_eq!(fixture.upsert(&off).await[0]["status"], "OK");
    assert_eq!(roles(&fixture, "sfapi").await, ["82"]);
}

/// docs/successfactors.md#roles: a role is assigned by putting the user in a granted group;
/// docs/successfactors.md#deactivating: who is deactivated keeps it.
#[tokio::test]
async fn static_groups_grant_roles() {
    let fixture = Fixture::new(70).await;
    let body = json!({"__metadata": {"uri": "RBPRule(504L)"}, "status": 1,
        "accessGroups": [{"__metadata": {"uri": "DynamicGroup(3605L)"}}]});
    assert_eq!(fixture.upsert(&body).await[0]["status"], "OK");
    assert!(roles(&fixture, "ext.1").await.contains(&"85".to_owned()));
    let update = "updateStaticGroup?groupId=3605&action='REMOVE'&userIds='ext.1'&$format=json";
    assert_eq!(fixture.raw(&format!("/odata/v2/{update}")).await.status, 200);
    assert!(!roles(&fixture, "ext.1").await.contains(&"85".to_owned()));
    fixture.upsert(&record("jsmith", &json!({"status": "f"}))).await;
    assert!(roles(&fixture, "jsmith").await.contains(&"85".to_owned()));
}

/// docs/successfactors.md#function-imports: texts with a document in them; its form is unconfirmed, JSON or XML.
#[tokio::test]
async fn permissions_come_as_documents_in_texts() {
    let fixture = Fixture::new(70).await;
    let of_roles =
        inside(&fixture, "getRolesPermissions", &[("roleIds", "'82,83L'"), ("locale", "'en_US'")]).await;
    assert_eq!(of_roles["roles"][1]["roleName"], "Employee Self-Service");
    assert_eq!(of_roles["roles"][0]["permissions"][0]["permissionId"], "4");
    let of_users = inside(&fixture, "getUsersPermissions", &[("userIds", "'sfapi,jsmith'")]).await;
    let list = of_users["users"][1]["permissions"].as_array().unwrap().clone();
    assert!(list.iter().any(|one| one["permissionStringValue"] == "view_goal_plan"));
    let report = inside(&fixture, "getUserRolesReport", &[("userIds", "'sfapi'")]).await;
    assert_eq!(report["users"][0]["roles"][0]["groups"], json!(["System Administrators"]));
    let all = inside(&fixture, "getPermissionMetadata", &[("locale", "'en_US'")]).await;
    assert_eq!(all["permissions"].as_array().unwrap().len(), 7);
    assert_eq!(fixture.get("getRolesPermissions", &[("roleIds", "'1'")]).await.status, 404);
    assert_eq!(fixture.get("getUsersPermissions", &[("userIds", "'nobody'")]).await.status, 404);
    let switches = Switches { permission_texts_are_xml: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    let text = fixture.get("getRolesPermissions", &[("roleIds", "'82'")]).await.json();
    let text = text["d"]["getRolesPermissions"].as_str().unwrap().to_owned();
    assert!(text.starts_with("<roles><element><roleId>82</roleId>"), "{text}");
}

/// docs/successfactors.md#function-imports: permissions are those of the roles, over the targets of their rules.
#[tokio::test]
async fn roles_decide_what_users_may() {
    let fixture = Fixture::new(300).await;
    let staff = fixture.find("department eq 'Human Resources (4100)'").await.remove(0);
    let ask = |access: &str, kind: &str, value: &str, target: &str| {
        json!({"accessUserId": access, "permType": kind, "permStringValue": value, "permLongValue": "-1",
            "targetUserId": target})
    };
    let questions = json!([
        ask(&staff, "data_admin", "employee_export", "jsmith"),
        ask("sfapi", "data_admin", "employee_export", "jsmith"),
        ask("wang.xm", "data_admin", "employee_export", "jsmith"),
        ask("wang.xm", "user_admin", "user_search", "jsmith"),
        ask("wang.xm", "user_admin", "no_such", "jsmith"),
    ]);
    let answer = post(&fixture, "checkUserPermissions", &questions).await.json();
    let answers: Value = serde_json::from_str(answer["d"]["checkUserPermissions"].as_str().unwrap()).unwrap();
    let results: Vec<bool> =
        answers.as_array().unwrap().iter().map(|one| one["result"].as_bool().unwrap()).collect();
    let expected = [true, true, staff == "wang.xm", true, false];
    assert_eq!(results, expected);
    let named = post(&fixture, "checkUserPermissions", &json!({"permissions": questions})).await.json();
    assert_eq!(named, answer);
    for wrong in [json!("text"), json!([{"permType": "x"}])] {
        assert_eq!(post(&fixture, "checkUserPermissions", &wrong).await.status, 400);
    }
    let query =
        [("accessUserId", "'wang.xm'"), ("permType", "'user_admin'"), ("permStringValue", "'user_search'")];
    let one = fixture.get("checkUserPermission", &query).await.json();
    assert_eq!(one, json!({"d": {"checkUserPermission": true}}));
}

/// docs/successfactors.md#permissions-of-the-api-user: roles need a permission too.
#[tokio::test]
async fn roles_need_a_privilege() {
    let access = Access { denied_entities: vec!["RBPRole".to_owned()], ..Access::default() };
    let fixture = Fixture::with(Options { access, ..options(70) }).await;
    for (name, argument) in [
        ("getUserRolesByUserId", "userId"),
        ("getUserRolesReport", "userIds"),
        ("getUsersPermissions", "userIds"),
        ("getRolesPermissions", "roleIds"),
        ("getPermissionMetadata", "locale"),
    ] {
        let answer = fixture.get(name, &[(argument, "'sfapi'")]).await;
        assert_eq!(answer.status, 403, "{name}");
        assert!(answer.message().starts_with("[COE0020]"));
    }
}

/// KBA 2355576: numbers grow and are not given twice; one capture in XML has the element of the type.
#[tokio::test]
async fn person_ids_are_given_once() {
    let fixture = Fixture::new(70).await;
    let next = async || {
        let answer = post(&fixture, "generateNextPersonID", &json!({})).await.json();
        answer["d"]["GenerateNextPersonIDResponse"]["personID"].as_str().unwrap().parse::<i64>().unwrap()
    };
    let first = next().await;
    assert_eq!(next().await, first + 1);
    assert_eq!(fixture.get(&format!("PerPerson('{first}')"), &[]).await.status, 404);
    fixture.upsert(&record(&(first + 10).to_string(), &json!({"username": "new", "status": "t"}))).await;
    assert_eq!(next().await, first + 11);
    let url = format!("{}/odata/v2/generateNextPersonID", fixture.tenant.base_url());
    let xml = fixture.http.post(url).bearer_auth(&fixture.token).send().await.unwrap().text().await.unwrap();
    assert!(xml.contains("<GenerateNextPersonIDResponse") && xml.contains("<personID>"), "{xml}");
    assert_eq!(fixture.get("generateNextPersonID", &[]).await.code(), "COE_ENTITY_NOT_FOUND");
}

/// KBA 2355576: in a batch, several are taken at once.
#[tokio::test]
async fn person_ids_are_given_in_batches() {
    let fixture = Fixture::new(70).await;
    let body = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\
                Content-Transfer-Encoding: binary\r\n\r\nPOST generateNextPersonID?$format=json HTTP/1.1\r\n\r\n\r\n\
                --c--\r\n\r\n--b--\r\n";
    let url = format!("{}/odata/v2/$batch", fixture.tenant.base_url());
    let request = fixture.http.post(url).bearer_auth(&fixture.token);
    let request = request.header("content-type", "multipart/mixed; boundary=b").body(body);
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert!(answer.text.contains("\"personID\":\""), "{}", answer.text);
}

/// docs/successfactors.md#function-imports: a GET that writes; without another id, an assignment has the userId's.
#[tokio::test]
async fn assignments_are_renamed_once() {
    let fixture = Fixture::new(70).await;
    let convert = async |old: &str, new: &str| {
        let (old, new) = (format!("'{old}'"), format!("'{new}'"));
        let query = [("oldAssignmentIdExternal", old.as_str()), ("newAssignmentIdExternal", new.as_str())];
        fixture.get("convertAssignmentIdExternal", &query).await
    };
    let answer = convert("cmueller", "A-1").await.json();
    assert_eq!(answer, json!({"d": {"convertAssignmentIdExternal": "A-1"}}));
    for (old, new) in [("cmueller", "A-2"), ("nobody", "A-2"), ("jsmith", "A-1"), ("jsmith", "")] {
        assert_eq!(convert(old, new).await.status, 400, "{old} {new}");
    }
    assert_eq!(convert("A-1", "cmueller").await.status, 200);
}
