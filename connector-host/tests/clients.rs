//! The recipes of docs/sandbox.md for other clients, run as they stand on the page: each of them reads all 5,000 people
//! of a sandbox that was started without a switch.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sfsf-connector");

/// The fenced blocks of the page's part about other clients: language and text.
fn recipes() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sandbox.md");
    let page = std::fs::read_to_string(page).unwrap();
    let part = page.split("\n## Other clients\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks = part.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap());
    blocks.map(|(language, text)| (language.to_owned(), text.to_owned())).collect()
}

fn recipe(language: &str, part: &str) -> String {
    let mut found = recipes().into_iter().filter(|(one, text)| one == language && text.contains(part));
    found.next().unwrap_or_else(|| panic!("no recipe with {part}")).1
}

/// A tenant that the page's own command starts, on a free port.
struct Tenant {
    directory: TempDir,
    process: Child,
    address: String,
}

impl Tenant {
    fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let command = recipe("sh", "sandbox --listen").replace(":8080", ":0");
        let mut process = Command::new(PROGRAM)
            .args(command.split_whitespace().skip(1))
            .args(["--output", "ndjson", "--log", "requests.log"])
            .current_dir(directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        let address =
            ready["url"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { directory, process, address }
    }

    /// Runs a recipe with the page's real token, and gives what it prints.
    fn run(&self, recipe: &str) -> String {
        let token = self::recipe("sh", "sfsf-connector --config tenant.toml assertion");
        let script = format!("set -e\n{token}\n{recipe}").replace("127.0.0.1:8080", &self.address);
        let program = Path::new(PROGRAM).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path))).unwrap();
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(self.directory.path())
            .env("PATH", path)
            .env("NODE_PATH", tools().join("node/node_modules"))
            .env("NO_PROXY", "127.0.0.1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Writes a recipe into a file, and runs it with an interpreter.
    fn run_with(&self, interpreter: &Path, name: &str, recipe: &str) -> String {
        std::fs::write(self.directory.path().join(name), recipe).unwrap();
        self.run(&format!("'{}' {name}", interpreter.display()))
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

/// Where `tests/setup` puts what it installs.
fn tools() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools")
}

/// Node.js, if it is here with this package of that tool.
fn node(tool: &str, package: &str) -> Option<PathBuf> {
    if !tools().join("node/node_modules").join(package).is_dir() {
        tests::skip::missing(tool);
        return None;
    }
    let node = tests::on_path("node");
    if node.is_none() {
        tests::skip::missing("Node.js");
    }
    node
}

#[test]
fn curl_reads_five_thousand_people() {
    if tests::on_path("curl").is_none() {
        return tests::skip::missing("curl");
    }
    assert_eq!(Tenant::new().run(&recipe("sh", "__next")), "5000");
}

#[test]
fn pyodata_reads_five_thousand_people() {
    let python = tools().join("bin/python");
    if !tests::skip::has_module(&python, "pyodata") {
        return tests::skip::missing("pyodata");
    }
    let recipe = recipe("python", "pyodata");
    assert_eq!(Tenant::new().run_with(&python, "recipe.py", &recipe), "5000");
}

#[test]
fn odata_client_reads_five_thousand_people() {
    let Some(node) = node("@odata/client", "@odata/client") else { return };
    let recipe = recipe("js", "@odata/client");
    assert_eq!(Tenant::new().run_with(&node, "recipe.js", &recipe), "5000");
}

#[test]
fn sap_cloud_sdk_reads_five_thousand_people() {
    let Some(node) = node("SAP Cloud SDK", "@sap-cloud-sdk/http-client") else { return };
    let recipe = recipe("js", "@sap-cloud-sdk/http-client");
    assert_eq!(Tenant::new().run_with(&node, "recipe.js", &recipe), "5000");
}
