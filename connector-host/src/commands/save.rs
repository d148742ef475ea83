//! `save`: create an object or change it.

use std::path::Path;

use connector_core::object::{AttributeDelta, Change};
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

/// A JSON object of changes is no longer, in bytes: as a request of the protocol.
const LONGEST: u64 = 16 << 20;

/// Makes the object as described, and shows what changed and what was so already.
pub async fn run(args: &SaveArgs, app: &mut App) -> Result<Exit, Stop> {
    let deltas = changes(args)?;
    let session = app.session().await?;
    let class = &args.object.class.object_class;
    let request =
        SaveRequest::new(class.clone(), args.object.uid.clone(), deltas).with_mode(args.mode.into());
    write::run_in(&session, app, Call::Save(request)).await
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
