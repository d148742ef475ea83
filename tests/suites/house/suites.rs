//! Where tests stand: every file of tests is part of a program that cargo runs, and the pages name programs and suites that
//! there are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{files, is_rust, none};

/// A program of tests, of a manifest that lists them all.
struct Program {
    name: String,
    main: PathBuf,
}

/// The programs of the crates that list theirs: `name = "…"` and `path = "…"` after `[[test]]`.
fn programs() -> Vec<Program> {
    let mut programs = Vec::new();
    for (manifest, text) in files(|path| path.ends_with("Cargo.toml")) {
        for table in text.split("\n[[test]]\n").skip(1) {
            let value = |key: &str| {
                let line = table.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
                line.and_then(|line| line.strip_suffix('"')).map(ToOwned::to_owned)
            };
            let (Some(name), Some(path)) = (value("name"), value("path")) else {
                panic!("{}: a [[test]] without a name or a path", manifest.display())
            };
            programs.push(Program { name, main: manifest.with_file_name("").join(path) });
        }
    }
    programs
}

/// The files that a file takes in as modules, as far as they exist.
fn modules(file: &Path, text: &str) -> Vec<PathBuf> {
    let folder = file.parent().unwrap();
    let own = folder.join(file.file_stem().unwrap());
    let mut modules = Vec::new();
    let mut named = None;
    for line in text.lines().map(str::trim) {
        if let Some(path) = line.strip_prefix("#[path = \"").and_then(|rest| rest.strip_suffix("\"]")) {
            named = Some(path);
        } else if let Some(name) = module(line) {
            match named.take() {
                Some(path) => modules.push(folder.join(path)),
                None => {
                    let places = [folder, &own]
                        .map(|at| [at.join(format!("{name}.rs")), at.join(name).join("mod.rs")]);
                    modules.extend(places.into_iter().flatten());
                }
            }
        }
    }
    modules
}

/// `x` of `mod x;`, whatever may see it.
fn module(line: &str) -> Option<&str> {
    let (_, rest) =
        line.split_once("mod ").filter(|(before, _)| before.is_empty() || before.starts_with("pub"))?;
    rest.strip_suffix(';')
}

/// The files of a program, all levels deep.
fn reached(main: &Path, all: &[(PathBuf, String)]) -> BTreeSet<PathBuf> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![main.to_owned()]);
    while let Some(path) = open.pop() {
        if let Some((path, text)) = all.iter().find(|(file, _)| *file == path)
            && reached.insert(path.clone())
        {
            open.extend(modules(path, text));
        }
    }
    reached
}

/// Where a crate lists its programs, cargo looks for no others: a file that nobody takes in would never run.
#[test]
fn every_file_of_tests_is_part_of_a_program() {
    let programs = programs();
    let of_tests = |path: &Path| is_rust(path) && path.components().any(|part| part.as_os_str() == "tests");
    let all = files(of_tests);
    let reached: BTreeSet<_> = programs.iter().flat_map(|program| reached(&program.main, &all)).collect();
    assert!(reached.len() > 100, "{reached:?}");
    let folders: BTreeSet<_> =
        programs.iter().map(|program| program.main.components().take(2).collect::<PathBuf>()).collect();
    let complaints: Vec<_> = all
        .iter()
        .filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)) && !reached.contains(path))
        .map(|(path, _)| format!("no program of tests has {}: name it in a main.rs", path.display()))
        .collect();
    none(&complaints);
}

/// Commands with `--test PROGRAM SUITE::`.
#[test]
fn the_pages_name_programs_and_suites_that_exist() {
    let programs = programs();
    let all = files(is_rust);
    let automatic = |name: &str| all.iter().any(|(path, _)| path.ends_with(format!("tests/{name}.rs")));
    let mut complaints = Vec::new();
    for (path, text) in
        files(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "rs"))
    {
        for command in text.split("cargo test ").skip(1).filter_map(|rest| rest.split(['\n', '`']).next()) {
            let words: Vec<_> = command.split_whitespace().collect();
            let Some(at) = words.iter().position(|word| *word == "--test") else { continue };
            let (name, suite) = (words.get(at + 1).copied().unwrap_or_default(), words.get(at + 2));
            let suite = suite.and_then(|word| word.split_once("::")).map(|(suite, _)| suite);
            let of_program = programs.iter().find(|program| program.name == name);
            let known = match (of_program, suite) {
                (Some(program), Some(suite)) => all
                    .iter()
                    .any(|(file, text)| *file == program.main && text.contains(&format!("mod {suite};"))),
                (program, _) => program.is_some() || automatic(name),
            };
            if !known {
                complaints.push(format!("{}: cargo test {command}", path.display()));
            }
        }
    }
    none(&complaints);
}
