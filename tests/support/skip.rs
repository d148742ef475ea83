//! Checks that cannot run here. Each goes through [`missing`], which names what is missing, and is counted; it fails where
//! `SFSF_REQUIRE` names that.
//!
//! `SFSF_REQUIRE` is a list with commas, of names in [`KNOWN`]. `tests/run` names a file in `SFSF_SKIPS`, to which each
//! skip adds a line, and ends with a table of them.

#![allow(
    dead_code,
    clippy::panic,
    clippy::print_stdout,
    reason = "shared with suites that use a part of it, and said in their output"
)]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

/// All that may be missing where tests run: tools, systems and data.
pub const KNOWN: [&str; 35] = [
    "@odata/client",
    "C compiler",
    "C++ compiler",
    "Chromium",
    "JDK",
    "Linux",
    "Maven",
    "Mono",
    ".NET",
    "NUnit",
    "Node.js",
    "PowerShell 7",
    "Python",
    "RabbitMQ",
    "SAP Cloud SDK",
    "another JDK",
    "bash",
    "cargo-cyclonedx",
    "curl",
    "ensurepip",
    "grammar of PowerShell",
    "nm",
    "notes on the products",
    "openssl",
    "pika",
    "published metadata",
    "pyodata",
    "readelf",
    "samples of answers",
    "script",
    "systemd-analyze",
    "tar",
    "typos",
    "valgrind",
    "xmlsec1",
];

/// The check that calls this does not run, or not in full, for want of this.
///
/// # Panics
///
/// If `SFSF_REQUIRE` names it, or if it is not in [`KNOWN`].
#[track_caller]
pub fn missing(what: &str) {
    assert!(KNOWN.contains(&what), "tests/support/skip.rs does not know of '{what}'");
    let required = std::env::var("SFSF_REQUIRE").unwrap_or_default();
    let is_required = required.split(',').any(|name| name.trim() == what);
    assert!(
        !is_required,
        "{what} is missing, and SFSF_REQUIRE names it; tests/setup installs what the tests need"
    );
    println!("skipped: {what} is missing");
    let Some(list) = std::env::var_os("SFSF_SKIPS") else { return };
    let thread = std::thread::current();
    let line = format!("{what}\t{}\n", thread.name().unwrap_or("a helper thread"));
    let file = OpenOptions::new().create(true).append(true).open(list);
    // One call for the whole line: tests of several programs write at once.
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    assert!(written.is_ok(), "the list of skips cannot be written: {written:?}");
}

/// What a program said; where it is not installed, the check that runs it is skipped for want of this.
///
/// # Panics
///
/// If it is there and cannot be run.
#[track_caller]
pub fn unless_missing(what: &str, ran: std::io::Result<Output>) -> Option<Output> {
    match ran {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            missing(what);
            None
        }
        Err(error) => panic!("{what}: {error}"),
    }
}

/// Whether this Python has a module. A Python that is not there has none.
///
/// # Panics
///
/// If the Python is there and cannot say.
pub fn has_module(python: &Path, module: &str) -> bool {
    let question =
        format!("import importlib.util, sys; sys.exit(0 if importlib.util.find_spec('{module}') else 42)");
    let asked = match Command::new(python).args(["-c", &question]).output() {
        Ok(asked) => asked,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return false,
        Err(error) => panic!("{}: {error}", python.display()),
    };
    match asked.status.code() {
        Some(0) => true,
        Some(42) => false,
        _ => panic!("{}: {}", python.display(), String::from_utf8_lossy(&asked.stderr)),
    }
}
