//! What the pages about embedding show is what happens.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sandbox::Options;
use serde_json::Value as Json;
use tests::{Artifacts, CCompiler, Mono, Tenant, Tool, keys, need, root};

/// The code blocks of a page: their language and their text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), block @ Some(_)) => blocks.extend(block.take()),
            (Some(language), none) => *none = Some((language.to_owned(), String::new())),
            (None, Some((_, text))) => text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    blocks
}

/// All blocks in this language, one after the other.
fn all(page: &str, language: &str) -> String {
    let text: String =
        blocks(page).into_iter().filter(|block| block.0 == language).map(|block| block.1).collect();
    assert!(!text.is_empty(), "{page} has no {language}");
    text
}

/// A tenant, and a folder with a configuration for it.
async fn setting() -> (Tenant, tempfile::TempDir) {
    let tenant = Tenant::start(Options { people: 10, ..Options::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let text = Json::Object(keys(&tenant.sandbox)).to_string();
    std::fs::write(folder.path().join("configuration.json"), text).unwrap();
    (tenant, folder)
}

fn python(folder: &Path, program: &str) -> Option<Tool> {
    let python = Tool::new(need("python3", "Python")?).within(folder).args(&["-c", program]);
    let python =
        python.env("PYTHONPATH", root().join("bindings/python/src")).env("PYTHONDONTWRITEBYTECODE", "1");
    Some(python.env("SFSF_CONNECTOR_LIBRARY", Artifacts::get().shared_library()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_in_c_says_what_the_page_says() {
    let Some(compiler) = CCompiler::find() else { return };
    let (_tenant, folder) = setting().await;
    let (source, program): (PathBuf, _) = (folder.path().join("page.c"), folder.path().join("page"));
    std::fs::write(&source, all("docs/embedding/c.md", "c")).unwrap();
    compiler.build(&[source.to_str().unwrap()], &program);
    let output = Tool::new(program).within(folder.path()).succeed_beside().await;
    assert_eq!(output, all("docs/embedding/c.md", "text"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_in_python_says_what_the_page_says() {
    let (_tenant, folder) = setting().await;
    let program = all("docs/embedding/python.md", "python");
    let Some(python) = python(folder.path(), &program) else { return };
    assert_eq!(python.succeed_beside().await, all("docs/embedding/python.md", "text"));
}

/// The program of a page in C#, compiled; `None` without Mono.
fn csharp(page: &str, folder: &Path) -> Option<(Mono, Tool)> {
    let mono = Mono::find()?;
    let source = folder.join("Page.cs");
    std::fs::write(&source, all(page, "csharp")).unwrap();
    let program = mono.compile("Page.exe", &[source.to_str().unwrap()], &[]);
    let tool = Tool::new(mono.runtime()).within(folder).arg(program);
    Some((mono, tool.env("SFSF_CONNECTOR_LIBRARY", Artifacts::get().shared_library())))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_in_dotnet_says_what_the_page_says() {
    let (_tenant, folder) = setting().await;
    let page = "docs/embedding/dotnet.md";
    let Some((_mono, program)) = csharp(page, folder.path()) else { return };
    assert_eq!(program.succeed_beside().await, all(page, "text"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_classes_of_openiam_say_what_the_page_says() {
    let (tenant, folder) = setting().await;
    let page = "docs/hosts/openiam.md";
    let Some((_mono, program)) = csharp(page, folder.path()) else { return };
    let keys = keys(&tenant.sandbox);
    let items = ["url", "client_id", "username", "private_key", "company_id"];
    let program = program.args(&items.map(|item| keys[item].as_str().unwrap()));
    assert_eq!(program.succeed_beside().await, all(page, "text"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_program_of_the_class_library_runs() {
    let (_tenant, folder) = setting().await;
    let Some((_mono, program)) = csharp("bindings/dotnet/README.md", folder.path()) else { return };
    let output = program.succeed_beside().await;
    assert!(output.contains("sfapi") && output.ends_with("there is no jdoe\n"), "{output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_program_of_the_package_runs() {
    let (_tenant, folder) = setting().await;
    let program = all("bindings/python/README.md", "python");
    let Some(python) = python(folder.path(), &program) else { return };
    let output = python.succeed_beside().await;
    assert!(output.contains("sfapi") && output.ends_with("there is no jdoe\n"), "{output}");
}

/// Whether what was said is what is shown, where `…` stands for anything.
fn is_as_shown(shown: &Json, said: &Json) -> bool {
    match (shown, said) {
        (Json::String(shown), _) if shown == "…" => true,
        (Json::String(shown), Json::String(said)) => match shown.split_once('…') {
            Some((start, end)) => said.starts_with(start) && said.ends_with(end),
            None => shown == said,
        },
        (Json::Array(shown), Json::Array(said)) => {
            shown.len() == said.len() && shown.iter().zip(said).all(|(shown, said)| is_as_shown(shown, said))
        }
        (Json::Object(shown), Json::Object(said)) => {
            let same =
                |(key, shown): (&String, &Json)| said.get(key).is_some_and(|said| is_as_shown(shown, said));
            // A stream that was stopped tells its cost if the tenant had been asked for something by then.
            let said = said.keys().filter(|key| *key != "cost" || shown.contains_key("cost"));
            shown.len() == said.count() && shown.iter().all(same)
        }
        _ => shown == said,
    }
}

#[test]
fn the_conversation_goes_as_the_page_says() {
    let mut command = Command::new(Artifacts::get().program());
    command.args(["stdio", "--sandbox", "--people", "300"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = command.spawn().unwrap();
    let mut input = program.stdin.take().unwrap();
    let mut output = BufReader::new(program.stdout.take().unwrap());
    let mut hear = || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        serde_json::from_str::<Json>(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    };
    let mut anything = false;
    for line in all("docs/embedding/stdio.md", "conversation").lines() {
        match line.split_at(2) {
            ("> ", request) => writeln!(input, "{request}").unwrap(),
            ("< ", "…") => anything = true,
            ("< ", event) => {
                let shown: Json = serde_json::from_str(event).unwrap();
                let mut said = hear();
                while anything && !is_as_shown(&shown, &said) && said.get("method").is_some() {
                    said = hear();
                }
                assert!(is_as_shown(&shown, &said), "shown {shown}\nsaid  {said}");
                anything = false;
            }
            _ => panic!("{line}"),
        }
    }
    drop(input);
    assert!(program.wait().unwrap().success());
}
