//! The C compiler, for what stands between the library and other languages.

use std::path::{Path, PathBuf};

use crate::{Artifacts, Tool, need, on_path, root};

/// The compiler and what it is told.
#[derive(Clone)]
pub struct CCompiler {
    program: PathBuf,
    options: Vec<String>,
}

/// What nobody who includes our headers shall have to put up with.
const STRICT: [&str; 5] = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-g"];

impl CCompiler {
    /// A compiler for C11; without one, the check that asks is skipped.
    pub fn find() -> Option<Self> {
        Some(Self::new(on_path("cc").or_else(|| need("gcc", "C compiler"))?, "-std=c11"))
    }

    /// A compiler for C++17; without one, the check that asks is skipped.
    pub fn find_cpp() -> Option<Self> {
        Some(Self::new(on_path("c++").or_else(|| need("g++", "C++ compiler"))?, "-std=c++17"))
    }

    fn new(program: PathBuf, standard: &str) -> Self {
        let options = STRICT.iter().chain([&standard]).map(ToString::to_string).collect();
        Self { program, options }
    }

    /// With one more option.
    #[must_use]
    pub fn with(mut self, option: &str) -> Self {
        self.options.push(option.to_owned());
        self
    }

    /// Compiles and links these files, named from the root of the workspace, with the library.
    ///
    /// # Panics
    ///
    /// If there is anything to complain about.
    pub fn build(&self, sources: &[&str], program: &Path) {
        let artifacts = Artifacts::get();
        let mut compiler = self.prepared();
        for source in sources {
            compiler = compiler.arg(root().join(source));
        }
        let libraries = artifacts.folder().display();
        let options =
            [format!("-L{libraries}"), format!("-Wl,-rpath,{libraries}"), "-lsfsf_connector".to_owned()];
        for option in options {
            compiler = compiler.arg(option);
        }
        compiler.args(&["-lpthread", "-o"]).arg(program).succeed();
    }

    /// Makes a shared library of one file, by itself.
    ///
    /// # Panics
    ///
    /// If there is anything to complain about.
    pub fn build_shared(&self, source: &Path, library: &Path) {
        self.prepared().args(&["-shared", "-fPIC", "-o"]).arg(library).arg(source).succeed();
    }

    /// Compiles one file without linking it.
    ///
    /// # Panics
    ///
    /// If there is anything to complain about.
    pub fn check(&self, source: &Path) {
        self.prepared().arg("-fsyntax-only").arg(source).succeed();
    }

    fn prepared(&self) -> Tool {
        let mut compiler = Tool::new(&self.program);
        for option in &self.options {
            compiler = compiler.arg(option);
        }
        let include = |folder: &str| format!("-I{}", root().join(folder).display());
        compiler.arg(include("connector-ffi/include")).arg(include("bindings/c"))
    }
}
