//! The C ABI as C sees it: headers, examples, mistakes, and what is left behind.

use std::path::{Path, PathBuf};

use sandbox::Options;
use serde_json::Value as Json;
use tests::{Artifacts, CCompiler, Ran, Tenant, Tool, keys, need, skip};

/// A tenant, and a folder with a configuration for it.
struct Setting {
    tenant: Tenant,
    folder: tempfile::TempDir,
}

impl Setting {
    async fn start(people: usize) -> Self {
        let tenant = Tenant::start(Options { people, ..Options::default() }).await;
        let folder = tempfile::tempdir().unwrap();
        let mut configuration = keys(&tenant.sandbox);
        configuration.insert("page_size".to_owned(), 20.into());
        let text = Json::Object(configuration).to_string();
        std::fs::write(folder.path().join("configuration.json"), text).unwrap();
        Self { tenant, folder }
    }

    fn configuration(&self) -> PathBuf {
        self.folder.path().join("configuration.json")
    }

    fn build(&self, compiler: &CCompiler, source: &str) -> PathBuf {
        let program = self.folder.path().join(Path::new(source).file_stem().unwrap());
        compiler.build(&[&format!("bindings/c/{source}")], &program);
        program
    }

    async fn run(&self, tool: Tool, arguments: &[&str]) -> Ran {
        tool.arg(self.configuration()).args(arguments).run_beside().await
    }
}

/// What takes a core for itself goes one after the other, so that deadlines are kept.
static HEAVY: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A program under valgrind, which ends with 99 if there is anything to report.
fn valgrind(program: &Path) -> Option<Tool> {
    let found = need("valgrind", "valgrind")?;
    let options = ["--quiet", "--leak-check=full", "--error-exitcode=99"];
    let known = tests::root().join("bindings/c/tests/valgrind.supp");
    Some(Tool::new(found).args(&options).arg(format!("--suppressions={}", known.display())).arg(program))
}

#[test]
fn the_headers_compile_as_c_and_as_cpp_without_a_warning() {
    let Some(c) = CCompiler::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let source = "#include \"sfsf_connector.h\"\n#include \"sfsf.h\"\nint main(void) {\n\
        sfsf_events events = SFSF_EVENTS_EMPTY;\nsfsf_json event = sfsf_json_of(&events.buffer);\n\
        sfsf_status status = sfsf_events_next(&events, 0, &event);\n\
        return status == SFSF_BAD_HANDLE && sfsf_is_compatible() ? 0 : 1;\n}\n";
    for (compiler, name) in [(Some(c), "a.c"), (CCompiler::find_cpp(), "a.cpp")] {
        let Some(compiler) = compiler else { return };
        let path = folder.path().join(name);
        std::fs::write(&path, source).unwrap();
        compiler.check(&path);
        for example in ["search.c", "save.c"] {
            let text =
                std::fs::read_to_string(tests::root().join("bindings/c/examples").join(example)).unwrap();
            let path = folder.path().join(example).with_extension(name.rsplit('.').next().unwrap());
            std::fs::write(&path, text).unwrap();
            let examples = tests::root().join("bindings/c/examples");
            CCompiler::check(&compiler.clone().with(&format!("-I{}", examples.display())), &path);
        }
    }
}

#[test]
fn json_is_read_and_written_as_it_stands() {
    let Some(compiler) = CCompiler::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    for (name, options) in [("plain", &[][..]), ("checked", &SANITIZERS[..])] {
        let compiler = options.iter().fold(compiler.clone(), |compiler, option| compiler.with(option));
        let program = folder.path().join(name);
        compiler.build(&["bindings/c/tests/json.c"], &program);
        Tool::new(program).succeed();
    }
}

