//! Mono, for what stands between the library and .NET.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Artifacts, Tool, compiled, need, root, skip};

/// The name of the class library.
const LIBRARY: &str = "Sfsf.Connector.dll";

/// Mono, and a folder with the class library of `bindings/dotnet`, as the compiler has made it in this process.
pub struct Mono {
    shell: PathBuf,
    runtime: PathBuf,
    folder: TempDir,
}

impl Mono {
    /// Compiles the class library; without Mono, the check that asks is skipped.
    ///
    /// # Panics
    ///
    /// If the compiler has anything to complain about.
    pub fn find() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        need("mcs", "Mono")?;
        let mono = Self { shell: need("bash", "bash")?, runtime: need("mono", "Mono")?, folder };
        compiled::once("mono", LIBRARY, mono.folder(), |folder| drop(mono.compiler(folder).succeed()));
        Some(mono)
    }

    /// Compiles these files with the class library, named from the root of the workspace, and says where the
    /// result is. A name stands for the same files each time.
    ///
    /// # Panics
    ///
    /// If the compiler has anything to complain about.
    pub fn compile(&self, name: &str, sources: &[&str], options: &[&str]) -> PathBuf {
        let library = format!("-r:{}", self.class_library().display());
        let compile = |folder: &Path| {
            self.compiler(folder).arg(name).arg(&library).args(options).args(sources).succeed();
        };
        // What a test has written itself is compiled for it alone.
        if sources.iter().any(|source| Path::new(source).is_absolute()) {
            compile(self.folder());
        } else {
            compiled::once("mono", name, self.folder(), compile);
        }
        self.folder().join(name)
    }

    /// The class library.
    pub fn class_library(&self) -> PathBuf {
        self.folder().join(LIBRARY)
    }

    /// What runs programs.
    pub fn runtime(&self) -> PathBuf {
        self.runtime.clone()
    }

    /// Where everything is that was compiled.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder, for whoever outlives this.
    pub fn into_folder(self) -> TempDir {
        self.folder
    }

    /// Has .NET run a program that Mono compiled, in the place of Mono, and says with which words.
    ///
    /// # Panics
    ///
    /// If nothing can be written beside the program.
    pub fn run_by(dotnet: &Path, program: &Path) -> Vec<PathBuf> {
        let settings = r#"{"runtimeOptions":{"rollForward":"Major","framework":{"name":"Microsoft.NETCore.App",
            "version":"3.1.0"},"configProperties":{"System.Globalization.Invariant":true}}}"#;
        std::fs::write(program.with_extension("runtimeconfig.json"), settings)
            .expect("a file can be written");
        vec![dotnet.to_owned(), program.to_owned()]
    }

    /// The host of .NET that `tests/setup` has installed; without it, the check that asks is skipped.
    pub fn dotnet() -> Option<PathBuf> {
        let pythons = Artifacts::tools("../lib").and_then(|folder| folder.read_dir().ok());
        let place = "site-packages/dotnetcore2/bin/dotnet";
        let places = pythons.into_iter().flatten().flatten().map(|python| python.path().join(place));
        Self::first(places, ".NET")
    }

    /// The framework of the tests; without it, the check that asks is skipped.
    pub fn nunit() -> Option<PathBuf> {
        let packages = std::fs::read_dir("/usr/lib/cli").ok().into_iter().flatten().flatten();
        Self::first(packages.map(|package| package.path().join("nunit.framework.dll")), "NUnit")
    }

    fn first(mut places: impl Iterator<Item = PathBuf>, what: &str) -> Option<PathBuf> {
        let found = places.find(|place| place.exists());
        if found.is_none() {
            skip::missing(what);
        }
        found
    }

    /// What compiles into a folder: the class library, or whatever is named.
    fn compiler(&self, folder: &Path) -> Tool {
        Tool::new(&self.shell).arg(root().join("bindings/dotnet/compile")).arg(folder)
    }
}
