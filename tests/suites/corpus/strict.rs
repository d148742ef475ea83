//! Texts that are no JSON are refused by every reader there is: those of the bindings, those of requests, and those of
//! configurations.

use serde_json::{Map, Value as Json};
use tests::{Artifacts, Tool};

use super::case::Line;
use super::drivers::{Carrier, Driver, InProcess, Program, Stdio};
use super::texts;

/// A text for people.
fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text.get(..80).unwrap_or(text)).into_owned()
}

/// What a program gets wrong of these texts, which it has to take or not.
async fn wrong(program: &Program, mode: &str, texts: &[Vec<u8>], right: bool) -> Vec<String> {
    let verdicts = program.judge(mode, texts).await;
    assert_eq!(verdicts.len(), texts.len(), "{}: a verdict for each text", program.name());
    let wrong = texts.iter().zip(verdicts).filter(|(_, verdict)| *verdict != right);
    wrong.map(|(text, _)| shown(text)).collect()
}

/// The reader of a language.
async fn check_reader(program: &Program) {
    let taken = wrong(program, "json", &texts::refused(), false).await;
    assert!(taken.is_empty(), "{} takes {}: {taken:#?}", program.name(), taken.len());
    let refused = wrong(program, "json", &texts::accepted(), true).await;
    assert!(refused.is_empty(), "{} refuses {refused:#?}", program.name());
}

/// What a language opens a connection with.
async fn check_configurations(program: &Program) {
    let taken = wrong(program, "open", &texts::refused(), false).await;
    assert!(taken.is_empty(), "{} takes {}: {taken:#?}", program.name(), taken.len());
}

/// The texts that can be a request: carriers of texts take UTF-8, and a request is no blank.
fn requests() -> Vec<Line> {
    let texts = texts::refused().into_iter().filter_map(|text| String::from_utf8(text).ok());
    let texts = texts.filter(|text| !text.trim().is_empty() && !text.contains('\0'));
    texts.map(|text| Line { text, cancelled: false }).collect()
}

/// A configuration with which nothing is reached.
fn nowhere() -> Map<String, Json> {
    let keys = serde_json::json!({"url": "http://127.0.0.1:9/", "access_token": "t"});
    keys.as_object().cloned().unwrap_or_default()
}

/// Each text as a request: it is answered, and with nothing but a refusal.
async fn check_requests(driver: &dyn Driver) {
    let lines = requests();
    let answers = driver.run(&nowhere(), &lines).await;
    assert_eq!(answers.len(), lines.len(), "{}: an answer for each text", driver.name());
    for (line, answer) in lines.iter().zip(&answers) {
        let json: Json = serde_json::from_str(answer).unwrap();
        let kind = &json["error"]["data"]["kind"];
        assert_eq!(kind, "invalid_request", "{}: {}: {answer}", driver.name(), shown(line.text.as_bytes()));
    }
}

async fn java(program: fn() -> Option<Program>) -> Option<Program> {
    tokio::task::spawn_blocking(program).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_rust_takes_what_is_no_json() {
    check_requests(&InProcess).await;
    check_requests(&Stdio).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_c_takes_what_is_no_json() {
    let Some(program) = Program::c() else { return };
    check_reader(&program).await;
    check_configurations(&program).await;
    check_requests(&program).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_python_takes_what_is_no_json() {
    let Some(program) = Program::python() else { return };
    check_reader(&program).await;
    check_configurations(&program).await;
    check_requests(&program).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_java_takes_what_is_no_json() {
    for way in [Program::java_native, Program::java_stdio] {
        let Some(program) = java(way).await else { return };
        check_reader(&program).await;
        check_configurations(&program).await;
        check_requests(&program).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_dotnet_takes_what_is_no_json() {
    for carrier in [Carrier::Library, Carrier::Program] {
        let Some(program) = Program::mono(carrier) else { return };
        check_reader(&program).await;
        check_requests(&program).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_dotnet_10_takes_what_is_no_json() {
    for carrier in [Carrier::Library, Carrier::Program] {
        let Some(program) = Program::dotnet(carrier) else { return };
        check_reader(&program).await;
        check_requests(&program).await;
    }
}

/// The program starts anew for each file: every tenth text does.
#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_file_that_is_no_json_is_refused_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("configuration.json");
    for text in texts::refused().iter().step_by(10) {
        std::fs::write(&file, text).unwrap();
        let tool = Tool::new(Artifacts::get().program()).arg("--config").arg(&file).arg("test");
        let ran = tool.run_beside().await;
        assert_eq!(ran.code, Some(2), "{}: {}", shown(text), ran.error);
        assert!(ran.error.contains("configuration.json"), "{}: {}", shown(text), ran.error);
    }
}
