//! `docs/seed-coverage.tsv`: which features of the products we learned from are there, and which test shows it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::known_tests::{self, Test};
use super::{none, root};

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

/// The tests that a name stands for: of any file, or of the one before the colon, which is named in full or by its end.
fn named<'a>(known: &'a [Test], name: &str) -> Vec<&'a Test> {
    let (file, name) = name.rsplit_once(':').map_or((None, name), |(file, name)| (Some(file), name));
    let fits = |test: &&Test| test.name == name && file.is_none_or(|file| test.path.ends_with(file));
    known.iter().filter(fits).collect()
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
    let known = known_tests::all();
    let complaints: Vec<_> = rows()
        .iter()
        .flat_map(|row| row.tests.iter().map(move |test| (row, test)))
        .filter(|(_, test)| named(&known, test).is_empty())
        .map(|(row, test)| format!("{}: there is no test '{test}'", row.id))
        .collect();
    none(&complaints);
}

/// Where one test shows a feature, it is one that runs in continuous integration.
#[test]
fn what_is_done_is_shown_by_a_test_that_is_not_skipped() {
    let (known, required) = (known_tests::all(), known_tests::required());
    let runs = |test: &String| named(&known, test).iter().any(|test| test.needs.is_subset(&required));
    let complaints: Vec<_> = rows()
        .iter()
        .filter(|row| row.status == "done" && !row.tests.iter().any(runs))
        .map(|row| {
            let all = row.tests.iter().flat_map(|test| named(&known, test));
            let needs: BTreeSet<_> = all.flat_map(|test| test.needs.difference(&required)).collect();
            format!("{}: its tests may be skipped for want of {needs:?}", row.id)
        })
        .collect();
    none(&complaints);
}

/// The judge of the test above tells what a test needs, by itself or through others.
#[test]
fn what_a_test_is_skipped_for_is_known() {
    let known = known_tests::all();
    for (name, needs) in [
        ("the_library_is_never_unloaded", "readelf"),
        ("suites/powershell.rs:the_module_keeps_its_pester_tests_over_the_program", "PowerShell 7"),
        ("worker/ordering.rs:a_worker_that_ends_lets_nobody_overtake_what_it_has_under_way", "RabbitMQ"),
        ("corpus/main.rs:the_corpus_holds_in_java", "JDK"),
        ("tests/logon.rs:assertion_signed_by_xmlsec1_is_believed", "xmlsec1"),
        ("tests/test_package.py:test_the_schema_has_attributes_with_types", "Python"),
        ("tests/Collected.cs:A_stream_keeps_its_connection", "Mono"),
        ("BundleTest.java:every_property_has_texts_and_secrets_are_confidential", "Maven"),
    ] {
        let found = named(&known, name);
        assert!(found.len() == 1 && found[0].needs.contains(needs), "{name} needs {needs}");
    }
    assert!(named(&known, "no_test_is_ignored")[0].needs.is_empty());
}

/// A name that nobody says would be required in vain.
#[test]
fn continuous_integration_requires_what_tests_may_lack() {
    let unknown: Vec<_> = known_tests::required()
        .into_iter()
        .filter(|name| !tests::skip::KNOWN.contains(&name.as_str()))
        .map(|name| format!(".ci/require names {name}"))
        .collect();
    none(&unknown);
}

#[test]
fn every_feature_of_the_reference_has_its_row_in_order() {
    let Some(expected) = reference_ids() else {
        tests::skip::missing("notes on the products");
        return;
    };
    let rows = rows();
    let found: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
    let missing = expected.iter().filter(|id| !found.contains(id)).map(|id| format!("{id} is missing"));
    none(&missing.collect::<Vec<_>>());
    assert_eq!(rows.iter().map(|row| &row.id).collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
}
