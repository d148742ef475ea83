//! What cargo builds for others than Rust: the program and the library. It is built anew before it is used,
//! so that no suite judges what somebody built yesterday.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The root of the workspace. Cargo says where it is when the test runs; where the test was built may be
/// another copy with the same target folder.
pub fn root() -> PathBuf {
    let tests = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    Path::new(&tests).parent().expect("the crate of the suites is in the workspace").to_owned()
}

/// The folder with the program and the library.
pub struct Artifacts(PathBuf);

impl Artifacts {
    /// Builds them, with the profile and into the folder of the test that asks, once per process.
    pub fn get() -> &'static Self {
        static BUILT: OnceLock<Artifacts> = OnceLock::new();
        BUILT.get_or_init(Self::build)
    }

    fn build() -> Self {
        // TARGET/PROFILE/deps/TEST
        let test = std::env::current_exe().expect("a test knows where it is");
        let folder = test.ancestors().nth(2).expect("a test lies in the target folder").to_owned();
        let target = folder.parent().expect("a profile lies in the target folder");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        // One small suite with them: so all crates have the features that they have for tests, and are not built twice.
        cargo.args(["build", "--quiet", "--locked", "--workspace", "--lib", "--bins", "--test", "memory"]);
        cargo.arg("--target-dir").arg(target).current_dir(root());
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        let output = cargo.output().expect("cargo can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self(folder)
    }

    /// A program that `tests/setup` has put beside what cargo builds.
    pub fn tools(program: &str) -> Option<PathBuf> {
        let test = std::env::current_exe().ok()?;
        let path = test.ancestors().nth(3)?.join("tools/bin").join(program);
        path.exists().then_some(path)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The program.
    pub fn program(&self) -> PathBuf {
        self.0.join(format!("sfsf-connector{}", std::env::consts::EXE_SUFFIX))
    }

    /// The shared library.
    pub fn shared_library(&self) -> PathBuf {
        let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        self.0.join(format!("{prefix}sfsf_connector{suffix}"))
    }
}
