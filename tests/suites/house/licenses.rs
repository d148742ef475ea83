//! The licenses of everything that is built are on the list in `deny.toml`.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::SplitWhitespace;

use super::{cargo, none, root};

/// The list `allow` of the table `[licenses]`.
fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let (_, table) = text.split_once("[licenses]\n").unwrap();
    let (_, list) = table.split_once("allow = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    list.split('"').skip(1).step_by(2).map(ToOwned::to_owned).collect()
}

/// The list `exceptions` of the same table: the one package that may have a license, and the license.
fn exceptions() -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with("{ allow = ["));
    let quoted = |line: &str| line.split('"').skip(1).step_by(2).map(ToOwned::to_owned).collect::<Vec<_>>();
    let pairs = lines.map(|line| {
        let [license, package] = <[String; 2]>::try_from(quoted(line)).expect("one license for one crate");
        (package, license)
    });
    pairs.collect()
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
    let (allowed, exceptions) = (allowed(), exceptions());
    let is_exception = |package: &str, license: &str| {
        let name = package.split(' ').next().unwrap_or_default();
        exceptions.contains(&(name.to_owned(), license.to_owned()))
    };
    let edges = ["tree", "--offline", "--workspace", "-e", "normal,build,dev", "--prefix", "none"];
    let packages = cargo(&[&edges[..], &["-f", "{p}|{l}"]].concat());
    let lines = packages.lines().map(|line| line.trim_end_matches(" (*)"));
    let packages: BTreeSet<_> = lines.filter_map(|line| line.split_once('|')).collect();
    let complaints: Vec<_> = packages
        .into_iter()
        .filter(|(_, license)| !is_allowed(license, &allowed))
        .filter(|(package, license)| !is_exception(package, license))
        .map(|(package, license)| format!("{package}: '{license}'"))
        .collect();
    none(&complaints);
}

/// What is linked into what we give away has no exceptions.
#[test]
fn an_exception_is_for_a_tool() {
    let linked =
        cargo(&["tree", "--offline", "--workspace", "-e", "normal", "--prefix", "none", "-f", "{p}"]);
    for (package, _) in exceptions() {
        let package = format!("{package} v");
        assert!(!linked.lines().any(|line| line.starts_with(&package)), "{package}");
    }
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
