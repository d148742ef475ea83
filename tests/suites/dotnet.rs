//! The class library for .NET, compiled and run by Mono and by .NET 10: its own tests against a tenant, and its documentation.

use std::path::Path;

use connector_core::ErrorKind;
use sandbox::Options;
use serde_json::Value as Json;
use tests::{Artifacts, CCompiler, DotNet, Mono, Ran, Tenant, Tool, keys, need, root};

/// What compiles and runs the class library and its tests.
enum Runtime {
    /// Stands for .NET Framework.
    Mono(Mono),
    /// .NET 10.
    DotNet(DotNet),
}

impl Runtime {
    fn folder(&self) -> &Path {
        match self {
            Self::Mono(mono) => mono.folder(),
            Self::DotNet(dotnet) => dotnet.folder(),
        }
    }
}

/// A tenant, and the tests compiled.
struct Setting {
    _tenant: Tenant,
    runtime: Runtime,
    tool: Tool,
}

impl Setting {
    /// Mono, and .NET 10, as far as they are here.
    async fn all() -> Vec<Self> {
        let mut settings = Vec::new();
        for (runtime, tool) in Self::mono().into_iter().chain(Self::dotnet()) {
            settings.push(Self::start(runtime, tool).await);
        }
        settings
    }

    fn mono() -> Option<(Runtime, Tool)> {
        let (mono, nunit, runner) = (Mono::find()?, Mono::nunit()?, need("nunit-console", "NUnit")?);
        let framework = format!("-r:{}", nunit.display());
        let options = ["-target:library", "-nowarn:1701", &framework];
        let tests = mono.compile("Sfsf.Connector.Tests.dll", &["bindings/dotnet/tests/*.cs"], &options);
        let options = ["-nologo", "-noresult", "-process=Single", "-domain=None"];
        let tool = Tool::new(runner).within(mono.folder()).args(&options).arg(tests).arg("-run");
        Some((Runtime::Mono(mono), tool))
    }

    fn dotnet() -> Option<(Runtime, Tool)> {
        let dotnet = DotNet::find()?;
        let mut sources = vec!["bindings/dotnet/tests/dotnet10".to_owned()];
        let files = std::fs::read_dir(root().join("bindings/dotnet/tests")).unwrap();
        let names = files.flatten().map(|file| file.file_name().into_string().unwrap());
        sources.extend(
            names.filter(|name| name.ends_with(".cs")).map(|name| format!("bindings/dotnet/tests/{name}")),
        );
        let sources: Vec<_> = sources.iter().map(String::as_str).collect();
        let tests = dotnet.compile("Sfsf.Connector.Tests.dll", &sources);
        let tool = dotnet.nunit(&tests);
        Some((Runtime::DotNet(dotnet), tool))
    }

    async fn start(runtime: Runtime, tool: Tool) -> Self {
        let tenant = Tenant::start(Options { people: 300, ..Options::default() }).await;
        let configuration = runtime.folder().join("configuration.json");
        std::fs::write(&configuration, Json::Object(keys(&tenant.sandbox)).to_string()).unwrap();
        let artifacts = Artifacts::get();
        let kinds = ErrorKind::ALL.map(ErrorKind::as_str).join(" ");
        let tool = tool
            .env("SFSF_TEST_CONFIGURATION", configuration)
            .env("SFSF_TEST_LIBRARY", artifacts.shared_library())
            .env("SFSF_TEST_PROGRAM", artifacts.program())
            .env("SFSF_TEST_FAKE_PROGRAM", root().join("tests/support/fake_program.py"))
            .env("SFSF_TEST_KINDS", kinds)
            // The library and the program are named by each test.
            .env("SFSF_CONNECTOR_LIBRARY", "")
            .env("SFSF_CONNECTOR_PROGRAM", "");
        Self { _tenant: tenant, runtime, tool }
    }

    /// Runs the tests of a namespace, of which there are so many at least.
    async fn run(self, namespace: &str, least: usize) {
        let ran = self.tool.arg(format!("Sfsf.Connector.Tests.{namespace}")).run_beside().await;
        assert!(ran.code == Some(0), "{}{}", ran.output, ran.error);
        assert!(count(&ran) >= least, "fewer tests than there are: {}", ran.output);
        drop(self.runtime);
    }
}

