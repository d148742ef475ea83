//! `save`: create an object or change it.

use std::path::Path;

use connector_core::object::{Attribute, AttributeDelta, Change};
use connector_core::operation::SaveRequest;
use connector_core::protocol::Call;
use connector_core::{Error, Result};
use connector_sfsf::files;
use serde_json::Value as Json;

use super::{secrets, write};
use crate::app::App;
use crate::cli::{Assignment, SaveArgs};
use crate::exit::Exit;
use crate::stop::Stop;
use crate::view::ExplanationView;

/// A JSON object of changes is no longer, in bytes: as a request of the protocol.
const LONGEST: u64 = 16 << 20;

/// Makes the object as described, and shows what changed and what was so already; or shows what would be sent.
pub async fn run(args: &SaveArgs, app: &mut App) -> Result<Exit, Stop> {
    let request = request(args)?;
    let runner = app.runner().await?;
    if !args.dry_run {
        return write::run_in(&runner, app, Call::Save(request)).await;
    }
    let explanation = runner.explanation(Call::Explain(request.into())).await?;
    app.out.show(app.format(), &ExplanationView(&explanation))?;
    Ok(Exit::Done)
}

fn request(args: &SaveArgs) -> Result<SaveRequest> {
    let (class, uid) = (&args.object.class.object_class, &args.object.uid);
    let request = SaveRequest::new(class.clone(), uid.clone(), changes(args)?)
        .with_mode(args.mode.into())
        .expecting(expected(args)?);
    Ok(SaveRequest { effective_date: args.effective_date, ..request })
}

/// What the object is expected to have.
fn expected(args: &SaveArgs) -> Result<Vec<Attribute>> {
    let deltas = Assignment::combine(&args.expect).map_err(Error::invalid_request)?;
    secrets::refuse(&deltas)?;
    let expectation = |AttributeDelta { name, change }| match change {
        Change::Replace(values) => Ok(Attribute::new(name, values)),
        Change::Modify { .. } => {
            let message =
                format!("'{name}' is not an expectation; write --expect {name}=value or --expect {name}=");
            Err(Error::invalid_request(message).with_attributes([name]))
        }
    };
    deltas.into_iter().map(expectation).collect()
}

/// The changes of the command line and of the JSON object. Texts are given as they are: the connector
/// knows the types of its tenant.
fn changes(args: &SaveArgs) -> Result<Vec<AttributeDelta>> {
    let mut deltas = Assignment::combine(&args.assignments).map_err(Error::invalid_request)?;
    secrets::refuse(&deltas)?;
    if let Some(path) = &args.json {
        for delta in parse(&read(path)?)? {
            if deltas.iter().any(|other| other.name == delta.name) {
                return Err(Error::invalid_request(format!("'{}' is given twice", delta.name)));
            }
            deltas.push(delta);
        }
    }
    Ok(deltas)
}

fn read(path: &Path) -> Result<String> {
    let is_stdin = path == Path::new("-");
    let read = if is_stdin { files::read_stdin(LONGEST) } else { files::read_text(path, LONGEST) };
    read.map_err(|error| {
        Error::invalid_request(format!(
            "{} cannot be read: {}",
            path.display(),
            crate::path::unread(path, error)
        ))
    })
}

/// The forms of the wire protocol: a value, a list, null, `{"add":[…],"remove":[…]}`.
fn parse(text: &str) -> Result<Vec<AttributeDelta>> {
    let changes: serde_json::Map<String, Json> = serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Error::invalid_request(format!("--json takes one JSON object of attributes and values ({place})"))
    })?;
    changes.into_iter().map(delta).collect()
}

fn delta((name, json): (String, Json)) -> Result<AttributeDelta> {
    let change: Change = serde_json::from_value(json).map_err(|error| {
        Error::invalid_request(format!("attribute '{name}': {error}")).with_attributes([name.as_str().into()])
    })?;
    Ok(AttributeDelta { name: name.into(), change })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(arguments: &[&str]) -> std::result::Result<SaveArgs, clap::Error> {
        use clap::Parser as _;
        let cli =
            crate::cli::Cli::try_parse_from(["sfsf-connector", "save", "jdoe"].iter().chain(arguments))?;
        let crate::cli::Command::Save(args) = cli.command else { panic!("not a save") };
        Ok(args)
    }

    #[test]
    fn what_is_expected_and_from_which_day_on_is_part_of_the_request() {
        let arguments =
            ["title=Boss", "--expect", "title=Analyst", "--expect", "fax=", "--effective-date", "2026-11-29"];
        let request = request(&args(&arguments).unwrap()).unwrap();
        let json = serde_json::to_value(&request).unwrap();
        assert_eq!(json["expected"], serde_json::json!({"title": ["Analyst"], "fax": []}));
        assert_eq!(json["effective_date"], "2026-11-29");
        assert!(args(&["title=Boss", "--effective-date", "29.11.2026"]).is_err());
    }

    #[test]
    fn an_expectation_says_what_is_there_and_holds_no_password() {
        for (wrong, said) in [("groups+=A", "write --expect groups=value"), ("password=x", "command line")] {
            let error = request(&args(&["title=Boss", "--expect", wrong]).unwrap()).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
    }

    #[test]
    fn json_changes_take_every_form_of_the_protocol() {
        let deltas = parse(
            r#"{"title":"Engineer","fax":null,"groups":{"add":["A"]},"hireDate":{"$date":"2024-01-31"}}"#,
        );
        let shown: Vec<_> =
            deltas.unwrap().iter().map(|d| serde_json::to_string(&d.change).unwrap()).collect();
        assert_eq!(shown, [r#"["Engineer"]"#, "[]", r#"{"add":["A"]}"#, r#"[{"$date":"2024-01-31"}]"#]);
    }

    #[test]
    fn text_that_is_no_object_of_changes_is_refused_and_not_repeated() {
        for text in ["", "[]", "\"hush\"", "{\"password\": hush}"] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains("line 1") && !error.contains("hush"), "{error}");
        }
    }
}
