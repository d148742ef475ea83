//! Where keys come from, and what is said about wrong ones.

use super::support::{Tenant, finish, program, run};

#[test]
fn every_wrong_key_is_named_at_once_and_no_value() {
    let tenant = Tenant::new(5);
    let wrong = r#"{"url":"nowhere","usernme":"hush-1","page_size":"hush-2","private_key":"hush-3"}"#;
    std::fs::write(tenant.path("tenant.json"), wrong).unwrap();
    let answer = tenant.run(&["test"]).expect(2);
    for key in ["url", "usernme", "page_size", "company_id", "client_id"] {
        assert!(answer.stderr.contains(key), "{key} is missing in {}", answer.stderr);
    }
    assert!(!answer.stderr.contains("hush") && !answer.stdout.contains("hush"), "{}", answer.stderr);
    assert!(tenant.sandbox.requests().is_empty());
}

#[test]
fn without_a_configuration_the_next_step_is_named() {
    let answer = run(&["test"]).expect(2);
    assert!(
        answer.stderr.contains("--config FILE") && answer.stderr.contains("--sandbox"),
        "{}",
        answer.stderr
    );
    assert_eq!(answer.json()["error"]["data"]["kind"], "configuration");
}

#[test]
fn toml_json_and_the_environment_are_understood() {
    let tenant = Tenant::new(5);
    tenant.run(&["test"]).expect(0);
    let keys = tenant.keys();
    let toml: String =
        keys.as_object().unwrap().iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
    std::fs::write(tenant.path("tenant.toml"), toml).unwrap();
    finish(program().env("SFSF_CONFIG", tenant.path("tenant.toml")).arg("test")).expect(0);
    let mut command = program();
    for (key, value) in keys.as_object().unwrap() {
        command.env(format!("SFSF_{}", key.to_uppercase()), value.as_str().unwrap());
    }
    // A file that is named in the environment is relative to where the program runs.
    finish(command.current_dir(tenant.directory.path()).arg("test")).expect(0);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let tenant = Tenant::new(5);
    let company = |variable: Option<&str>, flag: Option<&str>| {
        let mut command = tenant.program(&["test"]);
        command.envs(variable.map(|value| ("SFSF_COMPANY_ID", value)));
        command.args(flag.map(|value| format!("--set=company_id={value}")));
        finish(&mut command).code
    };
    let right = tenant.sandbox.company_id();
    assert_eq!(company(None, None), 0);
    assert_eq!(company(Some("WRONG"), None), 1);
    assert_eq!(company(Some("WRONG"), Some(right)), 0);
    assert_eq!(company(None, Some("WRONG")), 1);
}

#[test]
fn a_key_from_the_environment_replaces_the_file_that_the_configuration_names() {
    let tenant = Tenant::new(5);
    std::fs::write(tenant.path("key.pem"), "this is no key").unwrap();
    tenant.run(&["test"]).expect(2);
    let key = tenant.sandbox.private_key_pem().to_owned();
    finish(tenant.program(&["test"]).env("SFSF_PRIVATE_KEY", key)).expect(0);
}

#[test]
fn secrets_are_refused_as_flags_with_the_alternatives() {
    let answer = run(&["test", "--set", "private_key=hush"]).expect(2);
    assert!(answer.stderr.contains("private_key_file") && answer.stderr.contains("SFSF_PRIVATE_KEY"));
    assert!(!answer.stderr.contains("hush") && !answer.stdout.contains("hush"));
}

#[test]
fn a_misspelled_variable_is_warned_about() {
    let tenant = Tenant::new(5);
    let answer = finish(tenant.program(&["test"]).env("SFSF_COMPNAY_ID", "x")).expect(0);
    assert!(answer.stderr.contains("SFSF_COMPNAY_ID"), "{}", answer.stderr);
}

#[test]
fn the_sandbox_flag_leaves_file_and_environment_aside() {
    let unreachable = "https://production.invalid";
    let mut command = program();
    command.env("SFSF_URL", unreachable).env("SFSF_CONFIG", "/does/not/exist");
    finish(command.args(["--sandbox", "--people", "20", "test"])).expect(0);
    run(&["--sandbox", "--config", "x.toml", "test"]).expect(2);
}

