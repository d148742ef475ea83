//! The build of the Java modules.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::artifacts::{Artifacts, root};
use crate::tool::{Ran, Tool, need};

/// Maven, with the modules of `bindings/java`. What it builds goes beside what cargo builds.
pub struct Maven {
    program: PathBuf,
    folder: PathBuf,
}

/// How Maven says that something it needs is neither here nor to be had.
const UNREACHABLE: [&str; 5] = [
    "Could not transfer",
    "Could not resolve",
    "Could not find artifact",
    "could not be resolved",
    "in offline mode",
];

impl Maven {
    /// Maven and a JDK; without one of them, the check that asks is skipped.
    pub fn find() -> Option<Self> {
        need("javac", "JDK")?;
        Some(Self { program: need("mvn", "Maven")?, folder: Artifacts::get().folder().join("java") })
    }

    /// The folder with what was built, one for each module.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs goals: without a network if all that they need is here, else with it. What cannot be had is a failure of the
    /// run, as Maven says it: a build that lacks an artifact has tested nothing.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// As [`Maven::run`], with variables of the environment.
    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, OsString)]) -> Ran {
        let tool = || {
            let tool = Tool::new(&self.program).within(root().join("bindings/java")).args(arguments);
            let tool = tool.arg(format!("-Dbuild.folder={}", self.folder.display()));
            environment.iter().fold(tool, |tool, (name, value)| tool.env(name, value))
        };
        let ran = tool().arg("--offline").run();
        if lacks_something(&ran) { tool().run() } else { ran }
    }

    /// The class path of the client library and its tests, built once per process.
    ///
    /// # Panics
    ///
    /// If they cannot be compiled.
    pub fn client(&self) -> &'static str {
        static BUILT: OnceLock<String> = OnceLock::new();
        BUILT.get_or_init(|| self.build_client())
    }

    fn build_client(&self) -> String {
        let ran = self.run(&["--quiet", "--projects", "client", "--also-make", "process-test-classes"]);
        assert!(ran.code == Some(0), "{}{}", ran.output, ran.error);
        let module = self.folder.join("sfsf-connector-client");
        let libraries = std::fs::read_to_string(module.join("class-path")).expect("Maven wrote it");
        let classes = [module.join("classes"), module.join("test-classes")];
        let all = classes.into_iter().chain(std::env::split_paths(&libraries));
        let all = std::env::join_paths(all).expect("no path holds a separator");
        all.into_string().expect("the paths are UTF-8")
    }
}

/// Whether it failed since something was not to be had. A test that failed is no such thing, whatever it printed.
fn lacks_something(ran: &Ran) -> bool {
    let failed = ["There are test failures", "error in the forked process"];
    ran.code != Some(0)
        && !failed.iter().any(|words| ran.output.contains(words))
        && UNREACHABLE.iter().any(|words| ran.output.contains(words))
}