/// What the examples say.
async fn examples(setting: &Setting, search: &Path, save: &Path) {
    let run = |program: &Path| Tool::new(program);
    let found = setting.run(run(search), &["userId eq 'sfapi'"]).await;
    assert_eq!((found.code, found.output.as_str()), (Some(0), "sfapi\tsfapi\t\n"), "{}", found.error);
    assert_eq!(found.error, "1 found\n");
    let refused = setting.run(run(search), &["shoeSize eq '44'"]).await;
    assert_eq!((refused.code, refused.output.as_str()), (Some(1), ""), "{}", refused.error);
    assert!(
        refused.error.starts_with("invalid_attribute: search: User has no attribute"),
        "{}",
        refused.error
    );
    let wrong = setting.run(run(search), &["status \"eq"]).await;
    assert_eq!(wrong.code, Some(2), "{}", wrong.error);

    let saved = setting.run(run(save), &["sfapi", "title", "Ünder \"Chief\" 😀"]).await;
    assert_eq!((saved.code, saved.output.as_str()), (Some(0), "sfapi: updated\n"), "{}", saved.error);
    assert_eq!(setting.tenant.sandbox.user("sfapi").unwrap()["title"], "Ünder \"Chief\" 😀");
    let nobody = setting.run(run(save), &["nobody", "title", "CTO"]).await;
    assert_eq!((nobody.code, nobody.output.as_str()), (Some(1), "there is nobody with the uid nobody\n"));
    let refused = setting.run(run(save), &["sfapi", "shoeSize", "44"]).await;
    assert_eq!((refused.code, refused.output.as_str()), (Some(1), "shoeSize was not accepted\n"));
    setting.tenant.fault("throttle=300:POST /odata/v2/upsert");
    let later = setting.run(run(save), &["sfapi", "title", "CFO"]).await;
    assert_eq!(later.code, Some(3), "{}", later.error);
    assert!(later.error.ends_with("try again in 300 seconds\n"), "{}", later.error);
    setting.tenant.sandbox.clear_faults();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_do_what_they_say() {
    let Some(compiler) = CCompiler::find() else { return };
    let setting = Setting::start(10).await;
    let [search, save] = ["examples/search.c", "examples/save.c"].map(|name| setting.build(&compiler, name));
    examples(&setting, &search, &save).await;
    let nothing = Tool::new(&search).arg("nothing.json").arg("x").run_beside().await;
    assert_eq!((nothing.code, nothing.error.as_str()), (Some(2), "nothing.json cannot be read\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn valgrind_finds_nothing_in_the_examples() {
    let Some(compiler) = CCompiler::find() else { return };
    let setting = Setting::start(10).await;
    let [search, save] = ["examples/search.c", "examples/save.c"].map(|name| setting.build(&compiler, name));
    let run = |program: &Path| valgrind(program);
    let (Some(one), Some(two), Some(three), Some(four)) =
        (run(&search), run(&search), run(&save), run(&save))
    else {
        return;
    };
    let _alone = HEAVY.lock().await;
    for (tool, arguments, code) in [
        (one, &["status eq 't'"][..], 0),
        (two, &["shoeSize eq '44'"], 1),
        (three, &["sfapi", "title", "CTO"], 0),
        (four, &["nobody", "title", "CTO"], 1),
    ] {
        let ran = setting.run(tool, arguments).await;
        assert_eq!(ran.code, Some(code), "{}{}", ran.output, ran.error);
    }
}

/// Addresses, leaks and undefined behavior, on the side of C; the allocations of the library are watched as well.
const SANITIZERS: [&str; 2] = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

#[tokio::test(flavor = "multi_thread")]
async fn sanitizers_find_nothing_in_the_examples_and_in_mistakes() {
    let Some(compiler) = CCompiler::find() else { return };
    let compiler = SANITIZERS.iter().fold(compiler, |compiler, option| compiler.with(option));
    let setting = Setting::start(10).await;
    let names = ["examples/search.c", "examples/save.c", "tests/misuse.c"];
    let [search, save, misuse] = names.map(|name| setting.build(&compiler, name));
    examples(&setting, &search, &save).await;
    let ran = setting.run(Tool::new(misuse), &[]).await;
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_is_answered_with_a_status_and_a_sentence() {
    let Some(compiler) = CCompiler::find() else { return };
    let setting = Setting::start(10).await;
    let misuse = setting.build(&compiler, "tests/misuse.c");
    let ran = setting.run(Tool::new(&misuse), &[]).await;
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);
    let Some(watched) = valgrind(&misuse) else { return };
    let _alone = HEAVY.lock().await;
    let ran = setting.run(watched, &["small"]).await;
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);
}

/// A tenant that accepts and never answers.
#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_another_thread_cancels_ends_within_a_second() {
    let Some(compiler) = CCompiler::find() else { return };
    let setting = Setting::start(10).await;
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", silent.local_addr().unwrap());
    let mut configuration = keys(&setting.tenant.sandbox);
    configuration.insert("url".to_owned(), address.clone().into());
    configuration.insert("token_url".to_owned(), format!("{address}oauth/token").into());
    std::fs::write(setting.configuration(), Json::Object(configuration).to_string()).unwrap();
    let cancel = setting.build(&compiler, "tests/cancel.c");
    let ran = setting.run(Tool::new(cancel), &[]).await;
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);
    let waits: Vec<_> = ran.output.lines().filter_map(|line| line.split_once(' ')).collect();
    assert_eq!(waits.len(), 4, "{}", ran.output);
    for (status, wait) in waits {
        assert_eq!(status, "-2", "{}", ran.output);
        assert!(wait.parse::<u64>().unwrap() < 1000, "{}", ran.output);
    }
}

