//! `import` since the last time, and who is gone.

use serde_json::Value as Json;

use super::support::{Answer, Tenant, finish};

/// An import with a state, whose retries come at once.
fn import(tenant: &Tenant, arguments: &[&str]) -> Answer {
    let state = tenant.path("state.json");
    let sets = ["import", "--set", "first_retry_wait=0", "--set", "page_size=20", "--state"];
    finish(tenant.program(&sets).arg(state).args(arguments))
}

fn uids(answer: &Answer) -> Vec<String> {
    answer.lines().iter().filter_map(|line| line["uid"].as_str().map(str::to_owned)).collect()
}

fn gone(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let lines = answer.lines();
    let gone = lines.iter().filter_map(|line| line.get("gone"));
    gone.map(|gone| (text(&gone["uid"]), text(&gone["reason"]))).collect()
}

/// Everybody changed long ago, but for those whom a test touches.
fn tenant() -> Tenant {
    Tenant::new(50)
}

#[test]
fn the_second_run_lists_who_has_changed() {
    let tenant = tenant();
    let first = import(&tenant, &[]).expect(0);
    assert_eq!(uids(&first).len(), 50);
    finish(&mut tenant.program(&["save", "ada", "username=ada", "status=t"])).expect(0);
    let second = import(&tenant, &[]).expect(0);
    assert_eq!(uids(&second), ["ada", "v4admin"], "v4admin has no time stamp, and always comes");
    assert!(second.stdout.lines().count() == 2 && second.stderr.contains("2 objects"), "{}", second.stderr);
}

#[test]
fn whoever_is_purged_is_gone_after_two_sightings_and_a_look() {
    let tenant = tenant();
    let someone = uids(&import(&tenant, &[]).expect(0)).into_iter().find(|uid| uid.starts_with('1')).unwrap();
    tenant.sandbox.purge(&someone);
    assert!(gone(&import(&tenant, &[]).expect(0)).is_empty(), "changes do not tell");
    let full = import(&tenant, &["--full"]).expect(0);
    assert_eq!((uids(&full).len(), gone(&full).len()), (49, 0));
    assert!(full.stderr.contains("1 object did not come"), "{}", full.stderr);
    let next = import(&tenant, &[]).expect(0);
    assert_eq!(gone(&next), [(someone, "removed".to_owned())]);
    for arguments in [&["--full"][..], &[]] {
        assert!(gone(&import(&tenant, arguments).expect(0)).is_empty(), "it is said once");
    }
}

#[test]
fn an_inventory_after_the_changes_finds_who_is_missing_too() {
    let tenant = tenant();
    let someone = uids(&import(&tenant, &[]).expect(0)).into_iter().find(|uid| uid.starts_with('1')).unwrap();
    tenant.sandbox.purge(&someone);
    let before = tenant.sandbox.requests().len();
    let run = import(&tenant, &["--inventory"]).expect(0);
    assert!(uids(&run).len() < 5 && run.stderr.contains("1 object did not come"), "{}", run.stderr);
    let requests = &tenant.sandbox.requests()[before..];
    let keys_only =
        requests.iter().filter(|one| one.path.ends_with("/User") && !one.raw_query.contains("lastName"));
    assert!(keys_only.count() >= 3, "{requests:?}");
    assert_eq!(gone(&import(&tenant, &[]).expect(0)), [(someone, "removed".to_owned())]);
}

#[test]
fn whoever_comes_back_or_was_only_hidden_is_not_gone() {
    let tenant = tenant();
    let someone = uids(&import(&tenant, &[]).expect(0)).into_iter().find(|uid| uid.starts_with('1')).unwrap();
    let filter = format!("not (userId eq '{someone}')");
    // Another filter needs another state.
    import(&tenant, &["--filter", &filter]).expect(2);
    tenant.sandbox.inject("bad-record:/odata/v2/User?*1".parse().unwrap());
    let run = import(&tenant, &["--full"]).expect(1);
    assert!(run.stderr.contains("did not come"), "a record without a key: {}", run.stderr);
    let next = import(&tenant, &[]).expect(0);
    assert!(gone(&next).is_empty(), "the look shows that they are there");
}

#[test]
fn when_many_are_missing_nobody_is_let_go() {
    let tenant = tenant();
    for uid in uids(&import(&tenant, &[]).expect(0)).iter().filter(|uid| uid.starts_with('1')).take(15) {
        tenant.sandbox.purge(uid);
    }
    let run = import(&tenant, &["--full"]).expect(0);
    assert!(run.stderr.contains("15 of 50 did not come"), "{}", run.stderr);
    assert!(gone(&import(&tenant, &[]).expect(0)).is_empty());
    let run = import(&tenant, &["--full", "--max-gone", "100"]).expect(0);
    assert!(run.stderr.contains("15 objects did not come"), "{}", run.stderr);
    assert_eq!(gone(&import(&tenant, &[]).expect(0)).len(), 15);
}