#[test]
fn a_file_that_is_not_there_or_broken_is_named() {
    let answer = run(&["--config", "/does/not/exist.toml", "test"]).expect(2);
    assert!(answer.stderr.contains("/does/not/exist.toml"), "{}", answer.stderr);
}

#[test]
fn the_size_of_a_tenant_that_is_not_there_is_refused() {
    assert!(run(&["--people", "5", "test"]).expect(2).stderr.contains("--sandbox"));
}

#[test]
fn a_tenant_on_this_machine_is_reached_past_the_proxy_of_the_environment() {
    let tenant = Tenant::new(5);
    let mut command = tenant.program(&["test"]);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:9");
    }
    finish(&mut command).expect(0);
}

#[test]
#[cfg(unix)]
fn a_file_that_never_ends_is_refused_at_once_wherever_it_is_named() {
    let tenant = Tenant::new(5);
    let pipe = tenant.path("pipe").display().to_string();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pipe = pipe.as_str();
    for endless in [pipe, "/dev/zero"] {
        let set = |key: &str| format!("--set={key}={endless}");
        let uid = tenant.sandbox.user_id();
        for arguments in [
            &["--config", endless, "test"][..],
            &[&set("private_key_file"), "test"],
            &[&set("access_token_file"), "test"],
            &[&set("private_key_passphrase_file"), "test"],
            &[&set("certificate"), "test"],
            &[&set("ca_file"), "test"],
            &["reset-password", uid, "--password-file", endless],
            &["save", uid, "--json", endless],
            &["worker", "--broker-password-file", endless],
            &["worker", "--broker", "amqps://127.0.0.1:1", "--broker-ca-file", endless],
            &["worker", "--broker", "amqp://127.0.0.1:1", "--codec", "openiam", "--mapping", endless],
        ] {
            let mut command = if arguments[0] == "--config" { program() } else { tenant.program(&[]) };
            let answer = finish(command.args(arguments).timeout(std::time::Duration::from_secs(20)));
            assert_eq!(answer.code, 2, "{arguments:?}: {}", answer.stderr);
            assert!(answer.stderr.contains("not a regular file"), "{arguments:?}: {}", answer.stderr);
        }
    }
    assert!(tenant.sandbox.requests().is_empty());
}

#[test]
fn a_password_of_a_proxy_is_not_taken_on_the_command_line_and_shown_nowhere() {
    let tenant = Tenant::new(5);
    let answer = tenant.run(&["--set", "proxy=http://u:hush@127.0.0.1:1", "test"]).expect(2);
    assert!(answer.stderr.contains("SFSF_PROXY"), "{}", answer.stderr);
    let proxy = |address: &str| {
        let mut command = tenant.program(&["--set", "max_attempts=1", "--log-level", "trace", "test"]);
        let answer = finish(command.env("SFSF_PROXY", address));
        assert!(!format!("{}{}", answer.stdout, answer.stderr).contains("hush"), "{}", answer.stderr);
        answer.code
    };
    assert_eq!((proxy("http://u:hush@127.0.0.1:1"), proxy("htpp://u:hush@127.0.0.1:1")), (3, 2));
    assert!(tenant.sandbox.requests().is_empty(), "the tenant was asked past the proxy");
}

#[test]
fn a_proxy_of_the_environment_of_no_known_kind_is_refused_where_it_would_be_used() {
    let tenant = Tenant::new(5);
    let ask = |url: &str| {
        let mut command =
            tenant.program(&["--set", &format!("url={url}"), "--set", "max_attempts=1", "test"]);
        finish(command.env("HTTPS_PROXY", "htpp://u:hush@127.0.0.1:1"))
    };
    let answer = ask("https://tenant.invalid").expect(2);
    assert!(answer.stderr.contains("HTTPS_PROXY") && !answer.stderr.contains("hush"), "{}", answer.stderr);
    assert_eq!(ask(&tenant.sandbox.base_url()).code, 0, "a tenant on this machine is behind no proxy");
}

