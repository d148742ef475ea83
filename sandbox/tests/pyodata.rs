//! An independent client: `pyodata`, SAP's own for Python, reads what the tenant says about itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use crate::skip;
use crate::support;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{Fixture, options};

/// The Python of `tests/setup`, which has `pyodata`. `None`, with a sentence, without.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join("bin/python");
    let has = skip::has_module(&python, "pyodata");
    if !has {
        skip::missing("pyodata");
    }
    has.then_some(python)
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
