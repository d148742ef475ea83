//! Runs the program, with a tenant or without.

use std::path::PathBuf;

use assert_cmd::Command;
use sandbox::{Options, RecordedRequest, Sandbox};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What the program said, and how it ended.
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    /// The only JSON document on standard output.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {}", self.stdout))
    }

    /// One JSON document a line.
    pub fn lines(&self) -> Vec<Json> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Fails unless the program ended so.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }
}

/// The program, in an environment without any `SFSF_` variable.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"));
    command.env_clear();
    command
}

/// Runs the program without any configuration.
pub fn run(arguments: &[&str]) -> Answer {
    finish(program().args(arguments))
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A tenant, and a configuration file for it.
pub struct Tenant {
    pub sandbox: Sandbox,
    pub directory: TempDir,
    // Dropped last: the sandbox runs on it.
    _runtime: Runtime,
}

impl Tenant {
    pub fn new(people: usize) -> Self {
        Self::with(Options { people, ..Options::default() })
    }

    pub fn with(options: Options) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(options)).unwrap();
        let tenant = Self { sandbox, directory: TempDir::new().unwrap(), _runtime: runtime };
        std::fs::write(tenant.path("key.pem"), tenant.sandbox.private_key_pem()).unwrap();
        // One that others can read is warned about.
        #[cfg(unix)]
        std::fs::set_permissions(tenant.path("key.pem"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
        std::fs::write(tenant.path("tenant.json"), tenant.keys().to_string()).unwrap();
        tenant
    }

    /// The keys of the configuration; the private key is in a file beside it.
    pub fn keys(&self) -> Json {
        json!({
            "url": self.sandbox.base_url(),
            "company_id": self.sandbox.company_id(),
            "username": self.sandbox.user_id(),
            "client_id": self.sandbox.client_id(),
            "private_key_file": "key.pem",
        })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The program with this tenant's configuration.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.arg("--config").arg(self.path("tenant.json")).args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        finish(&mut self.program(arguments))
    }

    pub fn inject(&self, fault: &str) {
        self.sandbox.inject(fault.parse().unwrap());
    }

    /// The requests for pages of people.
    pub fn pages(&self) -> Vec<RecordedRequest> {
        let is_page = |request: &RecordedRequest| request.path == "/odata/v2/User" && request.method == "GET";
        self.sandbox.requests().into_iter().filter(is_page).collect()
    }

    /// Somebody who is inactive.
    pub fn inactive_person(&self) -> String {
        let answer = self.run(&["search", "--filter", "status eq 'f'", "--page-size", "1"]).expect(0);
        answer.lines()[0]["uid"].as_str().unwrap().to_owned()
    }
}
