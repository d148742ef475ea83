//! `| head -1`: the reader's wish, and no reason to go on asking.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::support::Tenant;

fn read_one_line(tenant: &Tenant, format: &str) -> (String, Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"))
        .env_clear()
        .arg("--config")
        .arg(tenant.path("tenant.json"))
        .args(["--output", format, "import"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    (line, output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_closed_output_ends_with_0_and_without_another_request() {
    for format in ["ndjson", "csv", "json"] {
        let tenant = Tenant::new(5000);
        let (line, code, stderr) = read_one_line(&tenant, format);
        assert!(!line.is_empty());
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{format}");
        assert_eq!(tenant.pages().len(), 1, "{format}");
    }
}
