//! What comes out, in each format.

use super::support::Tenant;

#[test]
fn ndjson_is_one_object_a_line_and_nothing_else() {
    let tenant = Tenant::new(2500);
    let answer = tenant.run(&["import", "--output", "ndjson", "--attributes", "firstName"]).expect(0);
    assert_eq!(answer.stdout.lines().count(), 2500);
    assert!(answer.lines().iter().all(|person| person["attributes"]["firstName"].is_array()));
    assert_eq!(tenant.pages().len(), 3);
    assert!(answer.stderr.contains("2,500 objects"), "{}", answer.stderr);
    assert!(tenant.run(&["--quiet", "import"]).expect(0).stderr.is_empty());
}

#[test]
fn json_is_one_document() {
    let tenant = Tenant::new(30);
    let all = tenant.run(&["import", "--output", "json"]).expect(0).json();
    assert_eq!(all.as_array().unwrap().len(), 30);
    let none = tenant.run(&["search", "--filter", "userId eq 'x'", "--output", "json"]).expect(0).json();
    assert_eq!(none.as_array().unwrap().len(), 0);
}

#[test]
fn a_stream_that_fails_halfway_is_valid_json_that_ends_with_the_error() {
    let tenant = Tenant::new(1500);
    tenant.inject("html:skiptoken");
    let arguments = ["--set", "max_attempts=1", "import", "--attributes", "status", "--output"];
    let document = tenant.run(&[&arguments[..], &["json"]].concat()).expect(3).json();
    let elements = document.as_array().unwrap();
    assert_eq!(elements.len(), 1001);
    assert!(elements[1000].get("error").is_some());
    let lines = tenant.run(&[&arguments[..], &["ndjson"]].concat()).expect(3).lines();
    assert_eq!((lines.len(), lines[1000].get("error").is_some()), (1001, true));
}

#[test]
fn csv_has_the_columns_that_were_asked_for() {
    let tenant = Tenant::new(10);
    let answer = tenant.run(&["import", "--output", "csv", "--attributes", "lastName,status"]).expect(0);
    let lines: Vec<_> = answer.stdout.lines().collect();
    assert_eq!((lines.len(), lines[0]), (11, "uid,name,lastName,status"));
    let by_schema = tenant.run(&["import", "--output", "csv"]).expect(0).stdout;
    let header: Vec<_> = by_schema.lines().next().unwrap().split(',').collect();
    assert!(header.starts_with(&["uid", "name"]) && header.contains(&"department"), "{header:?}");
}

#[test]
fn csv_does_not_carry_formulas() {
    let tenant = Tenant::new(10);
    tenant.run(&["save", "mallory", "username=mallory", "status=t", "title==1+1", "lastName=M"]).expect(0);
    let filter = ["search", "--filter", "userId eq 'mallory'", "--output", "csv", "--attributes", "title"];
    assert!(tenant.run(&filter).expect(0).stdout.ends_with("mallory,mallory,'=1+1\n"));
}

#[test]
fn a_table_shows_what_tells_people_apart() {
    let tenant = Tenant::new(10);
    let text = tenant.run(&["import", "--output", "table"]).expect(0).stdout;
    let header: Vec<_> = text.lines().next().unwrap().split_whitespace().collect();
    assert!(header.starts_with(&["uid", "name", "firstName", "lastName"]), "{header:?}");
    assert_eq!(text.lines().count(), 12);
}

#[test]
fn a_page_ends_with_the_cookie_of_the_next_one() {
    let tenant = Tenant::new(10);
    let mut seen = Vec::new();
    let mut cookie: Option<String> = None;
    loop {
        let mut arguments = vec!["search", "--page-size", "4"];
        arguments.extend(cookie.as_deref().into_iter().flat_map(|cookie| ["--cookie", cookie]));
        let mut lines = tenant.run(&arguments).expect(0).lines();
        let summary = lines.pop().unwrap();
        seen.extend(lines.iter().map(|person| person["uid"].as_str().unwrap().to_owned()));
        cookie = summary["summary"]["cookie"].as_str().map(ToOwned::to_owned);
        if cookie.is_none() {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 10);
}

#[test]
fn presence_is_in_every_form_of_a_lookup() {
    let tenant = Tenant::new(100);
    let uid = tenant.inactive_person();
    let get = |format: &str| tenant.run(&["get", &uid, "--output", format]).expect(0);
    assert_eq!(get("json").json()["presence"], "inactive");
    assert_eq!(get("ndjson").json()["object"]["uid"].as_str(), Some(uid.as_str()));
    assert!(get("table").stdout.starts_with(&format!("User '{uid}': inactive\n")));
    assert!(get("csv").stdout.starts_with("uid,name,presence,"));
}

#[test]
fn somebody_who_is_not_there_is_said_to_be_so_with_the_evidence() {
    let tenant = Tenant::new(10);
    let answer = tenant.run(&["get", "nobody", "--output", "table"]).expect(1);
    assert!(answer.stdout.starts_with("User 'nobody': not found\n  asked "), "{}", answer.stdout);
    let answer = tenant.run(&["get", "nobody", "--output", "json"]).expect(1).json();
    assert_eq!(answer["presence"], "not_found");
    assert!(!answer["evidence"].as_array().unwrap().is_empty());
}

#[test]
fn test_and_schema_are_shown_in_every_format() {
    let tenant = Tenant::new(10);
    for format in ["table", "json", "ndjson", "csv"] {
        assert!(tenant.run(&["test", "--output", format]).expect(0).stdout.contains("token"), "{format}");
        assert!(
            tenant.run(&["schema", "--output", format]).expect(0).stdout.contains("department"),
            "{format}"
        );
    }
}
