//! An independent client: `pyodata`, SAP's own for Python, reads what the tenant says about itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

#[path = "../../tests/support/skip.rs"]
#[allow(dead_code, reason = "shared with all suites")]
mod skip;
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{Fixture, options};

/// A Python that has `pyodata`: the one on the path, or one in a virtual environment below the target
/// directory, which is made at the first run. `None`, with a sentence, if there is no way.
fn python() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pyodata");
    let inside = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let has = |python: &Path| runs(Command::new(python).args(["-c", "import pyodata, requests"]));
    if let Some(ready) = [PathBuf::from("python3"), inside.clone()].into_iter().find(|one| has(one)) {
        return Some(ready);
    }
    let pip = ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", "15", "pyodata", "requests"];
    let made = runs(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        && runs(Command::new(&inside).args(pip))
        && has(&inside);
    if !made {
        skip::missing("pyodata (python3 with venv and a package index)");
    }
    made.then_some(inside)
}

fn runs(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The metadata parses, 5,000 people iterate, and a filter, a key read, a count and a function agree with what
/// is stored.
#[tokio::test(flavor = "multi_thread")]
async fn pyodata_reads_five_thousand_people() {
    let Some(python) = tokio::task::spawn_blocking(python).await.unwrap() else { return };
    let fixture = Fixture::with(options(5000)).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/python/drive.py");
    let mut command = Command::new(python);
    command.arg(script).arg(format!("{}/odata/v2", fixture.tenant.base_url())).arg(&fixture.token);
    command.arg("cmueller");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap();

    assert_eq!(seen["strange"], serde_json::json!([]));
    assert_eq!((&seen["properties"], &seen["key"]), (&80.into(), &serde_json::json!(["userId"])));
    assert!(seen["navigations"].as_array().unwrap().contains(&"manager".into()));
    assert!(seen["functions"].as_array().unwrap().contains(&"upsert".into()));
    assert_eq!((&seen["people"], &seen["distinct"]), (&5000.into(), &5000.into()));
    assert_eq!((seen["count"].as_u64(), fixture.tenant.people()), (Some(5000), 5000));
    let inactive = fixture.tenant.people_by_status()["f"];
    assert_eq!(seen["inactive"].as_array().unwrap().len(), inactive);
    assert_eq!(seen["username"], fixture.tenant.user("cmueller").unwrap()["username"]);
    assert!(seen["hired"].is_string());
    assert_eq!(seen["valid"]["isValidSession"], true);
}
