//! One version for everything that is released together.

use super::root;

/// Every place besides the workspace that has to say the version, with what stands before and after it.
const PLACES: &[(&str, &str, &str)] = &[
    ("bindings/python/src/sfsf_connector/__init__.py", "__version__ = \"", "\""),
    ("bindings/dotnet/Sfsf.Connector.csproj", "<Version>", "</Version>"),
    ("bindings/dotnet/src/AssemblyInfo.cs", "AssemblyInformationalVersion(\"", "\""),
    ("bindings/powershell/SapSuccessFactors/SapSuccessFactors.psd1", "ModuleVersion          = '", "'"),
    ("bindings/java/pom.xml", "<version>", "</version>"),
    ("bindings/java/client/pom.xml", "<version>", "</version>"),
    ("bindings/java/connid/pom.xml", "<version>", "</version>"),
    ("bindings/java/connid-tests/pom.xml", "<version>", "</version>"),
    ("bindings/java/generator/pom.xml", "<version>", "</version>"),
    ("bindings/java/test-support/pom.xml", "<version>", "</version>"),
    ("connector-ffi/fuzz/Cargo.toml", "version = \"", "\""),
    ("connector-host/fuzz/Cargo.toml", "version = \"", "\""),
    ("sandbox/fuzz/Cargo.toml", "version = \"", "\""),
];

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(version, _)| version)
}

#[test]
fn every_language_says_the_version_of_the_workspace() {
    let version = env!("CARGO_PKG_VERSION");
    for (path, before, after) in PLACES {
        assert_eq!(between(&read(path), before, after), Some(version), "{path}");
    }
    let assembly = read("bindings/dotnet/src/AssemblyInfo.cs");
    assert_eq!(between(&assembly, "AssemblyVersion(\"", "\""), Some(format!("{version}.0").as_str()));
}
