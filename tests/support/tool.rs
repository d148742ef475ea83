//! Running other programs.

use std::path::PathBuf;
use std::process::Command;

/// Where a program is, if it is installed.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Where a program is; without it, the check that asks is skipped for want of this.
#[track_caller]
pub fn need(program: &str, what: &str) -> Option<PathBuf> {
    let found = on_path(program);
    if found.is_none() {
        crate::skip::missing(what);
    }
    found
}

/// A program with its arguments.
pub struct Tool(Command);

/// What a program said, and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub output: String,
    /// What it wrote to standard error.
    pub error: String,
}

impl Tool {
    /// This program, run at the root of the workspace.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        let mut command = Command::new(program.into());
        command.current_dir(crate::root());
        Self(command)
    }

    /// With one more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<std::ffi::OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    /// With more arguments.
    #[must_use]
    pub fn args(mut self, arguments: &[&str]) -> Self {
        self.0.args(arguments);
        self
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// In this folder.
    #[must_use]
    pub fn within(mut self, folder: impl AsRef<std::path::Path>) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Ran {
        let output = self.0.output().unwrap_or_else(|error| panic!("{:?}: {error}", self.0));
        Ran {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            error: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs it to its end, which must be a good one, and gives its output.
    #[track_caller]
    pub fn succeed(self) -> String {
        let shown = format!("{:?}", self.0);
        let ran = self.run();
        assert!(ran.code == Some(0), "{shown}: {:?}\n{}{}", ran.code, ran.output, ran.error);
        ran.output
    }

    /// As [`Tool::succeed`], without keeping the runtime of the test from its work.
    ///
    /// # Panics
    ///
    /// If it ends badly.
    pub async fn succeed_beside(self) -> String {
        tokio::task::spawn_blocking(move || self.succeed()).await.expect("the program ends well")
    }

    /// As [`Tool::run`], without keeping the runtime of the test from its work.
    pub async fn run_beside(self) -> Ran {
        tokio::task::spawn_blocking(move || self.run()).await.expect("the program ends")
    }
}