/// How many tests were run: "Tests run: 68, Errors: …" says NUnit 2, "68 passed, 0 failed …" the other runner.
fn count(ran: &Ran) -> usize {
    let words: Vec<_> = ran.output.split_whitespace().collect();
    let number = words.windows(3).find_map(|three| match three {
        ["Tests", "run:", number] => Some(number.trim_end_matches(',')),
        [number, "passed,", _] => Some(*number),
        _ => None,
    });
    number.and_then(|number| number.parse().ok()).expect("the runner says how many tests it ran")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_class_library_keeps_its_own_tests() {
    for setting in Setting::all().await {
        setting.run("Client", 166).await;
    }
}

/// A program that dies after any of its lines, one that does nothing any more, and one that is none of ours.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_program_does_the_host_lives() {
    if need("python3", "Python").is_none() {
        return;
    }
    for setting in Setting::all().await {
        setting.run("Program", 22).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_collector_takes_what_is_forgotten_and_nothing_else() {
    for setting in Setting::all().await {
        setting.run("Collected", 8).await;
    }
}

/// Code that is optimized at once lets go of what it does not need any more.
#[tokio::test(flavor = "multi_thread")]
async fn the_collector_takes_nothing_else_from_optimized_code_either() {
    for mut setting in Setting::all().await {
        setting.tool = setting.tool.env("DOTNET_TieredCompilation", "0").env("MONO_ENV_OPTIONS", "-O=all");
        setting.run("Collected", 8).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_classes_of_openiam_do_what_its_page_says() {
    for setting in Setting::all().await {
        setting.run("OpenIam", 15).await;
    }
}

/// All of the PowerShell module but its script.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_powershell_module_calls_does_what_its_functions_say() {
    for setting in Setting::all().await {
        setting.run("PowerShell", 28).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls_leave_nothing_behind() {
    for setting in Setting::all().await {
        setting.run("Leaks", 4).await;
    }
}

/// Where the connector is looked for, and what is said if it is something else.
#[tokio::test(flavor = "multi_thread")]
async fn another_file_in_the_place_of_the_library_is_refused_with_its_reason() {
    let Some(compiler) = CCompiler::find() else { return };
    for mut setting in Setting::all().await {
        let old = "unsigned sfsf_abi_version(void);\nunsigned sfsf_abi_version(void) { return 2u << 16; }\n";
        let unfinished =
            "int sfsf_missing(void);\nint other(void);\nint other(void) { return sfsf_missing(); }\n";
        for (variable, name, source) in [
            ("SFSF_TEST_OLD_LIBRARY", "old", old),
            ("SFSF_TEST_UNFINISHED_LIBRARY", "unfinished", unfinished),
            ("SFSF_TEST_OTHER_LIBRARY", "other", "extern int other;\nint other;\n"),
        ] {
            let file = setting.runtime.folder().join(name).with_extension("c");
            std::fs::write(&file, source).unwrap();
            let library = file.with_extension("so");
            compiler.build_shared(&file, &library);
            setting.tool = setting.tool.env(variable, library);
        }
        setting.run("Loading", 6).await;
    }
}

/// Mono has some types in other assemblies than .NET and .NET Framework, and its compiler takes them from there.
#[test]
fn dotnet_finds_every_type_where_the_compiler_of_mono_took_it_from() {
    let (Some(dotnet), Some(mono)) = (Mono::dotnet(), Mono::find()) else { return };
    let program = mono.compile("Methods.exe", &["bindings/dotnet/tests/corpus/Methods.cs"], &[]);
    let check = |library: &Path| {
        let words = Mono::run_by(&dotnet, &program);
        Tool::new(&words[0]).arg(&words[1]).arg(library).run()
    };
    let ran = check(&mono.class_library());
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);

    // A queue is in mscorlib for Mono, and in System for everybody else.
    let source = mono.folder().join("Queue.cs");
    std::fs::write(
        &source,
        "class Q { int F() { return new System.Collections.Generic.Queue<int>().Count; } }",
    )
    .unwrap();
    let wrong = mono.compile("Queue.dll", &[source.to_str().unwrap()], &["-target:library"]);
    let ran = check(&wrong);
    assert!(ran.code == Some(1) && ran.output.contains("Queue"), "{}{}", ran.output, ran.error);
}

/// What a project of the .NET SDK needs is in its file; the SDK itself is not part of the tests.
#[test]
fn the_project_file_has_the_version_of_the_workspace_and_both_targets() {
    let text = std::fs::read_to_string(tests::root().join("bindings/dotnet/Sfsf.Connector.csproj")).unwrap();
    let version = format!("<Version>{}</Version>", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "the version is {version}");
    assert!(text.contains("<TargetFrameworks>netstandard2.0;net45</TargetFrameworks>"));
    let assembly =
        std::fs::read_to_string(tests::root().join("bindings/dotnet/src/AssemblyInfo.cs")).unwrap();
    assert!(assembly.contains(&format!("AssemblyInformationalVersion(\"{}\")", env!("CARGO_PKG_VERSION"))));
}
