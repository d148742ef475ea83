//! One corpus of cases, told to a tenant through every way into the connector, with the same results.
//! `tests/corpus/README.md` says what a case is and how to add a language.

mod case;
mod coverage;
mod drivers;
mod normalize;
mod strict;
mod texts;

use drivers::{Carrier, Driver, InProcess, Program, Stdio};

/// Runs all cases through a driver and compares what comes back with what is kept.
async fn check(driver: &dyn Driver) {
    let mut complaints = Vec::new();
    for case in case::all() {
        let seen = case.run(driver).await;
        if driver.is_the_measure() && std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            case.keep(&seen);
        } else if let Err(complaint) = case.compare(&seen) {
            complaints.push(format!("{}, {}: {complaint}", driver.name(), case.name));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_rust() {
    check(&InProcess).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_over_stdio() {
    check(&Stdio).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_c() {
    if let Some(driver) = Program::c() {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_python() {
    if let Some(driver) = Program::python() {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_java() {
    if let Some(driver) = tokio::task::spawn_blocking(Program::java_native).await.unwrap() {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_dotnet() {
    if let Some(driver) = Program::mono(Carrier::Library) {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_java_over_stdio() {
    if let Some(driver) = tokio::task::spawn_blocking(Program::java_stdio).await.unwrap() {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_dotnet_over_stdio() {
    if let Some(driver) = Program::mono(Carrier::Program) {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_dotnet_10() {
    if let Some(driver) = Program::dotnet(Carrier::Library) {
        check(&driver).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_corpus_holds_in_dotnet_10_over_stdio() {
    if let Some(driver) = Program::dotnet(Carrier::Program) {
        check(&driver).await;
    }
}

/// What `docs/embedding.md` tells of this suite.
#[test]
fn the_table_in_the_documentation_has_every_way_in_and_the_number_of_cases() {
    let page = std::fs::read_to_string(tests::root().join("docs/embedding.md")).unwrap();
    let equal = format!("| {0} of {0} |", case::all().len());
    let ways = ["Rust", "stdio", "C", "Python", "Java", ".NET", ".NET 10"].map(ToOwned::to_owned);
    let over_stdio = ["Java", ".NET", ".NET 10"].map(|way| format!("{way} over stdio"));
    for way in ways.iter().chain(&over_stdio) {
        let row = page.lines().find(|line| line.starts_with(&format!("| {way} |")) && line.ends_with(&equal));
        assert!(row.is_some(), "the table lacks {way} with {equal}");
    }
}
