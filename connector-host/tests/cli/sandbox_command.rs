//! `sandbox`: a tenant that any client can be pointed at.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::support::{Tenant, finish, program, run};
use serde_json::Value as Json;
use tempfile::TempDir;

fn serve(directory: &Path, arguments: &[&str]) -> (Child, Json) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"))
        .env_clear()
        .current_dir(directory)
        .args(["sandbox", "--people", "50", "--output", "ndjson"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

#[test]
#[cfg(unix)]
fn it_serves_writes_a_private_configuration_logs_and_ends_on_sigterm() {
    use std::os::unix::fs::PermissionsExt;
    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name);
    let (mut child, ready) =
        serve(directory.path(), &["--write-config", "tenant.toml", "--log", "requests.log"]);
    assert!(ready["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(std::fs::metadata(path("tenant.toml")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read_to_string(path("tenant.crt")).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    let answer = finish(program().arg("--config").arg(path("tenant.toml")).arg("import")).expect(0);
    assert_eq!(answer.stdout.lines().count(), 50);
    let log = std::fs::read_to_string(path("requests.log")).unwrap();
    assert!(log.contains(" POST /oauth/token 200") && log.contains("50 records"), "{log}");
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The library and the bindings read JSON.
#[test]
fn it_writes_json_into_a_file_that_is_called_so() {
    let directory = TempDir::new().unwrap();
    let (mut child, ready) = serve(directory.path(), &["--write-config", "tenant.json"]);
    let path = directory.path().join("tenant.json");
    let keys: Result<Json, _> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap());
    let answer = finish(program().arg("--config").arg(path).arg("test"));
    child.kill().unwrap();
    child.wait().unwrap();
    let host = |url: &Json| url.as_str().unwrap().trim_end_matches('/').to_owned();
    assert_eq!(host(&keys.unwrap()["url"]), host(&ready["url"]));
    answer.expect(0);
}

#[test]
fn it_makes_trouble_on_request() {
    let directory = TempDir::new().unwrap();
    let arguments = ["--write-config", "tenant.toml", "--fault", "throttle=5:/oauth/token"];
    let (mut child, _) = serve(directory.path(), &arguments);
    let config = directory.path().join("tenant.toml");
    let answer = finish(program().arg("--config").arg(config).args(["--set", "max_attempts=1", "test"]));
    child.kill().unwrap();
    child.wait().unwrap();
    answer.expect(3);
}

#[test]
fn impossible_wishes_are_wrong_usage() {
    assert!(run(&["sandbox", "--fault", "earthquake"]).expect(2).stderr.contains("throttle"));
    assert!(run(&["sandbox", "--people", "1"]).expect(2).stderr.contains("people"));
    run(&["sandbox", "--listen", "nowhere"]).expect(2);
}

#[test]
fn the_log_of_a_running_sandbox_can_be_asked_for() {
    let tenant = Tenant::new(20);
    tenant.run(&["get", "sfapi"]).expect(0);
    let at = tenant.sandbox.base_url();
    let requests = run(&["sandbox", "log", "--at", &at]).expect(0).lines();
    let paths: Vec<_> = requests.iter().map(|request| request["path"].as_str().unwrap()).collect();
    let asked = ["/oauth/token", "/odata/v2/User/$metadata", "/odata/v2/User", "/odata/v2/EmpEmployment"];
    assert_eq!(paths, asked);
    assert_eq!((&requests[2]["status"], &requests[2]["records"]), (&200.into(), &1.into()));

    let table = run(&["sandbox", "log", "--at", &at, "--output", "table"]).expect(0).stdout;
    assert!(table.contains("POST /oauth/token") && table.lines().count() == 6, "{table}");
}

/// Whoever holds the configuration goes on working when the sandbox is started anew, be it with other people.
#[test]
fn a_configuration_that_is_there_keeps_its_key() {
    let directory = TempDir::new().unwrap();
    for name in ["tenant.toml", "tenant.json"] {
        let config = directory.path().join(name);
        let held = directory.path().join(format!("held-{name}"));
        let (mut child, ready) = serve(directory.path(), &["--write-config", name]);
        std::fs::copy(&config, &held).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let address =
            ready["url"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let (mut child, _) =
            serve(directory.path(), &["--write-config", name, "--listen", &address, "--seed", "9"]);
        let answer = finish(program().arg("--config").arg(&held).arg("test"));
        child.kill().unwrap();
        child.wait().unwrap();
        answer.expect(0);
    }
}

/// What is no configuration is not written over, and never quoted.
#[test]
fn a_file_that_is_no_configuration_is_left_alone() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("notes.toml");
    std::fs::write(&path, "hush = ").unwrap();
    let answer = finish(program().args(["sandbox", "--write-config"]).arg(&path)).expect(2);
    assert!(answer.stderr.contains("notes.toml") && !answer.stderr.contains("hush"), "{}", answer.stderr);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "hush = ");
    std::fs::write(&path, "private_key = 'no key'").unwrap();
    let answer = finish(program().args(["sandbox", "--write-config"]).arg(&path)).expect(2);
    assert!(
        answer.stderr.contains("--write-config") && !answer.stderr.contains("no key'"),
        "{}",
        answer.stderr
    );
}

#[test]
#[cfg(unix)]
fn a_control_token_opens_the_log_of_a_sandbox_for_others() {
    use std::os::unix::fs::PermissionsExt;
    let directory = TempDir::new().unwrap();
    let arguments = ["--listen", "0.0.0.0:0", "--host-name", "localhost", "--control-token", "control.txt"];
    let (mut child, ready) = serve(directory.path(), &arguments);
    let token = directory.path().join("control.txt");
    let at = ready["url"].as_str().unwrap().to_owned();
    let refused = run(&["sandbox", "log", "--at", &at]);
    let taken = finish(program().args(["sandbox", "log", "--at", &at, "--control-token"]).arg(&token));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(refused.stderr.contains("--control-token"), "{}", refused.stderr);
    assert_eq!(refused.code, 1);
    taken.expect(0);
    assert_eq!(std::fs::metadata(&token).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_log_of_nobody_is_named_as_such() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let answer = run(&["sandbox", "log", "--at", &format!("http://{free}")]).expect(3);
    assert!(answer.stderr.contains("no sandbox answers"), "{}", answer.stderr);
    run(&["sandbox", "log", "--at", "nowhere"]).expect(2);
}

#[test]
fn a_file_and_the_command_line_say_what_tenant_is_served() {
    let directory = TempDir::new().unwrap();
    let options = "people = 30\nfaults = [\"throttle=5:/oauth/token\"]\n\
        [switches]\nnull_clears = false\n[profile]\nbase = \"hub\"\nwithout = [\"fax\"]\n\
        [access]\nhidden_fields = [\"User/ssn\"]\n";
    std::fs::write(directory.path().join("tenant-options.toml"), options).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"))
        .env_clear()
        .current_dir(directory.path())
        .args([
            "sandbox",
            "--output",
            "ndjson",
            "--options",
            "tenant-options.toml",
            "--switch",
            "batch_status=202",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let ready: Json = serde_json::from_str(&line).unwrap();
    let answer = |path: &str| -> Json {
        let url = format!("{}/sandbox/{path}", ready["url"].as_str().unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let text = runtime.block_on(async { client.get(url).send().await.unwrap().text().await.unwrap() });
        serde_json::from_str(&text).unwrap()
    };
    let (status, switches) = (answer("status"), answer("switches"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((&status["people"], status["faults"].as_array().unwrap().len()), (&30.into(), 1));
    assert_eq!((&switches["null_clears"], &switches["batch_status"]), (&false.into(), &202.into()));
}

#[test]
fn options_that_no_tenant_has_are_named() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("wrong.toml");
    std::fs::write(&path, "[switches]\nnul_clears = false\n").unwrap();
    let answer = finish(program().args(["sandbox", "--options"]).arg(&path)).expect(2);
    assert!(answer.stderr.contains("nul_clears"), "{}", answer.stderr);
    assert!(run(&["sandbox", "--switch", "x=1"]).expect(2).stderr.contains("'x'"));
}
