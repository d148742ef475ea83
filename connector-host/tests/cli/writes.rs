//! What writes, from the command line to the tenant's tables.

use serde_json::json;

use super::support::{Tenant, finish};

#[test]
fn a_save_creates_then_changes_then_has_nothing_to_do() {
    let tenant = Tenant::new(10);
    let save = |title: &str| {
        let title = format!("title={title}");
        tenant.run(&["save", "ada", "username=ada", "status=t", "lastName=Lovelace", &title]).expect(0).json()
    };
    let created = save("Analyst");
    assert_eq!((&created["action"], &created["presence_before"]), (&json!("created"), &json!("not_found")));
    let updated = save("Chief");
    assert_eq!((&updated["action"], &updated["changed"]), (&json!("updated"), &json!(["title"])));
    assert_eq!(save("Chief")["action"], "unchanged");
    assert_eq!(tenant.sandbox.user("ada").unwrap()["title"], "Chief");
}

#[test]
fn special_characters_survive_filter_save_and_read() {
    let tenant = Tenant::new(10);
    let name = "Zoë 'Q' O''Neil 100% + a&b=c ß 😀";
    let assignment = format!("lastName={name}");
    tenant.run(&["save", "zoe", "username=zoe", "status=t", &assignment]).expect(0);
    let read = tenant.run(&["get", "zoe", "--attributes", "lastName"]).expect(0).json();
    assert_eq!(read["object"]["attributes"]["lastName"], json!([name]));
    let filter = format!("lastName eq '{}'", name.replace('\'', "''"));
    assert_eq!(tenant.run(&["search", "--filter", &filter]).expect(0).lines().len(), 1);
}

#[test]
fn an_inactive_person_is_revived_only_on_request() {
    let tenant = Tenant::new(100);
    let uid = tenant.inactive_person();
    let quiet = tenant.run(&["save", &uid, "title=Ghost"]).expect(0).json();
    assert_eq!((&quiet["action"], &quiet["presence"]), (&json!("updated"), &json!("inactive")));
    let loud = tenant.run(&["save", &uid, "status=t", "--output", "table"]).expect(0).stdout;
    assert!(loud.starts_with(&format!("{uid}: revived (inactive before, active now)\n")), "{loud}");
}

#[test]
fn modes_refuse_what_is_or_is_not_there() {
    let tenant = Tenant::new(10);
    let answer = tenant.run(&["save", "nobody", "title=x", "--mode", "update"]).expect(1);
    assert_eq!(answer.json()["error"]["data"]["kind"], "not_found");
    let api_user = tenant.sandbox.user_id().to_owned();
    let answer = tenant.run(&["save", &api_user, "title=x", "--mode", "create"]).expect(1);
    assert_eq!(answer.json()["error"]["data"]["kind"], "already_exists");
}

#[test]
fn changes_come_from_json_too() {
    let tenant = Tenant::new(10);
    let changes = r#"{"username":"ada","status":"t","lastName":"Lovelace","hireDate":"1843-09-01"}"#;
    let answer =
        finish(tenant.program(&["save", "ada", "--json", "-", "title=Analyst"]).write_stdin(changes));
    assert_eq!(answer.expect(0).json()["action"], "created");
    let answer = finish(tenant.program(&["save", "ada", "--json", "-"]).write_stdin("[]")).expect(2);
    assert!(answer.stderr.contains("JSON object"), "{}", answer.stderr);
}

#[test]
fn a_refused_change_names_the_attribute_and_the_tenants_words() {
    let tenant = Tenant::new(10);
    let api_user = tenant.sandbox.user_id().to_owned();
    let answer = tenant.run(&["save", &api_user, "hr=nobody.at.all"]).expect(1);
    assert_eq!(answer.json()["error"]["data"]["attributes"], json!(["hr"]));
    assert!(answer.stderr.contains("the target said: 500: INVALID_HR_ID"), "{}", answer.stderr);
}

#[test]
fn suspend_resume_and_delete_may_be_repeated() {
    let tenant = Tenant::new(10);
    tenant.run(&["save", "ada", "username=ada", "status=t", "lastName=L"]).expect(0);
    let action = |command: &str| tenant.run(&[command, "ada"]).expect(0).json()["action"].clone();
    assert_eq!((action("suspend"), action("suspend")), (json!("suspended"), json!("unchanged")));
    assert_eq!((action("resume"), action("resume")), (json!("revived"), json!("unchanged")));
    assert_eq!((action("delete"), action("delete")), (json!("suspended"), json!("unchanged")));
    assert_eq!(tenant.run(&["suspend", "nobody"]).expect(1).json()["error"]["data"]["kind"], "not_found");
}

#[test]
fn a_password_comes_from_a_file_or_from_standard_input() {
    let tenant = Tenant::new(10);
    let api_user = tenant.sandbox.user_id().to_owned();
    let reset = ["reset-password", &api_user];
    finish(tenant.program(&reset).write_stdin("Winter2026 ok\n")).expect(0);
    assert!(tenant.sandbox.password_matches(&api_user, "Winter2026 ok"));
    std::fs::write(tenant.path("password"), "Spring2027").unwrap();
    let file = tenant.path("password").display().to_string();
    tenant.run(&[&reset[..], &["--password-file", &file]].concat()).expect(0);
    assert!(tenant.sandbox.password_matches(&api_user, "Spring2027"));
    assert!(finish(tenant.program(&reset).write_stdin("")).expect(2).stderr.contains("there is no password"));
}