#[test]
fn a_run_that_failed_goes_on_where_it_was_and_lets_nobody_go() {
    let tenant = tenant();
    import(&tenant, &[]).expect(0);
    tenant.sandbox.inject("html=503:skiptoken".parse().unwrap());
    let broken = import(&tenant, &["--full", "--set", "max_attempts=1"]).expect(3);
    assert_eq!(uids(&broken).len(), 20);
    tenant.sandbox.clear_faults();
    let rest = import(&tenant, &[]).expect(0);
    assert!(rest.stderr.contains("going on from the last checkpoint"), "{}", rest.stderr);
    assert!(!rest.stderr.contains("did not come") && gone(&rest).is_empty(), "{}", rest.stderr);
    assert_eq!(uids(&rest).len(), 30);
}

#[test]
fn a_token_can_be_carried_by_hand() {
    let tenant = tenant();
    let first = finish(&mut tenant.program(&["import", "--output", "ndjson"])).expect(0);
    let token = first.stderr.split("--since ").nth(1).unwrap().trim();
    let second = finish(&mut tenant.program(&["import", "--since", token, "--output", "ndjson"])).expect(0);
    assert_eq!(uids(&second), ["v4admin"]);
    let other = tenant.program(&["import", "--since", token, "--filter", "status eq 't'"]).output().unwrap();
    assert_eq!(other.status.code(), Some(2));
}

#[test]
fn a_token_for_now_lists_nobody_and_later_whoever_changed_since() {
    let tenant = tenant();
    let now = finish(&mut tenant.program(&["import", "--token-only", "--output", "ndjson"])).expect(0);
    assert!(uids(&now).is_empty(), "{}", now.stdout);
    let pages =
        tenant.sandbox.requests().iter().filter(|one| one.raw_query.contains("customPageSize")).count();
    assert_eq!(pages, 0, "nobody is read for it");
    let token = now.stderr.split("--since ").nth(1).unwrap().trim();
    finish(&mut tenant.program(&["save", "100011", "title=Countess"])).expect(0);
    let second = finish(&mut tenant.program(&["import", "--since", token, "--output", "ndjson"])).expect(0);
    assert_eq!(uids(&second), ["100011", "v4admin"]);
    finish(&mut tenant.program(&["import", "--token-only", "--since", token])).expect(2);
}

#[test]
fn a_state_is_for_formats_that_write_as_things_come() {
    let tenant = tenant();
    for format in ["table", "json"] {
        import(&tenant, &["--output", format]).expect(2);
    }
    assert!(!tenant.path("state.json").exists());
    std::fs::write(tenant.path("state.json"), "{}").unwrap();
    assert!(import(&tenant, &[]).expect(2).stderr.contains("no state of imports"));
}

#[test]
fn who_is_gone_is_said_in_every_format() {
    let tenant = tenant();
    let filter = ["--filter", "title eq 'Countess'", "--attributes", "title"];
    finish(&mut tenant.program(&["save", "100011", "title=Countess"])).expect(0);
    let begin = finish(tenant.program(&["--output", "ndjson", "import"]).args(filter)).expect(0);
    let token = begin.stderr.split("--since ").nth(1).unwrap().trim();
    import(&tenant, &[&["--output", "csv"][..], &filter].concat()).expect(0);
    finish(&mut tenant.program(&["save", "100011", "title=Duchess"])).expect(0);
    let since = |format: &str| {
        let arguments = ["--output", format, "import", "--since", token];
        finish(tenant.program(&arguments).args(filter)).expect(0).stdout
    };
    let table = since("table");
    assert!(table.starts_with("gone     why\n") && table.contains("\n100011   left_filter\n"), "{table}");
    assert!(since("json").contains("\"gone\"") && since("ndjson").contains(r#"{"gone":{"#));
    for csv in [since("csv"), import(&tenant, &[&["--output", "csv"][..], &filter].concat()).expect(0).stdout]
    {
        assert!(
            csv.starts_with("uid,name,title,gone\n") && csv.contains("\n100011,,,left_filter\n"),
            "{csv}"
        );
    }
}

#[test]
fn two_runs_do_not_share_a_state() {
    let tenant = tenant();
    let lock = std::fs::File::create(tenant.path("state.json.lock")).unwrap();
    lock.lock().unwrap();
    let answer = import(&tenant, &[]).expect(3);
    assert!(answer.stderr.contains("another import is under way"), "{}", answer.stderr);
    drop(lock);
    import(&tenant, &[]).expect(0);
}
