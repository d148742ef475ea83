//! `explain` on the command line.

use super::support::{Tenant, run};

#[test]
fn a_filter_is_explained_line_by_line() {
    let tenant = Tenant::new(20);
    let arguments = ["explain", "--filter", "status eq 'f' and email eq 'x'"];
    let text = tenant.run(&[&arguments[..], &["--output", "table"]].concat()).expect(0).stdout;
    assert!(text.contains("tenant   status in 'f'"), "{text}");
    assert!(text.contains("here     email eq 'x': the tenant cannot filter by 'email'"), "{text}");
    let json = tenant.run(&[&arguments[..], &["--output", "json"]].concat()).expect(0).json();
    assert_eq!(json["here"][0]["filter"], "email eq 'x'");
}

#[test]
fn a_person_is_explained_also_if_there_is_none() {
    let tenant = Tenant::new(60);
    let text = tenant.run(&["explain", "person", "gone.1", "--output", "table"]).expect(0).stdout;
    assert!(text.contains("gone.1: inactive") && text.contains("User.status is f"), "{text}");
    let json = tenant.run(&["explain", "nobody", "--output", "json"]).expect(0).json();
    assert_eq!((&json["presence"], json.get("enabled")), (&"not_found".into(), None));
    run(&["explain"]).expect(2);
}
