//! The tests of the repository in all languages, each with what it is skipped for want of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{files, root};

/// A test.
pub struct Test {
    /// Where it stands.
    pub path: PathBuf,
    /// What its function is called.
    pub name: String,
    /// What it is skipped for want of, all or a part of it.
    pub needs: BTreeSet<String>,
}

/// All tests.
pub fn all() -> Vec<Test> {
    let mut tests = of_rust();
    tests.extend(of_others("java", &["JDK", "Maven"], &["@Test", "@ParameterizedTest"], "void "));
    tests.extend(of_others("cs", &["Mono", "NUnit"], &["[Test]", "[TestCase("], "public "));
    tests.extend(of_others("py", &["Python"], &[""], "def test_"));
    tests
}

/// What continuous integration does not do without.
pub fn required() -> BTreeSet<String> {
    let list = std::fs::read_to_string(root().join(".ci/require")).unwrap();
    list.lines().map(ToOwned::to_owned).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// The function after a line that begins with a mark; with an empty mark, every function that begins so.
fn of_others(extension: &str, needs: &[&str], marks: &[&str], begin: &str) -> Vec<Test> {
    let mut tests = Vec::new();
    for (path, text) in files(|path| has_extension(path, extension)) {
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            marked |= marks.iter().any(|mark| line.starts_with(mark));
            if !marked || !line.starts_with(begin) {
                continue;
            }
            let name = line.split('(').next().unwrap().rsplit(' ').next().unwrap().to_owned();
            let needs = needs.iter().map(ToString::to_string).collect();
            tests.push(Test { path: path.clone(), name, needs });
            marked = false;
        }
    }
    tests
}

/// A function of a Rust file.
struct Function {
    path: PathBuf,
    /// The type whose `impl` it stands in, or nothing.
    owner: String,
    name: String,
    is_test: bool,
    body: String,
}

fn functions() -> Vec<Function> {
    let mut functions = Vec::new();
    for (path, text) in files(|path| has_extension(path, "rs")) {
        let (mut owner, mut is_test) = (String::new(), false);
        let lines: Vec<_> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            if line.starts_with("impl") {
                owner = line.trim_end_matches(" {").rsplit(' ').next().unwrap_or_default().to_owned();
            } else if line.starts_with('}') {
                owner.clear();
            }
            is_test |= code.starts_with("#[test]") || code.starts_with("#[tokio::test");
            let Some(name) = declared(code) else { continue };
            let end = format!("{}}}", &line[..line.len() - code.len()]);
            let length =
                lines[at..].iter().position(|line| *line == end || line.ends_with("{}")).unwrap_or(0);
            let body = lines[at..=at + length].join("\n");
            let (owner, name, path) = (owner.clone(), name.to_owned(), path.clone());
            functions.push(Function { path, owner, name, is_test, body });
            is_test = false;
        }
    }
    functions
}

/// `x` of `pub async fn x(`.
fn declared(code: &str) -> Option<&str> {
    let (before, rest) = code.split_once("fn ")?;
    let words = ["", "async", "const", "unsafe", "pub", "pub(super)", "pub(crate)"];
    let is_declaration = before.split(' ').all(|word| words.contains(&word));
    is_declaration.then(|| rest.split(['(', '<']).next().unwrap_or_default())
}

/// What a body itself says is missing.
fn said(body: &str) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for (call, argument) in [("missing(\"", 0), ("need(\"", 1)] {
        for rest in body.split(call).skip(1) {
            said.extend(rest.split('"').step_by(2).nth(argument).map(ToOwned::to_owned));
        }
    }
    said
}

/// What a body calls, with the types before it: `find`, `Mono::find`; and what it has another thread call.
fn calls(body: &str) -> BTreeSet<&str> {
    let code = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    // What is in quotes is no code.
    let parts = code.flat_map(|line| line.split('"').step_by(2));
    let mut calls = BTreeSet::new();
    for part in parts {
        let mut rest = part;
        while let Some(begin) = rest.find(is_of_name) {
            let end = rest[begin..].find(|c| !is_of_name(c)).map_or(rest.len(), |length| begin + length);
            let is_given = rest[..begin].ends_with("spawn_blocking(");
            let word = &rest[begin..end];
            if rest[end..].starts_with('(') || is_given || word.contains("::") {
                calls.insert(word);
            }
            rest = &rest[end..];
        }
    }
    calls
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}

fn of_rust() -> Vec<Test> {
    let functions = functions();
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, function) in functions.iter().enumerate() {
        by_name.entry(&function.name).or_default().push(at);
    }
    let needs = needs(&functions, &by_name);
    let tests = functions.iter().zip(needs).filter(|(function, _)| function.is_test);
    tests.map(|(test, needs)| Test { path: test.path.clone(), name: test.name.clone(), needs }).collect()
}

/// For each function what it and all that it calls say is missing.
fn needs(functions: &[Function], by_name: &BTreeMap<&str, Vec<usize>>) -> Vec<BTreeSet<String>> {
    let called: Vec<Vec<usize>> =
        functions.iter().map(|function| called(function, functions, by_name)).collect();
    let mut needs: Vec<_> = functions.iter().map(|function| said(&function.body)).collect();
    loop {
        let mut changed = false;
        for (at, called) in called.iter().enumerate() {
            let more: BTreeSet<_> = called.iter().flat_map(|other| needs[*other].clone()).collect();
            let before = needs[at].len();
            needs[at].extend(more);
            changed |= needs[at].len() > before;
        }
        if !changed {
            return needs;
        }
    }
}

/// The functions that a body names: those of a type, else those of its own file, else those beside it.
fn called(function: &Function, functions: &[Function], by_name: &BTreeMap<&str, Vec<usize>>) -> Vec<usize> {
    let mut called = Vec::new();
    for word in calls(&function.body) {
        let mut parts = word.rsplit("::");
        let (name, owner) = (parts.next().unwrap_or_default(), parts.next());
        let owner = owner.map(|owner| if owner == "Self" { function.owner.as_str() } else { owner });
        for other in by_name.get(name).into_iter().flatten() {
            let candidate = &functions[*other];
            let is_near = candidate.path.parent() == function.path.parent();
            let fits = match owner.filter(|owner| owner.starts_with(char::is_uppercase)) {
                Some(owner) => {
                    candidate.owner == owner && (is_near || candidate.path.starts_with("tests/support"))
                }
                None => candidate.path == function.path || (owner.is_some() && is_near),
            };
            if fits && !candidate.is_test {
                called.push(*other);
            }
        }
    }
    called
}
