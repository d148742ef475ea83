//! What the program ends with, and what it says then.

use super::support::{Answer, Tenant};

#[track_caller]
fn refused(answer: Answer, code: i32, kind: &str, words: &str) {
    let answer = answer.expect(code);
    assert_eq!(answer.json()["error"]["data"]["kind"], kind);
    let stderr = answer.stderr;
    assert!(stderr.starts_with("error: ") && stderr.contains(words), "{words:?} is missing in {stderr}");
    assert!(stderr.contains("correlation id: c-42"), "{stderr}");
    for noise in ["panicked", "RUST_BACKTRACE", "Error(", "Body {"] {
        assert!(!stderr.contains(noise), "{stderr}");
    }
}

fn run(tenant: &Tenant, arguments: &[&str]) -> Answer {
    tenant.run(&[&["--correlation-id", "c-42", "--set", "max_attempts=1"], arguments].concat())
}

#[test]
fn refused_credentials_are_a_no_with_what_to_check() {
    let tenant = Tenant::new(5);
    let test = |set: &str| run(&tenant, &["--set", set, "test"]);
    refused(test("company_id=WRONG"), 1, "service_auth", "check company_id");
    refused(test("client_id=WRONG"), 1, "service_auth", "check client_id");
    refused(test("username=nobody"), 1, "service_auth", "username must be");
}

#[test]
fn a_key_that_does_not_belong_to_the_client_is_a_no() {
    let (tenant, other) = (Tenant::new(5), Tenant::new(5));
    let key = format!("private_key_file={}", other.path("key.pem").display());
    refused(run(&tenant, &["--set", &key, "test"]), 1, "service_auth", "private_key");
}

#[test]
fn an_unreachable_host_is_to_be_tried_again() {
    let tenant = Tenant::new(5);
    // Port 9 discards; nothing listens there.
    let away = ["--set", "url=http://127.0.0.1:9", "test"];
    refused(run(&tenant, &away), 3, "connection_failed", "url");
}

#[test]
fn throttling_maintenance_and_silence_are_to_be_tried_again() {
    let faulty = |fault: &str| {
        let tenant = Tenant::new(5);
        tenant.inject(fault);
        run(&tenant, &["--timeout", "1", "search"])
    };
    refused(faulty("throttle=7:/odata/v2/User"), 3, "rate_limited", "7 s");
    refused(faulty("html:/odata/v2/User"), 3, "unavailable", "502");
    refused(faulty("truncate:/odata/v2/User?"), 3, "target_protocol", "JSON");
    refused(faulty("hang:/odata/v2/User?"), 3, "timeout", "deadline");
}

#[test]
fn a_uid_that_names_nobody_is_wrong_usage_and_nothing_is_sent() {
    let tenant = Tenant::new(5);
    for uid in ["", " ", "\u{a0}"] {
        for arguments in [
            &["get", uid][..],
            &["get", uid, "--by", "__NAME__"],
            &["save", uid, "title=x"],
            &["delete", uid],
            &["suspend", uid],
            &["resume", uid],
            &["explain", uid],
        ] {
            refused(run(&tenant, arguments), 2, "invalid_request", "the uid is empty");
        }
    }
    refused(run(&tenant, &["suspend", " 100001"]), 2, "invalid_request", "begins or ends with a blank");
    refused(run(&tenant, &["save", "100001", "manager= "]), 2, "invalid_request", "the uid is empty");
    let sent = tenant.sandbox.requests();
    let asked: Vec<_> = sent.iter().map(|one| &one.path).filter(|path| path.contains("odata")).collect();
    assert!(asked.iter().all(|path| path.ends_with("$metadata")), "{asked:?}");
}

#[test]
fn a_literal_of_another_type_is_refused_before_anybody_is_asked_for() {
    let tenant = Tenant::new(5);
    let yesterday = ["--filter", "hireDate ge 'yesterday'"];
    for command in ["search", "import", "explain"] {
        let answer = run(&tenant, &[&[command][..], &yesterday].concat());
        refused(answer, 1, "invalid_attribute", "'hireDate' takes a date such as 2024-01-31");
    }
    let state = tenant.path("state");
    let answer = run(&tenant, &[&["import", "--state", state.to_str().unwrap()][..], &yesterday].concat());
    refused(answer, 1, "invalid_attribute", "'hireDate' takes a date");
    assert!(tenant.pages().is_empty() && !state.exists());
}

#[test]
fn a_wrong_filter_or_attribute_is_wrong_usage_and_nothing_is_sent() {
    let tenant = Tenant::new(5);
    for arguments in [
        &["search", "--filter", "status eq"][..],
        &["search", "--page-size", "0"],
        &["save", "jdoe", "title"],
        &["save", "jdoe", "a=1", "a+=2"],
        &["get", "x", "--object-class", "Spaceship"],
    ] {
        tenant.run(arguments).expect(2);
    }
    assert!(tenant.sandbox.requests().is_empty());
}

#[test]
fn a_record_that_cannot_be_read_does_not_stop_the_others_and_ends_with_1() {
    let tenant = Tenant::new(20);
    tenant.inject("bad-record:/odata/v2/User?*1");
    let answer = tenant.run(&["import"]).expect(1);
    let lines = answer.lines();
    assert_eq!(lines.iter().filter(|line| line.get("uid").is_some()).count(), 19);
    assert_eq!(lines.iter().filter(|line| line.get("problem").is_some()).count(), 1);
    assert!(answer.stderr.contains("1 record could not be read"), "{}", answer.stderr);
}

/// People of `User` have no days: asking for one is a mistake, and not heeding it would be a wrong answer.
#[test]
fn a_day_that_means_nothing_is_refused() {
    let tenant = Tenant::new(10);
    let as_of = ["--as-of", "2026-11-29"];
    for command in [&["get", "sfadmin"][..], &["search"], &["import"]] {
        let answer = tenant.run(&[command, &as_of[..]].concat()).expect(2);
        assert!(answer.stderr.contains("have no days, so as_of means nothing"), "{}", answer.stderr);
    }
    let answer = tenant.run(&["save", "sfadmin", "title=x", "--effective-date", "2026-11-29"]).expect(2);
    assert!(answer.stderr.contains("effective_date means nothing"), "{}", answer.stderr);
    tenant.run(&["get", "sfadmin", "--as-of", "tomorrow"]).expect(2);
}
