//! The PowerShell module: its Pester tests where PowerShell 7 is, and what can be said of it without.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sandbox::Options;
use serde_json::Value as Json;
use tests::{Artifacts, DotNet, Tenant, Tool, keys, need, root, skip};

/// What the generic PowerShell connector of OpenIAM calls, and the two functions that its page names.
const FUNCTIONS: [&str; 10] = [
    "Get-SAPData",
    "Remove-Identity",
    "Reset-IdentityPassword",
    "Resume-Identity",
    "Save-Identity",
    "Save-SAPData",
    "Search-Data",
    "Suspend-Identity",
    "Test-ConnectorConnection",
    "Test-IdentityPassword",
];

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join("bindings/powershell").join(name)).unwrap()
}

fn script() -> String {
    read("SapSuccessFactors/SapSuccessFactors.psm1")
}

/// The names in quotes after a heading, up to the closing parenthesis.
fn quoted<'a>(text: &'a str, heading: &str) -> BTreeSet<&'a str> {
    let (_, list) = text.split_once(heading).unwrap_or_else(|| panic!("there is no {heading}"));
    let (list, _) = list.split_once(')').unwrap();
    list.split('\'').skip(1).step_by(2).collect()
}

/// A public function: the help before it, its name, its body.
struct Function<'a> {
    help: &'a str,
    name: &'a str,
    body: &'a str,
}

/// The functions that have help, which are the public ones.
fn functions(script: &str) -> Vec<Function<'_>> {
    let parts = script.split("<#\n").skip(1);
    let parts = parts.map(|part| part.split_once("#>\n").expect("the help has an end"));
    parts
        .map(|(help, rest)| {
            let (name, body) = rest.strip_prefix("function ").unwrap().split_once(" {\n").unwrap();
            Function { help, name, body: body.split_once("\n}\n").unwrap().0 }
        })
        .collect()
}

