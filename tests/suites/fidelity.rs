//! How faithful the embedded tenant is: every item of a checklist, every trap and every unconfirmed point
//! (docs/successfactors.md#unconfirmed-points), with the tests that prove it. A row that is missing, or a test that is
//! not there, fails.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test prints its table")]

#[path = "fidelity/checklist.rs"]
mod checklist;
#[path = "fidelity/register.rs"]
mod register;
#[path = "fidelity/traps.rs"]
mod traps;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A row of a table.
pub struct Row {
    /// Its number in the list.
    pub number: u32,
    /// What it is about.
    pub about: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What proves it.
    pub proof: Proof,
}

/// What proves a row.
pub enum Proof {
    /// Tests, by name.
    Tests(&'static [&'static str]),
    /// Switches of the tenant, by name.
    Switches(&'static [&'static str]),
    /// Nothing can: why.
    Fixed(&'static str),
}

fn row(number: u32, about: &'static str, source: &'static str, proof: Proof) -> Row {
    Row { number, about, source, proof }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The Rust files of the sandbox and of these suites.
fn sources() -> Vec<String> {
    let mut texts = Vec::new();
    let mut folders =
        vec![workspace().join("sandbox/src"), workspace().join("sandbox/tests"), workspace().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    texts
}

/// The names of all functions that are tests.
fn tests(sources: &[String]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in sources {
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            let name =
                line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            match name {
                Some(name) if marked => {
                    names.insert(name.to_owned());
                    marked = false;
                }
                Some(_) => marked = false,
                None => marked |= line.starts_with("#[test]") || line.starts_with("#[tokio::test"),
            }
        }
    }
    names
}

/// The names of the switches, from the sandbox's options.
fn switches() -> BTreeSet<String> {
    let text = std::fs::read_to_string(workspace().join("sandbox/src/options/switches.rs")).unwrap();
    let fields = text.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
    fields.map(|(name, _)| name.to_owned()).collect()
}

/// Prints a table, and says what is wrong with it.
fn check(title: &str, count: u32, rows: &[Row]) -> Vec<String> {
    let (tests, switches, mut wrong) = (tests(&sources()), switches(), Vec::new());
    println!("\n{title}");
    for row in rows {
        let Row { number, about, source, proof } = row;
        let proof = match proof {
            Proof::Tests(names) => {
                wrong.extend(
                    names
                        .iter()
                        .filter(|name| !tests.contains(**name))
                        .map(|name| format!("{title} {number}: no test {name}")),
                );
                if names.is_empty() {
                    wrong.push(format!("{title} {number}: proved by nothing"));
                }
                names.join(", ")
            }
            Proof::Switches(names) => {
                wrong.extend(
                    names
                        .iter()
                        .filter(|name| !switches.contains(**name))
                        .map(|name| format!("{title} {number}: no switch {name}")),
                );
                format!("switch {}", names.join(", "))
            }
            Proof::Fixed(why) => format!("fixed: {why}"),
        };
        println!("{number:>3}  {about}\n     [{source}]  {proof}");
    }
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    let expected: Vec<u32> = (1..=count).collect();
    if numbers != expected {
        wrong.push(format!("{title}: the rows are {numbers:?}"));
    }
    wrong
}

#[test]
fn every_item_of_the_checklist_is_proved() {
    assert_eq!(check("Checklist", 12, &checklist::rows()), [""; 0]);
}

#[test]
fn every_trap_is_proved() {
    assert_eq!(check("Traps", 40, &traps::rows()), [""; 0]);
}

#[test]
fn every_unconfirmed_point_has_a_switch_or_a_reason() {
    assert_eq!(check("Unconfirmed points", 20, &register::rows()), [""; 0]);
}

/// The newcomer's page names every switch and every kind of trouble.
#[test]
fn every_switch_and_trouble_is_in_the_page() {
    let page = std::fs::read_to_string(workspace().join("docs/sandbox.md")).unwrap();
    let options = std::fs::read_to_string(workspace().join("sandbox/src/options/switches.rs")).unwrap();
    let switches = options.split("pub struct Switches").nth(1).unwrap().split("\n}\n").next().unwrap();
    let switches = switches.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next());
    let troubles = std::fs::read_to_string(workspace().join("sandbox/src/fault/text.rs")).unwrap();
    let troubles =
        troubles.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" => FaultKind::"));
    let names =
        switches.map(|name| format!("| `{name}`")).chain(troubles.map(|(name, _)| format!("| `{name}")));
    let missing: Vec<String> = names.filter(|name| !page.contains(name.as_str())).collect();
    assert_eq!(missing, [""; 0]);
}
