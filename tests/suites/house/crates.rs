//! Who may know whom, and what stands behind every dependency.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use super::{cargo, files, none, output, root};

/// The crates of the workspace and what each depends on, by kind: normal, build and dev.
struct Crates(BTreeMap<String, Vec<(String, String)>>);

impl Crates {
    fn read() -> Self {
        let text = cargo(&["metadata", "--no-deps", "--format-version", "1", "--offline"]);
        let metadata: Json = serde_json::from_str(&text).unwrap();
        let text = |json: &Json| json.as_str().unwrap_or("normal").to_owned();
        let edges = |package: &Json| {
            let dependencies = package["dependencies"].as_array().unwrap();
            dependencies.iter().map(|d| (text(&d["name"]), text(&d["kind"]))).collect()
        };
        let packages = metadata["packages"].as_array().unwrap();
        Self(packages.iter().map(|package| (text(&package["name"]), edges(package))).collect())
    }

    /// What a crate depends on; only for the finished program, or for its tests as well.
    fn dependencies(&self, name: &str, with_tests: bool) -> BTreeSet<&str> {
        let edges = &self.0[name];
        edges.iter().filter(|(_, kind)| with_tests || kind != "dev").map(|(name, _)| name.as_str()).collect()
    }

    /// The crates of the workspace that a crate depends on.
    fn siblings(&self, name: &str, with_tests: bool) -> Vec<&str> {
        let all = self.dependencies(name, with_tests);
        all.into_iter().filter(|name| self.0.contains_key(*name)).collect()
    }
}

#[test]
fn the_core_knows_no_other_crate_no_network_and_no_runtime() {
    let crates = Crates::read();
    assert!(crates.siblings("connector-core", true).is_empty());
    let dependencies = crates.dependencies("connector-core", false);
    for foreign in ["reqwest", "hyper", "tokio", "axum", "rustls", "clap"] {
        assert!(!dependencies.contains(foreign), "connector-core depends on {foreign}");
    }
}

#[test]
fn the_code_of_the_core_names_no_vendor() {
    let mut complaints = Vec::new();
    for (path, text) in files(|path| path.starts_with("connector-core/src")) {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let lower = line.to_lowercase();
            if ["successfactors", "sfsf", "odata", "openiam"].iter().any(|vendor| lower.contains(vendor)) {
                complaints.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn the_connector_knows_the_core_alone() {
    assert_eq!(Crates::read().siblings("connector-sfsf", true), ["connector-core"]);
}

#[test]
fn the_sandbox_and_the_connectors_do_not_know_each_other() {
    let crates = Crates::read();
    assert!(crates.siblings("sandbox", true).is_empty());
    for (name, _) in crates.0.iter().filter(|(name, _)| !["connector-host", "tests"].contains(&name.as_str()))
    {
        assert!(!crates.siblings(name, true).contains(&"sandbox"), "{name} depends on the sandbox");
    }
}

/// The lines of a table in a manifest.
fn table<'a>(manifest: &'a str, name: &str) -> BTreeSet<&'a str> {
    let (_, table) = manifest.split_once(&format!("[{name}]\n")).unwrap_or_default();
    table.lines().take_while(|line| !line.starts_with('[')).filter(|line| line.contains(" = ")).collect()
}

#[test]
fn every_crate_takes_the_lints_and_the_license_of_the_workspace() {
    for (path, text) in files(|path| path.ends_with("Cargo.toml")) {
        // The root is where they are; the crate of the suites may do what tests may. The C ABI cannot do
        // without unsafe code, and the next test looks at its lints.
        let own = path.starts_with("tests") || path.starts_with("connector-ffi");
        let lints = own || text.contains("[lints]\nworkspace = true");
        let license = text.contains("license.workspace = true");
        assert!((lints && license) || text.contains("[workspace]"), "{}", path.display());
    }
}

#[test]
fn the_c_abi_takes_all_lints_but_the_one_about_unsafe_code() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (workspace, abi) = (read("Cargo.toml"), read("connector-ffi/Cargo.toml"));
    for kind in ["rust", "clippy"] {
        let mut wanted = table(&workspace, &format!("workspace.lints.{kind}"));
        wanted.remove("unsafe_code = \"forbid\"");
        let missing: Vec<_> = wanted.difference(&table(&abi, &format!("lints.{kind}"))).copied().collect();
        assert!(!wanted.is_empty() && missing.is_empty(), "connector-ffi lacks {missing:?}");
    }
    let unsafe_code = table(&abi, "lints.rust");
    assert!(unsafe_code.contains("unsafe_code = \"deny\""));
    assert!(table(&abi, "lints.clippy").contains("undocumented_unsafe_blocks = \"deny\""));
}

/// Tests and measurements of the C ABI call it as C would; all else that is built has one such file.
#[test]
fn unsafe_code_is_in_one_file_of_the_c_abi() {
    let around =
        |path: &Path| ["connector-ffi/tests", "connector-ffi/examples"].iter().any(|f| path.starts_with(f));
    let allowing: Vec<_> = files(super::is_rust)
        .into_iter()
        .filter(|(path, _)| !around(path))
        .filter(|(_, text)| text.contains(concat!("#![allow(", "unsafe_code")))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_eq!(allowing, ["connector-ffi/src/abi.rs"]);
}

#[test]
fn the_carriers_know_the_core_and_the_connector_and_not_each_other() {
    let crates = Crates::read();
    assert_eq!(crates.siblings("connector-ffi", false), ["connector-core", "connector-sfsf"]);
    assert!(!crates.siblings("connector-host", true).contains(&"connector-ffi"));
}

/// Two providers of cryptography in one program panic as soon as somebody asks for the default one.
#[test]
fn the_program_links_one_provider_of_cryptography() {
    let all = cargo(&["tree", "--offline", "--workspace", "-e", "normal", "--prefix", "none", "-f", "{p}"]);
    let linked = |name: &str| all.lines().any(|line| line.starts_with(&format!("{name} v")));
    assert!(linked("aws-lc-rs") && !linked("ring") && !linked("openssl"));
}

#[test]
fn every_dependency_has_a_decision_that_names_it() {
    let decisions = std::fs::read_dir(root().join("docs/decisions")).into_iter().flatten();
    let text: String =
        decisions.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok()).collect();
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let words: BTreeSet<_> = text.split(|c| !is_part(c)).collect();
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, table) = manifest.split_once("[workspace.dependencies]\n").unwrap();
    let missing: Vec<_> = table
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.contains("path =") && !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(" =")?.0))
        .filter(|name| !words.contains(name))
        .map(|name| format!("no page in docs/decisions names {name}"))
        .collect();
    none(&missing);
}

#[test]
fn the_scripts_are_bash_that_parses() {
    for (path, _) in
        files(|path| [".ci/run", "tests/run", "tests/setup"].iter().any(|name| path.ends_with(name)))
    {
        output("bash", &["-n", &path.display().to_string()]);
    }
}
