//! No circles between the files of a crate: what a file needs does not need the file. A module and what is inside of
//! it are one thing here, and may know each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use super::imports::{Module, Sources};
use super::{files, is_rust, none};

/// The crates, by the folder of their modules.
pub(crate) const CRATES: &[&str] = &[
    "connector-core/src",
    "connector-ffi/src",
    "connector-host/src",
    "connector-sfsf/src",
    "sandbox/src",
    "tests/support",
];

type Edges = BTreeMap<Module, BTreeSet<Module>>;

/// The shortest way from a file back to itself.
fn circle(edges: &Edges, start: &Module) -> Option<Vec<Module>> {
    let mut before: BTreeMap<&Module, &Module> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        for next in &edges[at] {
            if next == start {
                let back = std::iter::successors(Some(at), |module| before.get(module).copied());
                let mut chain: Vec<Module> = back.cloned().collect();
                chain.reverse();
                chain.push(start.clone());
                return Some(chain);
            }
            if next != start && !before.contains_key(next) {
                before.insert(next, at);
                waiting.push_back(next);
            }
        }
    }
    None
}

/// A circle as a chain of files.
fn chain(sources: &Sources, circle: &[Module]) -> String {
    let names = circle.iter().map(|module| sources.path(module).display().to_string());
    names.collect::<Vec<_>>().join(" -> ")
}

/// For each file that stands in a circle the shortest one, every circle once.
fn circles(root: &str) -> (usize, Vec<String>) {
    let sources = Sources::new(Path::new(root), &files(|path| path.starts_with(root) && is_rust(path)));
    let edges = sources.edges();
    let found: Vec<Vec<Module>> = edges.keys().filter_map(|module| circle(&edges, module)).collect();
    let mut seen = BTreeSet::new();
    let new = found.iter().filter(|circle| seen.insert(circle.iter().collect::<BTreeSet<_>>()));
    (found.len(), new.map(|circle| chain(&sources, circle)).collect())
}

#[test]
fn no_files_of_a_crate_use_each_other_in_a_circle() {
    let mut complaints = Vec::new();
    for root in CRATES {
        let (count, chains) = circles(root);
        if count > 0 {
            complaints.push(format!("{root}: {count} files stand in circles"));
            complaints.extend(chains);
        }
    }
    none(&complaints);
}

#[test]
fn a_circle_is_found_and_told_as_a_chain_of_files() {
    let texts = [
        ("src/lib.rs", "mod a; mod b; mod c; mod d;"),
        ("src/a.rs", "use crate::b::B;"),
        ("src/b.rs", "fn f() { crate::c::g() }"),
        ("src/c.rs", "use super::a;"),
        ("src/d/mod.rs", "mod e; use e::E; use crate::a::A;"),
        ("src/d/e.rs", "use super::D;"),
    ];
    let texts = texts.map(|(path, text)| (path.into(), text.to_owned()));
    let sources = Sources::new(Path::new("src"), &texts);
    let edges = sources.edges();
    let found: Vec<String> = edges
        .keys()
        .filter_map(|module| circle(&edges, module))
        .map(|circle| chain(&sources, &circle))
        .collect();
    assert_eq!(found[0], "src/a.rs -> src/b.rs -> src/c.rs -> src/a.rs");
    assert_eq!(found.len(), 3);
}
