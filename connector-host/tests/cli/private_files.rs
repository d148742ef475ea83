//! What the program writes holds data of people: it is for its own user alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::support::{Answer, Tenant, finish};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn open_to_all(path: &Path) {
    fs::set_permissions(path, Permissions::from_mode(0o644)).unwrap();
}

/// An import with a state and a report in a folder of their own.
fn import(tenant: &Tenant, arguments: &[&str]) -> Answer {
    let folder = tenant.path("files");
    fs::create_dir_all(&folder).unwrap();
    let mut command = tenant.program(&["import", "--state"]);
    finish(command.arg(folder.join("state")).arg("--report").arg(folder.join("report.html")).args(arguments))
}

#[test]
fn state_keys_lock_and_report_are_for_their_owner_alone() {
    let tenant = Tenant::new(5);
    for run in 0..2 {
        import(&tenant, &["--full"]).expect(0);
        let files: Vec<_> =
            fs::read_dir(tenant.path("files")).unwrap().map(|file| file.unwrap().path()).collect();
        let generation = format!("state.keys.{}", run + 1);
        assert!(files.iter().any(|path| path.ends_with(&generation)), "{files:?}");
        for path in &files {
            assert_eq!(mode(path), 0o600, "{}", path.display());
            // As an earlier release left it.
            open_to_all(path);
        }
    }
    import(&tenant, &[]).expect(0);
    for file in ["state", "state.lock", "state.keys.2", "report.html"] {
        assert_eq!(mode(&tenant.path("files").join(file)), 0o600, "{file}");
    }
}

#[test]
fn what_a_link_leads_to_is_left_alone() {
    for name in ["state.tmp", "state.lock", "state.keys.1", "report.html", "report.html.tmp"] {
        let tenant = Tenant::new(5);
        let (folder, victim) = (tenant.path("files"), tenant.path("victim"));
        fs::create_dir(&folder).unwrap();
        fs::write(&victim, "precious").unwrap();
        open_to_all(&victim);
        symlink(&victim, folder.join(name)).unwrap();
        let answer = import(&tenant, &[]);
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious", "{name}");
        assert_eq!(mode(&victim), 0o644, "{name}");
        if name == "state.lock" {
            let answer = answer.expect(2);
            assert!(
                answer.stderr.contains("state.lock cannot be written: it is a link"),
                "{}",
                answer.stderr
            );
        } else {
            answer.expect(0);
        }
    }
}

#[test]
fn what_cannot_be_written_is_found_out_before_anything_is_sent() {
    let tenant = Tenant::new(5);
    let fails = |arguments: &[&str]| {
        let answer = finish(tenant.program(&["import"]).args(arguments)).expect(2);
        assert!(tenant.sandbox.requests().is_empty(), "{arguments:?}");
        answer.stderr
    };
    let missing = tenant.path("none").join("file");
    let said = format!("there is no folder {}", tenant.path("none").display());
    assert!(fails(&["--report", missing.to_str().unwrap()]).contains(&said));
    assert!(fails(&["--state", missing.to_str().unwrap()]).contains(&said));
    let folder = tenant.path("folder");
    fs::create_dir(&folder).unwrap();
    assert!(fails(&["--report", folder.to_str().unwrap()]).contains("cannot be written"));
    fails(&["--state", folder.to_str().unwrap()]);
    assert_eq!(
        fs::read_dir(tenant.directory.path())
            .unwrap()
            .filter(|file| { file.as_ref().unwrap().file_name().to_string_lossy().ends_with(".tmp") })
            .count(),
        0,
        "nothing is left behind"
    );
}

#[test]
fn a_key_that_others_can_read_is_warned_about_once() {
    let tenant = Tenant::new(5);
    assert!(!tenant.run(&["test"]).expect(0).stderr.contains("others can read"));
    open_to_all(&tenant.path("key.pem"));
    let stderr = tenant.run(&["test"]).expect(0).stderr;
    assert_eq!(stderr.matches("others can read it: chmod 600").count(), 1, "{stderr}");
    assert!(stderr.contains("key.pem (private_key_file) holds a secret"), "{stderr}");
}
