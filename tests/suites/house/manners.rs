//! What no file may say and no test may do.

use std::path::{Path, PathBuf};

use super::{files, is_rust, none};

/// Texts that belong to somebody's machine and not to the project. They are put together here so that
/// this file does not hold them.
fn foreign_texts() -> Vec<String> {
    let halves = [
        ("/work", "/"),
        ("/root", "/"),
        ("/home", "/"),
        ("/Users", "/"),
        ("/.libr", "ary"),
        ("poly", "glot"),
        ("replace-", "with ="),
        ("index-", "url"),
        ("extra-index", "-url"),
        ("CARGO_", "REGISTRIES"),
        ("GOPR", "OXY"),
    ];
    halves.iter().map(|(start, end)| format!("{start}{end}")).collect()
}

/// Waits in tests that are there for a reason.
const ALLOWED_SLEEPS: &[(&str, &str)] = &[
    ("connector-host/tests/worker/polling.rs", "processes and brokers do not say when they are ready"),
    ("tests/bench/server.rs", "the server of a benchmark is slow on purpose, if asked to be"),
];

/// The part of a Rust file that is tests.
fn test_code<'a>(path: &Path, text: &'a str) -> &'a str {
    let is_test_file = path.components().any(|part| part.as_os_str() == "tests")
        || path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"));
    match (is_test_file, text.find("#[cfg(test)]")) {
        (true, _) => text,
        (false, Some(start)) => &text[start..],
        (false, None) => "",
    }
}

/// Each line of these texts that holds one of these words.
pub fn finds(texts: &[(PathBuf, &str)], words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in texts {
        for (line, word) in text.lines().flat_map(|line| words.iter().map(move |word| (line, word))) {
            if line.contains(word.as_str()) {
                found.push(format!("{}: {word}: {}", path.display(), line.trim()));
            }
        }
    }
    found
}

#[test]
fn no_file_names_somebodys_machine() {
    let files = files(|_| true);
    let texts: Vec<_> = files.iter().map(|(path, text)| (path.clone(), text.as_str())).collect();
    none(&finds(&texts, &foreign_texts()));
}

#[test]
fn no_test_is_ignored() {
    let files = files(is_rust);
    let texts: Vec<_> = files.iter().map(|(path, text)| (path.clone(), text.as_str())).collect();
    none(&finds(&texts, &[format!("#[{}", "ignore")]));
}

#[test]
fn no_test_sleeps() {
    let files = files(is_rust);
    let allowed = |path: &Path| ALLOWED_SLEEPS.iter().any(|(known, _)| path == Path::new(known));
    let texts: Vec<_> = files
        .iter()
        .filter(|(path, _)| !allowed(path))
        .map(|(path, text)| (path.clone(), test_code(path, text)))
        .collect();
    none(&finds(&texts, &["", "_until", "_ms"].map(|end| format!("{}{end}(", "sleep"))));
}

#[test]
fn an_exception_from_no_sleeps_has_its_file_and_its_reason() {
    for (path, reason) in ALLOWED_SLEEPS {
        assert!(super::root().join(path).exists() && !reason.is_empty(), "{path}");
    }
}

#[test]
fn test_code_is_told_from_the_rest() {
    let text = "fn f() {}\n#[cfg(test)]\nmod tests {}";
    assert_eq!(test_code(Path::new("a/src/lib.rs"), text), "#[cfg(test)]\nmod tests {}");
    assert_eq!(test_code(Path::new("a/src/filter_tests.rs"), "x"), "x");
    assert_eq!(test_code(Path::new("a/tests/b.rs"), "x"), "x");
    assert_eq!(test_code(Path::new("a/src/lib.rs"), "x"), "");
}