/// A thousand connections, and a thousand streams that somebody walks away from.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_closed_or_abandoned_leaves_nothing_behind() {
    let Some(compiler) = CCompiler::find() else { return };
    if !cfg!(target_os = "linux") {
        return skip::missing("Linux");
    }
    let setting = Setting::start(100).await;
    let churn = setting.build(&compiler, "tests/churn.c");
    let _alone = HEAVY.lock().await;
    let ran = setting.run(Tool::new(&churn), &["1000"]).await;
    assert_eq!(ran.code, Some(0), "{}{}", ran.output, ran.error);
    let lines: Vec<Vec<&str>> = ran.output.lines().map(|line| line.split(' ').collect()).collect();
    let number = |line: usize, column: usize| lines[line][column].parse::<i64>().unwrap();
    assert_eq!(
        lines.iter().map(|line| line[0]).collect::<Vec<_>>(),
        ["open", "open", "abandon", "abandon", "end"]
    );
    for (early, late) in [(0, 1), (2, 3)] {
        assert_eq!(number(early, 1), number(late, 1), "threads: {}", ran.output);
        assert!(number(late, 2) <= number(early, 2) + 4, "files: {}", ran.output);
        assert!(number(late, 3) <= number(early, 3) + 8 * 1024, "memory: {}", ran.output);
    }
    assert_eq!(number(4, 1), 1, "no thread is left: {}", ran.output);
}

#[test]
fn the_library_exports_its_functions_and_nothing_else() {
    if !cfg!(target_os = "linux") {
        return skip::missing("Linux");
    }
    let Some(nm) = need("nm", "nm") else { return };
    let library = Artifacts::get().shared_library();
    let listed = Tool::new(nm).args(&["-D", "--defined-only", "--format=posix"]).arg(&library).succeed();
    let mut exported: Vec<_> = listed.lines().filter_map(|line| line.split(' ').next()).collect();
    exported.sort_unstable();
    let header =
        std::fs::read_to_string(tests::root().join("connector-ffi/include/sfsf_connector.h")).unwrap();
    let mut declared: Vec<_> = header
        .lines()
        .filter(|line| !line.starts_with([' ', '/']))
        .filter_map(|line| line.split_once('(')?.0.split_once(" sfsf_"))
        .map(|(_, name)| format!("sfsf_{name}"))
        .collect();
    declared.sort_unstable();
    assert!(declared.len() >= 12, "{declared:?}");
    assert_eq!(exported, declared);
}

#[test]
fn the_library_is_never_unloaded() {
    if !cfg!(target_os = "linux") {
        return skip::missing("Linux");
    }
    let Some(readelf) = need("readelf", "readelf") else { return };
    let listed = Tool::new(readelf).arg("-d").arg(Artifacts::get().shared_library()).succeed();
    assert!(listed.lines().any(|line| line.contains("FLAGS_1") && line.contains("NODELETE")), "{listed}");
}
