//! `| head -1` and Ctrl-C: the reader's wish, and no reason to go on asking.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::support::Tenant;

fn import(tenant: &Tenant, format: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sfsf-connector"))
        .env_clear()
        .arg("--config")
        .arg(tenant.path("tenant.json"))
        .args(["--output", format, "import"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn read_one_line(tenant: &Tenant, format: &str) -> (String, Option<i32>, String) {
    let mut child = import(tenant, format);
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    (line, output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_closed_output_ends_with_0_and_without_a_page_beyond_the_next() {
    for format in ["ndjson", "csv", "json"] {
        let tenant = Tenant::new(5000);
        let (line, code, stderr) = read_one_line(&tenant, format);
        assert!(!line.is_empty());
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{format}");
        // Of five. The second is asked for while the first is used up, and may be on its way by then.
        assert!(tenant.pages().len() <= 2, "{format}: {:?}", tenant.pages());
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_with_130_and_says_so_in_the_output() {
    let tenant = Tenant::new(1500);
    tenant.inject("hang:skiptoken");
    let mut child = import(&tenant, "ndjson");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.by_ref().take(1000).count(), 1000);
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let last: serde_json::Value = serde_json::from_str(&lines.last().unwrap()).unwrap();
    assert_eq!(last["error"]["data"]["kind"], "cancelled");
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
