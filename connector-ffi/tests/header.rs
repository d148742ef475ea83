//! The header in git is the one that the code makes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;

#[test]
fn the_header_in_git_is_the_one_that_the_code_makes() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let configuration = cbindgen::Config::from_file(here.join("cbindgen.toml")).unwrap();
    let sources = ["src/status.rs", "src/abi.rs"].map(|path| here.join(path));
    let builder = cbindgen::Builder::new().with_config(configuration);
    let bindings = sources.into_iter().fold(builder, |builder, source| builder.with_src(source));
    let mut made = Vec::new();
    bindings.generate().unwrap().write(&mut made);
    let made = without_rust_sections(&String::from_utf8(made).unwrap());
    let path = here.join("include/sfsf_connector.h");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "the header is not what the code makes; run this test with UPDATE_SNAPSHOTS=1");
}

/// The safety sections say in the words of Rust what a C programmer takes for granted.
fn without_rust_sections(header: &str) -> String {
    let mut kept = Vec::new();
    let mut skipping = false;
    for line in header.lines() {
        if line.trim() == "* # Safety" {
            skipping = true;
            // The empty line before the section.
            kept.pop();
        } else if line.trim() == "*/" {
            skipping = false;
        }
        if !skipping {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
}
