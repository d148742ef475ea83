//! Mono, for what stands between the library and .NET.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Artifacts, Tool, on_path, root};

/// The name of the class library.
const LIBRARY: &str = "Sfsf.Connector.dll";

/// Mono, and a folder with the class library of `bindings/dotnet`, as the compiler has just made it.
pub struct Mono {
    shell: PathBuf,
    runtime: PathBuf,
    folder: TempDir,
}

impl Mono {
    /// Compiles the class library; `None` without Mono, or without the parts of it that are needed.
    ///
    /// # Panics
    ///
    /// If the compiler has anything to complain about.
    pub fn find() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        on_path("mcs")?;
        let mono = Self { shell: on_path("bash")?, runtime: on_path("mono")?, folder };
        let probe = mono.folder().join("Probe.cs");
        std::fs::write(&probe, "class Probe { System.Xml.XmlDictionaryReader reader = null; object It { get { return reader; } } }")
            .expect("a file can be written");
        if mono.compiler().arg("Probe.dll").arg("-target:library").arg(probe).run().code != Some(0) {
            return None;
        }
        mono.compiler().succeed();
        Some(mono)
    }

    /// Compiles these files with the class library, named from the root of the workspace, and says where the
    /// result is.
    ///
    /// # Panics
    ///
    /// If the compiler has anything to complain about.
    pub fn compile(&self, name: &str, sources: &[&str], options: &[&str]) -> PathBuf {
        let library = format!("-r:{}", self.class_library().display());
        self.compiler().arg(name).arg(library).args(options).args(sources).succeed();
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

    /// The host of .NET that `tests/setup` has installed.
    pub fn dotnet() -> Option<PathBuf> {
        let pythons = Artifacts::tools("../lib")?.read_dir().ok()?;
        let place = "site-packages/dotnetcore2/bin/dotnet";
        pythons.flatten().map(|python| python.path().join(place)).find(|place| place.exists())
    }

    /// The framework of the tests, if it is installed.
    pub fn nunit() -> Option<PathBuf> {
        let packages = std::fs::read_dir("/usr/lib/cli").ok()?;
        let mut places = packages.flatten().map(|package| package.path().join("nunit.framework.dll"));
        places.find(|place| place.exists())
    }

    /// What compiles into the folder: the class library, or whatever is named.
    fn compiler(&self) -> Tool {
        Tool::new(&self.shell).arg(root().join("bindings/dotnet/compile")).arg(self.folder())
    }
}