#[test]
fn a_wrong_key_is_named_with_where_it_stands_and_what_it_was_meant_to_be() {
    let tenant = Tenant::new(5);
    let toml = "# the tenant\nurl = \"https://h.example\"\nusernme = \"hush-1\"\n\n[nested]\npage_size = 5\n";
    let json = "{\n \"url\": \"https://h.example\",\n \"usernme\": \"hush-1\",\n\n \"nested\": {}\n}\n";
    for (name, text) in [("wrong.toml", toml), ("wrong.json", json)] {
        std::fs::write(tenant.path(name), text).unwrap();
        let mut command = program();
        command.arg("--config").arg(tenant.path(name)).args(["test", "--set", "pagesize=hush-2"]);
        let answer = finish(command.env("SFSF_READ_TIMEOUT", "hush-3")).expect(2);
        for part in [
            format!(
                "usernme ({}, line 3) is not a key of the configuration, did you mean username?",
                tenant.path(name).display()
            ),
            format!("nested ({}, line 5) is not a key of the configuration", tenant.path(name).display()),
            "pagesize (--set pagesize) is not a key of the configuration, did you mean page_size?".to_owned(),
            "read_timeout (the environment variable SFSF_READ_TIMEOUT) is not a whole number".to_owned(),
            "company_id is missing".to_owned(),
        ] {
            assert!(answer.stderr.contains(&part), "{part} is not in {}", answer.stderr);
        }
        assert!(!answer.stderr.contains("hush") && !answer.stdout.contains("hush"), "{}", answer.stderr);
    }
}

#[test]
fn a_wrong_key_of_a_carrier_is_named_with_where_it_stands_too() {
    let tenant = Tenant::new(5);
    std::fs::write(tenant.path("wrong.toml"), "url = \"https://h.example\"\nusernme = \"x\"\n").unwrap();
    let mut command = program();
    command.arg("--config").arg(tenant.path("wrong.toml")).arg("stdio");
    let answer = finish(command.write_stdin("{\"id\":1,\"method\":\"open\"}\n"));
    assert!(answer.stdout.contains("wrong.toml, line 2"), "{}", answer.stdout);
    let mut command = program();
    command.arg("stdio").env("SFSF_URL", "https://h.example");
    let own = "{\"id\":1,\"method\":\"open\",\"params\":{\"configuration\":{\"url\":\"nowhere\"}}}\n";
    let answer = finish(command.write_stdin(own));
    assert!(answer.stdout.contains("url ") && !answer.stdout.contains("SFSF_URL"), "{}", answer.stdout);
}

#[test]
fn a_misspelled_variable_is_told_what_it_was_meant_to_be() {
    let tenant = Tenant::new(5);
    let answer = finish(tenant.program(&["test"]).env("SFSF_COMPNAY_ID", "x")).expect(0);
    assert!(answer.stderr.contains("did you mean SFSF_COMPANY_ID?"), "{}", answer.stderr);
}

#[test]
fn what_is_missing_of_a_path_is_named() {
    let tenant = Tenant::new(5);
    let nowhere = tenant.path("nowhere");
    let file = nowhere.join("x.toml");
    let missing_folder = format!("there is no folder {}", nowhere.display());
    for arguments in [
        vec!["--config", file.to_str().unwrap(), "test"],
        vec!["--sandbox", "--people", "5", "import", "--state", file.to_str().unwrap()],
    ] {
        let answer = run(&arguments);
        assert!(answer.stderr.contains(&missing_folder), "{arguments:?}: {}", answer.stderr);
    }
    let here = tenant.path("x.toml");
    let answer = run(&["--config", here.to_str().unwrap(), "test"]).expect(2);
    assert!(answer.stderr.contains(&format!("there is no file {}", here.display())), "{}", answer.stderr);
    let mut keys = tenant.keys();
    keys["private_key_file"] = "nowhere/key.pem".into();
    std::fs::write(tenant.path("tenant.json"), keys.to_string()).unwrap();
    let answer = tenant.run(&["test"]).expect(2);
    assert!(
        answer.stderr.contains("line 1) names a file in a folder that does not exist"),
        "{}",
        answer.stderr
    );
}