#[test]
fn the_manifest_exports_what_openiam_calls_and_the_script_defines() {
    let (manifest, script) = (read("SapSuccessFactors/SapSuccessFactors.psd1"), script());
    let expected = BTreeSet::from(FUNCTIONS);
    assert_eq!(quoted(&manifest, "FunctionsToExport"), expected);
    assert_eq!(quoted(&script, "Export-ModuleMember"), expected);
    let defined: BTreeSet<_> = functions(&script).iter().map(|function| function.name).collect();
    assert_eq!(defined, expected);
    assert!(manifest.contains(&format!("ModuleVersion          = '{}'", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn every_function_has_help_with_an_example_and_names_each_parameter() {
    let script = script();
    for Function { help, name, body } in functions(&script) {
        assert!(help.starts_with(".SYNOPSIS\n") && help.contains(".EXAMPLE\n"), "{name}");
        let (_, example) = help.split_once(".EXAMPLE\n").unwrap();
        assert!(example.contains(name), "the example of {name} shows it");
        assert!(body.trim_start().starts_with("[CmdletBinding("), "{name}");
        let (_, parameters) = body.split_once("param(\n").unwrap();
        let (parameters, _) = parameters.split_once("\n    )").unwrap();
        for parameter in parameters.lines().filter_map(|line| line.rsplit_once('$')) {
            let parameter = parameter.1.trim_end_matches(',');
            assert!(
                parameter == "Ignored" || help.contains(&format!(".PARAMETER {parameter}\n")),
                "{name}: {parameter}"
            );
        }
    }
}

#[test]
fn whatever_writes_can_be_asked_what_it_would_do() {
    let writes = [
        "Save-SAPData",
        "Save-Identity",
        "Remove-Identity",
        "Reset-IdentityPassword",
        "Suspend-Identity",
        "Resume-Identity",
    ];
    let script = script();
    for Function { name, body, .. } in functions(&script) {
        assert_eq!(body.contains("SupportsShouldProcess = $true"), writes.contains(&name), "{name}");
    }
}

/// A module does not see what its caller prefers, and a pipeline that is left lets go of nothing, by itself.
#[test]
fn every_function_hears_its_caller_and_lets_go_of_what_is_under_way() {
    let script = script();
    for Function { name, body, .. } in functions(&script) {
        assert!(body.contains("begin {\n        Use-CallerPreference -Cmdlet $PSCmdlet\n"), "{name}");
        assert!(
            body.contains("process {\n        try { $call.") && body.contains("() } finally { $call.End() }"),
            "{name}"
        );
    }
}

/// A grammar that is not PowerShell's own, and needs none.
#[test]
fn the_scripts_are_powershell_to_a_parser() {
    let Some(python) = Artifacts::tools("python") else {
        return skip::missing("grammar of PowerShell");
    };
    if !skip::has_module(&python, "tree_sitter_powershell") {
        return skip::missing("grammar of PowerShell");
    }
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.ps1");
    std::fs::write(&broken, "function X { param($a) if ($a { 1 } }\n").unwrap();
    let parse = |arguments: &[&str]| {
        Tool::new(&python).arg("bindings/powershell/tests/syntax.py").args(arguments).run()
    };
    assert_eq!(parse(&[broken.to_str().unwrap()]).code, Some(1), "the parser finds what is broken");
    let scripts = scripts();
    assert!(scripts.len() >= 10, "{scripts:?}");
    let ran = parse(&scripts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);
}

/// The module and its tests.
fn scripts() -> Vec<String> {
    let folders =
        ["SapSuccessFactors", "tests"].map(|folder| root().join("bindings/powershell").join(folder));
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten());
    let names = files.map(|file| file.path().to_str().unwrap().to_owned());
    names.filter(|name| [".ps1", ".psm1", ".psd1"].iter().any(|end| name.ends_with(end))).collect()
}

/// Windows PowerShell 5.1 has none of these.
#[test]
fn the_script_has_no_syntax_that_came_after_5_1() {
    for (number, line) in script().lines().enumerate() {
        for newer in [" ?? ", "??=", "?.", " && ", " || ", " ? ", "-Parallel", "clean {"] {
            assert!(!line.contains(newer), "line {}: {newer}: {line}", number + 1);
        }
    }
}

/// The script only passes on; what it calls is tried under Mono, by these names.
#[test]
fn everything_that_the_script_calls_is_called_by_the_tests_under_mono() {
    let tests = std::fs::read_to_string(root().join("bindings/dotnet/tests/PowerShellCalls.cs")).unwrap();
    let script = script();
    let calls = script.split("$call.").skip(1).chain(script.split("Call]::").skip(1));
    let called: BTreeSet<_> = calls.filter_map(|call| call.split('(').next()).collect();
    assert!(called.len() >= 12, "{called:?}");
    for method in called.into_iter().filter(|method| *method != "new") {
        assert!(tests.contains(&format!(".{method}(")), "no test calls {method}");
    }
}

/// The module as it is installed: script, manifest, class library and C library in one folder.
fn assemble(dotnet: &DotNet) -> PathBuf {
    let module = dotnet.folder().join("SapSuccessFactors");
    std::fs::create_dir(&module).unwrap();
    let source = root().join("bindings/powershell/SapSuccessFactors");
    for file in std::fs::read_dir(source).unwrap().flatten() {
        std::fs::copy(file.path(), module.join(file.file_name())).unwrap();
    }
    std::fs::copy(dotnet.folder().join("Sfsf.Connector.dll"), module.join("Sfsf.Connector.dll")).unwrap();
    let library = Artifacts::get().shared_library();
    std::fs::copy(&library, module.join(library.file_name().unwrap())).unwrap();
    module
}

/// Over the library, which lies in the folder of the module, or over the program.
async fn pester(program: Option<PathBuf>) {
    let Some(dotnet) = DotNet::find() else { return };
    let tenant = Tenant::start(Options { people: 50, ..Options::default() }).await;
    let configuration = dotnet.folder().join("configuration.json");
    std::fs::write(&configuration, Json::Object(keys(&tenant.sandbox)).to_string()).unwrap();
    let module = assemble(&dotnet);
    let tests = root().join("bindings/powershell/tests");
    let command = format!("Invoke-Pester -Path '{}' -CI", tests.display());
    let mut tool = dotnet
        .powershell()
        .args(&["-NoProfile", "-NonInteractive", "-Command", &command])
        .env("SFSF_TEST_MODULE", &module)
        .env("SFSF_CONFIG", configuration);
    if let Some(program) = program {
        std::fs::remove_file(module.join(Artifacts::get().shared_library().file_name().unwrap())).unwrap();
        tool = tool.env("SFSF_CONNECTOR_PROGRAM", program);
        if need("python3", "Python").is_some() {
            tool = tool.env("SFSF_TEST_FAKE_PROGRAM", root().join("tests/support/fake_program.py"));
        }
    }
    tool.succeed_beside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_module_keeps_its_pester_tests_over_the_library() {
    pester(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_module_keeps_its_pester_tests_over_the_program() {
    pester(Some(Artifacts::get().program())).await;
}
