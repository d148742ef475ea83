//! `docs/seed-coverage.tsv`: which features of the products we learned from are there, and which test shows it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{files, is_rust, none, root};

struct Row {
    id: String,
    status: String,
    tests: Vec<String>,
    note: String,
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(root().join("docs/seed-coverage.tsv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("id\tstatus\ttest\tnote"));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<_> = line.split('\t').collect();
    let [id, status, tests, note] = cells[..] else { panic!("not four columns: {line}") };
    Row {
        id: id.to_owned(),
        status: status.to_owned(),
        tests: tests.split(',').map(|test| test.trim().to_owned()).filter(|test| !test.is_empty()).collect(),
        note: note.trim().to_owned(),
    }
}

/// The names of the test functions of the repository, in Rust and in Java.
fn test_functions() -> BTreeSet<String> {
    let mut names = java_test_methods();
    for (_, text) in files(is_rust) {
        let mut marked = false;
        for line in text.lines().map(str::trim_start) {
            marked |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            if let (true, Some((_, rest))) = (marked, line.split_once("fn ")) {
                names.insert(rest.split(['(', '<']).next().unwrap_or_default().to_owned());
                marked = false;
            }
        }
    }
    names
}

/// What follows `@Test` or `@ParameterizedTest`.
fn java_test_methods() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, text) in files(|path| path.extension().is_some_and(|extension| extension == "java")) {
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            marked |= matches!(line, "@Test" | "@ParameterizedTest");
            if let (true, Some(rest)) = (marked, line.strip_prefix("void ")) {
                names.insert(rest.split('(').next().unwrap_or_default().to_owned());
                marked = false;
            }
        }
    }
    names
}

/// The ids of the features, in their order, where the notes on the products are at hand.
fn reference_ids() -> Option<Vec<String>> {
    let shared = std::env::var_os("SFSF_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let text = std::fs::read_to_string(shared.join("reference/seed-systems.md")).ok()?;
    let ids = text.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**")).map(|(id, _)| id);
    Some(ids.filter(|id| id.contains('-')).map(ToOwned::to_owned).collect())
}

#[test]
fn every_row_has_an_id_of_its_own_and_a_status() {
    let mut seen = BTreeSet::new();
    let mut complaints = Vec::new();
    for row in rows() {
        let id = &row.id;
        if !seen.insert(id.clone()) {
            complaints.push(format!("{id} is there twice"));
        }
        match row.status.as_str() {
            "done" if row.tests.is_empty() => complaints.push(format!("{id} is done without a test")),
            "never" if row.note.is_empty() => complaints.push(format!("{id} is never without a reason")),
            "no" | "never" if !row.tests.is_empty() => {
                complaints.push(format!("{id} has a test and is not done"))
            }
            "done" | "no" | "never" => {}
            other => complaints.push(format!("{id} has the status '{other}'")),
        }
    }
    none(&complaints);
}

#[test]
fn what_is_done_names_tests_that_exist() {
    let known = test_functions();
    let complaints: Vec<_> = rows()
        .iter()
        .flat_map(|row| row.tests.iter().map(move |test| (row, test)))
        .filter(|(_, test)| !known.contains(*test))
        .map(|(row, test)| format!("{}: there is no test '{test}'", row.id))
        .collect();
    none(&complaints);
}

#[test]
fn every_feature_of_the_reference_has_its_row_in_order() {
    let Some(expected) = reference_ids() else {
        tests::skip::without("notes on the products (SFSF_SHARED)");
        return;
    };
    let rows = rows();
    let found: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
    let missing = expected.iter().filter(|id| !found.contains(id)).map(|id| format!("{id} is missing"));
    none(&missing.collect::<Vec<_>>());
    assert_eq!(rows.iter().map(|row| &row.id).collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
}
