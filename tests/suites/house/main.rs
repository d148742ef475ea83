//! The house itself: what must stay true of the repository as a whole.

mod circles;
mod coverage;
mod crates;
mod docs;
mod entities;
mod imports;
mod known_tests;
mod lexer;
mod licenses;
mod manifest;
mod manners;
mod pointers;
mod sizes;
mod suites;
mod versions;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace. Cargo says where it is when the test runs; where the test was built may be
/// another copy with the same target folder.
fn root() -> PathBuf {
    let tests = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    Path::new(&tests).parent().unwrap().to_owned()
}

/// What a program prints, run at the root.
fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {}: {error}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    output(&cargo, arguments)
}

/// The text files that belong to the repository, or are about to, relative to the root, with their contents.
fn files(wanted: impl Fn(&Path) -> bool) -> Vec<(PathBuf, String)> {
    let names = output("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let mut files = Vec::new();
    for path in names.split_terminator('\0').map(PathBuf::from).filter(|path| wanted(path)) {
        // What is gone from disk, or no text, has nothing to say.
        if let Ok(text) = std::fs::read_to_string(root().join(&path)) {
            files.push((path, text));
        }
    }
    assert!(!files.is_empty(), "git lists no such file");
    files
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// Fails with every complaint, not just the first.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
