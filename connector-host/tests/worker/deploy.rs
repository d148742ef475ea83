//! The files that start a worker.

use std::process::Command;

const UNIT: &str = include_str!("../../../deploy/sfsf-connector-worker@.service");
const DOCKERFILE: &str = include_str!("../../../deploy/Dockerfile");
const PROGRAM: &str = env!("CARGO_BIN_EXE_sfsf-connector");

#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    let directory = tempfile::tempdir().unwrap();
    let unit = directory.path().join("sfsf-connector-worker@1.service");
    std::fs::write(&unit, UNIT.replace("/usr/bin/sfsf-connector", PROGRAM)).unwrap();
    let output = Command::new("systemd-analyze").arg("verify").arg(unit).output();
    let Some(output) = tests::skip::unless_missing("systemd-analyze", output) else { return };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
}

#[test]
fn the_options_in_unit_and_image_are_those_that_the_worker_has() {
    let help = Command::new(PROGRAM).args(["worker", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let start = UNIT.split("ExecStart=").nth(1).unwrap().split("\n#").next().unwrap();
    let entry = DOCKERFILE.split("ENTRYPOINT").nth(1).unwrap();
    let words = start.split([' ', '\n']).chain(entry.split(['"', ','])).filter(|word| word.starts_with("--"));
    let words: Vec<_> = words.collect();
    assert!(words.len() > 6, "{words:?}");
    for word in words {
        assert!(help.contains(&format!("{word} <")), "the worker has no {word}");
    }
}
