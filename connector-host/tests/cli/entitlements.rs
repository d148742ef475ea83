//! Groups, roles and permissions on the command line.

use super::support::Tenant;

#[test]
fn groups_are_listed_and_people_come_with_theirs() {
    let tenant = Tenant::new(60);
    let groups = tenant.run(&["search", "--object-class", "DynamicGroup"]).expect(0).lines();
    assert!(groups.iter().any(|group| group["name"] == "Project Phoenix"));
    let arguments = ["import", "--attributes", "groups,roles", "--filter", "userId eq 'jsmith'"];
    let people = tenant.run(&arguments).expect(0).lines();
    assert!(people[0]["attributes"]["groups"].to_string().contains("3604"), "{people:?}");
    let cell = tenant.run(&[&arguments[..], &["--output", "csv"]].concat()).expect(0).stdout;
    assert!(cell.contains("3604"), "{cell}");
}

#[test]
fn a_person_comes_into_a_group_and_a_role_is_refused_with_advice() {
    let tenant = Tenant::new(60);
    let saved = tenant.run(&["save", "cmueller", "groups+=3605"]).expect(0);
    assert!(saved.stdout.contains("DynamicGroup(3605)"), "{}", saved.stdout);
    let members = tenant.run(&["get", "3605", "--object-class", "DynamicGroup", "--attributes", "members"]);
    assert!(members.expect(0).stdout.contains("cmueller"));
    let refused = tenant.run(&["save", "cmueller", "roles+=82"]).expect(1);
    assert!(refused.stderr.contains("static group"), "{}", refused.stderr);
    tenant.run(&["suspend", "82", "--object-class", "RBPRole"]).expect(2);
}
