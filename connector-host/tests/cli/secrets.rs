//! Secrets are in no output, whatever fails and however much is logged.

use super::support::{Answer, Tenant, finish};

const PASSWORD: &str = "Hush-Hush-2026";

/// Lines of the key are long and random enough to be found anywhere.
fn assert_silent(tenant: &Tenant, answer: &Answer) {
    let key: Vec<_> = tenant.sandbox.private_key_pem().lines().filter(|line| line.len() > 40).collect();
    for text in [&answer.stdout, &answer.stderr] {
        assert!(!text.contains(PASSWORD), "the password is in {text}");
        assert!(!key.iter().any(|line| text.contains(line)), "the key is in {text}");
        assert!(!text.contains("Bearer "), "a token is in {text}");
    }
}

#[test]
fn no_command_shows_a_secret_even_when_everything_is_logged() {
    let tenant = Tenant::new(10);
    let api_user = tenant.sandbox.user_id().to_owned();
    for format in ["plain", "json"] {
        let loud = ["--log-level", "trace", "--log-format", format];
        let run = |arguments: &[&str]| finish(&mut tenant.program(&[&loud[..], arguments].concat()));
        assert_silent(&tenant, &run(&["test"]));
        assert_silent(&tenant, &run(&["--set", "company_id=WRONG", "test"]));
        let mut reset = tenant.program(&[&loud[..], &["reset-password", &api_user]].concat());
        assert_silent(&tenant, &finish(reset.write_stdin(PASSWORD)));
        let mut save = tenant.program(&[&loud[..], &["save", &api_user, "--json", "-"]].concat());
        let changes = format!(r#"{{"password":"{PASSWORD}","hr":"nobody.at.all"}}"#);
        assert_silent(&tenant, &finish(save.write_stdin(changes)));
    }
}

#[test]
fn a_password_as_an_assignment_is_refused_before_anything_is_sent() {
    let tenant = Tenant::new(10);
    for name in ["password", "__PASSWORD__"] {
        let answer = tenant.run(&["save", "ada", &format!("{name}={PASSWORD}")]).expect(2);
        assert!(answer.stderr.contains("reset-password"), "{}", answer.stderr);
        assert_silent(&tenant, &answer);
    }
    assert!(tenant.sandbox.requests().is_empty());
}

#[test]
fn a_broken_configuration_is_not_quoted() {
    let tenant = Tenant::new(10);
    let key = tenant.sandbox.private_key_pem();
    for (name, text) in
        [("a.toml", format!("private_key = {key}")), ("a.json", format!("{{\"private_key\": {key}"))]
    {
        std::fs::write(tenant.path(name), text).unwrap();
        let config = tenant.path(name).display().to_string();
        let answer = super::support::run(&["--config", &config, "test"]).expect(2);
        assert!(answer.stderr.contains(name), "{}", answer.stderr);
        assert_silent(&tenant, &answer);
    }
}
