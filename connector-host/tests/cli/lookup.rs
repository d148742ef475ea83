//! `lookup` on the command line.

use super::support::{Tenant, run};

#[test]
fn a_list_is_shown_as_table_csv_and_json() {
    let tenant = Tenant::new(60);
    let table = tenant.run(&["lookup", "departments", "--output", "table"]).expect(0).stdout;
    assert!(table.contains("Management") && table.contains("ACME~1000"), "{table}");
    let csv = tenant.run(&["lookup", "departments", "--output", "csv"]).expect(0).stdout;
    let header = csv.lines().next().unwrap();
    assert!(header.starts_with("code,label,status,key,decode,id,de_DE"), "{header}");
    let json = tenant
        .run(&["lookup", "picklist:ecEmailType", "--output", "json", "--max-age", "0"])
        .expect(0)
        .json();
    assert_eq!((&json["name"], &json["age_ms"]), (&"picklist:ecEmailType".into(), &0.into()));
    assert_eq!(json["values"][0]["labels"]["de_DE"], "Geschäftlich");
}

#[test]
fn without_a_name_the_lists_are_listed_and_a_wrong_one_is_wrong_usage() {
    let lists = run(&["lookup", "--output", "table"]).expect(0).stdout;
    for name in ["job_codes", "departments", "managers", "hr", "picklist:"] {
        assert!(lists.contains(name), "{name} is not in {lists}");
    }
    let wrong = Tenant::new(5).run(&["lookup", "colors"]).expect(2);
    assert!(wrong.stderr.contains("departments"), "{}", wrong.stderr);
}
