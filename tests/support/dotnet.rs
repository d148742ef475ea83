//! .NET 10 and PowerShell 7, which `tests/setup` unpacks where it finds them.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Artifacts, Tool, compiled, root, skip};

/// PowerShell, the runtime of .NET that it stands on, and a folder with the class library of `bindings/dotnet` as its
/// compiler has made it in this process.
pub struct DotNet {
    tools: PathBuf,
    folder: TempDir,
}

impl DotNet {
    /// Compiles the class library; where PowerShell is not unpacked, the check that asks is skipped.
    ///
    /// # Panics
    ///
    /// If the compiler has anything to complain about.
    pub fn find() -> Option<Self> {
        let Some(tools) = Artifacts::tools("../powershell") else {
            skip::missing("PowerShell 7");
            return None;
        };
        let dotnet = Self { tools, folder: tempfile::tempdir().expect("a folder can be made") };
        dotnet.compiler("Sfsf.Connector.dll", &["bindings/dotnet/src"], &[], "");
        Some(dotnet)
    }

    /// Compiles files and folders, named from the root of the workspace, with the class library, and says where the
    /// result is.
    pub fn compile(&self, name: &str, sources: &[&str]) -> PathBuf {
        self.compiler(name, sources, &["Sfsf.Connector.dll", "nunit.framework.dll"], "")
    }

    /// As [`DotNet::compile`], for a program, which [`DotNet::host`] runs.
    pub fn compile_program(&self, name: &str, sources: &[&str]) -> PathBuf {
        self.compiler(name, sources, &["Sfsf.Connector.dll"], "-Executable")
    }

    /// C# 6, as the compilers of .NET Framework 4.5 understand it too. A name stands for the same sources each time.
    fn compiler(&self, name: &str, sources: &[&str], references: &[&str], more: &str) -> PathBuf {
        let compile = |folder: &Path| self.compile_into(folder, name, sources, references, more);
        compiled::once("dotnet", name, self.folder(), compile);
        self.folder().join(name)
    }

    fn compile_into(&self, folder: &Path, name: &str, sources: &[&str], references: &[&str], more: &str) {
        let out = folder.join(name);
        let quoted = |paths: Vec<PathBuf>| {
            paths.iter().map(|path| format!("'{}'", path.display())).collect::<Vec<_>>().join(",")
        };
        let sources = quoted(sources.iter().map(|source| root().join(source)).collect());
        let place = |name: &&str| [self.folder(), &self.tools].map(|folder| folder.join(name));
        let references =
            references.iter().filter_map(|name| place(name).into_iter().find(|path| path.exists()));
        let references = quoted(references.collect());
        let references = if references.is_empty() { references } else { format!("-References {references}") };
        let script = format!(
            "& '{}' -Out '{}' -Sources {sources} -LanguageVersion 6 {references} {more}",
            self.tools.join("csc.ps1").display(),
            out.display(),
        );
        let said = self.powershell().args(&["-NoProfile", "-Command", &script]).succeed();
        assert!(!said.contains("error CS"), "{said}");
    }

    /// PowerShell, with Pester among its modules. Its home is the folder, so that it finds no profile and leaves nothing.
    pub fn powershell(&self) -> Tool {
        Tool::new(self.tools.join("pwsh-7")).env("HOME", self.folder()).within(self.folder())
    }

    /// NUnit's tests of an assembly, by the namespace that is put behind it.
    pub fn nunit(&self, tests: &Path) -> Tool {
        let runner = self.tools.join("nunit.ps1");
        self.powershell()
            .args(&["-NoProfile", "-File"])
            .arg(runner)
            .arg("-Tests")
            .arg(tests)
            .arg("-Namespace")
    }

    /// What runs programs.
    pub fn host(&self) -> PathBuf {
        self.tools.join("dotnet/dotnet")
    }

    /// Where everything is that was compiled.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder, for whoever outlives this.
    pub fn into_folder(self) -> TempDir {
        self.folder
    }
}
