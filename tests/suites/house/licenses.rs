//! The licenses of everything that is built are on the list in `deny.toml`.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::SplitWhitespace;

use crate::{cargo, none, root};

/// The list `allow` of the table `[licenses]`.
fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let (_, table) = text.split_once("[licenses]\n").unwrap();
    let (_, list) = table.split_once("allow = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    list.split('"').skip(1).step_by(2).map(ToOwned::to_owned).collect()
}

/// Whether an SPDX expression can be satisfied: `AND` demands both sides, `OR` and the old `/` one of them.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = expression.split_whitespace().peekable();
    any(&mut words, allowed) == Some(true) && words.next().is_none()
}

type Words<'a, 'b> = &'a mut Peekable<SplitWhitespace<'b>>;

/// Nothing is returned for what is no expression.
fn any(words: Words<'_, '_>, allowed: &BTreeSet<String>) -> Option<bool> {
    let mut satisfied = all(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        satisfied |= all(words, allowed)?;
    }
    Some(satisfied)
}

fn all(words: Words<'_, '_>, allowed: &BTreeSet<String>) -> Option<bool> {
    let mut satisfied = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        satisfied &= one(words, allowed)?;
    }
    Some(satisfied)
}

fn one(words: Words<'_, '_>, allowed: &BTreeSet<String>) -> Option<bool> {
    let word = words.next()?;
    if word == "(" {
        let satisfied = any(words, allowed)?;
        return (words.next()? == ")").then_some(satisfied);
    }
    match words.next_if_eq(&"WITH") {
        Some(_) => Some(allowed.contains(&format!("{word} WITH {}", words.next()?))),
        None => Some(allowed.contains(word)),
    }
}

#[test]
fn every_license_is_allowed() {
    let allowed = allowed();
    let edges = ["tree", "--offline", "--workspace", "-e", "normal,build,dev", "--prefix", "none"];
    let packages = cargo(&[&edges[..], &["-f", "{p}|{l}"]].concat());
    let lines = packages.lines().map(|line| line.trim_end_matches(" (*)"));
    let packages: BTreeSet<_> = lines.filter_map(|line| line.split_once('|')).collect();
    let complaints: Vec<_> = packages
        .into_iter()
        .filter(|(_, license)| !is_allowed(license, &allowed))
        .map(|(package, license)| format!("{package}: '{license}'"))
        .collect();
    none(&complaints);
}

#[test]
fn an_expression_is_satisfied_as_spdx_says() {
    let allowed = ["MIT", "ISC"].map(ToOwned::to_owned).into();
    for good in
        ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "MIT AND ISC", "GPL-3.0 OR (MIT AND (ISC OR GPL-2.0))"]
    {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT OR", "(MIT", "MIT ISC", "MIT WITH exception"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
