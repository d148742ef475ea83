//! The engine of the sandbox knows no entity by its name: what is peculiar to one is in few places.

use std::collections::BTreeSet;

use super::lexer::literals;
use super::{files, is_rust, none};

/// Where entities are named: the habits, and what makes the rows that are there from the start.
const PLACES: &[&str] = &["sandbox/src/habit", "sandbox/src/people"];

/// Files that name one for a reason.
const ALLOWED: &[(&str, &str)] =
    &[("sandbox/src/fault/text.rs", "a message that shows how a fault is written")];

/// What the names of entities that belong together begin with: a comparison with it names them all.
const FAMILIES: [&str; 5] = ["DG", "Emp", "FO", "Per", "RBP"];

/// The entities of the sandbox's model, from the first lines of its tables.
fn entities() -> BTreeSet<String> {
    let tables =
        files(|path| path.starts_with("sandbox/data") && path.extension().is_some_and(|end| end == "tsv"));
    let heads = tables.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.strip_prefix("E\t"));
    heads.filter_map(|head| head.split('\t').next()).map(str::to_owned).collect()
}

/// The entity that a literal names, or a family of them.
fn named<'a>(literal: &'a str, entities: &BTreeSet<String>) -> Option<&'a str> {
    let text = literal.trim_start_matches(['b', 'r', '#']).trim_matches(['"', '#']);
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.find(|word| entities.contains(*word)).or_else(|| Some(text).filter(|text| FAMILIES.contains(text)))
}

#[test]
fn only_the_habits_of_the_sandbox_name_an_entity() {
    let entities = entities();
    assert!(entities.len() > 40 && entities.contains("User"), "{entities:?}");
    let spared = |path: &std::path::Path| {
        let places = PLACES.iter().chain(ALLOWED.iter().map(|(file, _)| file));
        places.into_iter().any(|place| path.starts_with(place))
    };
    let mut complaints = Vec::new();
    for (path, text) in files(|path| path.starts_with("sandbox/src") && is_rust(path) && !spared(path)) {
        let found =
            literals(&text).into_iter().filter_map(|literal| Some((literal, named(literal, &entities)?)));
        complaints.extend(found.map(|(literal, name)| format!("{}: {name} in {literal}", path.display())));
    }
    none(&complaints);
}

/// Where the connector may name what is SAP's: its classes, its configuration, and how it logs in.
const CLASSES: &[&str] =
    &["connector-sfsf/src/class", "connector-sfsf/src/config", "connector-sfsf/src/auth"];

/// Properties of people that a mechanism could be tempted to know.
const PROPERTIES: &[&str] = &["userId", "username", "manager", "lastModifiedDateTime", "groupID", "roleId"];

#[test]
fn only_the_classes_of_the_connector_name_an_entity_or_a_property() {
    let mut names = entities();
    names.extend(connector_sfsf::manifest().object_classes.iter().map(|class| class.name.to_string()));
    names.extend(PROPERTIES.iter().map(|name| (*name).to_owned()));
    let is_spared = |path: &std::path::Path| CLASSES.iter().any(|place| path.starts_with(place));
    let is_test = |path: &std::path::Path| {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        ["_tests", "_laws"].iter().any(|end| name.ends_with(end))
    };
    let sources = files(|path| path.starts_with("connector-sfsf/src") && is_rust(path) && !is_spared(path));
    assert!(sources.len() > 50, "{}", sources.len());
    let mut complaints = Vec::new();
    for (path, text) in sources.into_iter().filter(|(path, _)| !is_test(path)) {
        let found =
            literals(&text).into_iter().filter_map(|literal| Some((literal, named(literal, &names)?)));
        complaints.extend(found.map(|(literal, name)| format!("{}: {name} in {literal}", path.display())));
    }
    none(&complaints);
}

#[test]
fn a_place_that_may_name_entities_does_so() {
    let entities = entities();
    let names = |path: &str| {
        files(|file| file.starts_with(path) && is_rust(file))
            .iter()
            .any(|(_, text)| literals(text).into_iter().any(|literal| named(literal, &entities).is_some()))
    };
    for (path, reason) in ALLOWED {
        assert!(names(path) && !reason.is_empty(), "{path}");
    }
    assert!(PLACES.iter().all(|path| names(path)));
}

#[test]
fn names_are_found_in_literals_as_words() {
    let entities = BTreeSet::from(["User".to_owned(), "EmpJob".to_owned()]);
    for (literal, expected) in [
        ("\"User\"", Some("User")),
        ("\"GET /odata/v2/User('x')\"", Some("User")),
        ("r#\"EmpJob\"#", Some("EmpJob")),
        ("\"Emp\"", Some("Emp")),
        ("\"userId of the UserAccount\"", None),
        ("\"Employee\"", None),
    ] {
        assert_eq!(named(literal, &entities), expected, "{literal}");
    }
    let text = "fn f() { g(\"a\") } // \"b\"\n#[cfg(test)]\nmod t { const C: &str = \"c\"; }\nconst D: &str = \"d\";";
    assert_eq!(literals(text), ["\"a\"", "\"d\""]);
}
