//! Tests that cannot run here. Each is said and counted, and fails where what it needs should be.
//!
//! `tests/run` names a file in `SFSF_SKIPS`, to which each skip adds a line, and ends with a table of them.

#![allow(
    dead_code,
    clippy::print_stdout,
    reason = "shared with suites that use a part of it, and said in their output"
)]

use std::fs::OpenOptions;
use std::io::Write;

/// A tool is missing that every machine of continuous integration has, or that `tests/setup` installs.
///
/// # Panics
///
/// Where the variable `CI` is set: there, a check that does not run is no check.
#[track_caller]
pub fn missing(tool: &str) {
    let in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    assert!(!in_ci, "{tool} is missing, and CI is set; tests/setup installs what the tests need");
    note(tool);
}

/// Something is not here that cannot be had everywhere: another system, a second Java, published metadata.
pub fn without(what: &str) {
    note(what);
}

fn note(what: &str) {
    println!("skipped: there is no {what}");
    let Some(list) = std::env::var_os("SFSF_SKIPS") else { return };
    let thread = std::thread::current();
    let line = format!("{what}\t{}\n", thread.name().unwrap_or("a helper thread"));
    let file = OpenOptions::new().create(true).append(true).open(list);
    // One call for the whole line: tests of several programs write at once.
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    assert!(written.is_ok(), "the list of skips cannot be written: {written:?}");
}
