//! What the steps of the demo work with and pass on.

use connector_core::Error;
use connector_core::object::{AttributeDelta, ConnectorObject, Presence, Uid, special};
use connector_core::operation::{GetOutcome, GetRequest, ObjectId, SaveMode, SaveOutcome, SaveRequest};
use connector_core::protocol::Call;
use serde_json::{Map, Value as Json};

use crate::console::Console;
use crate::runner::Runner;
use crate::stop::Stop;

/// The class of people.
pub const USER: &str = "User";
/// The person that the story is about.
pub const UID: &str = "ada.lovelace";

/// What the steps work with, and what earlier ones have learned.
pub struct Stage<'a> {
    /// The connector.
    pub runner: &'a Runner,
    /// Where the progress bar is.
    pub console: &'a Console,
    /// Somebody active: uid and name.
    pub colleague: Option<Colleague>,
}

/// Somebody who works there.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// The uid.
    pub uid: Uid,
    /// First and last name.
    pub full_name: String,
}

/// What a step has to tell: sentences for people, facts for programs.
#[derive(Debug, Default)]
pub struct Told {
    /// Sentences.
    pub lines: Vec<String>,
    /// Facts.
    pub facts: Map<String, Json>,
}

impl Told {
    /// A step with this to say.
    pub fn line(line: impl Into<String>) -> Self {
        Self::default().and(line)
    }

    /// And this.
    pub fn and(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// And this for programs.
    pub fn fact(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }
}

impl<'a> Stage<'a> {
    /// The stage before the first step.
    pub fn new(runner: &'a Runner, console: &'a Console) -> Self {
        Self { runner, console, colleague: None }
    }

    /// Saves a person.
    pub async fn save(
        &self,
        uid: &str,
        mode: SaveMode,
        changes: &[(&str, &str)],
    ) -> Result<SaveOutcome, Stop> {
        let deltas = changes.iter().map(|(name, value)| AttributeDelta::set(*name, *value)).collect();
        self.runner.write(Call::Save(SaveRequest::new(USER, uid, deltas).with_mode(mode))).await
    }

    /// Looks her up.
    pub async fn read(&self) -> Result<GetOutcome, Stop> {
        self.runner.get(Call::Get(GetRequest::new(USER, UID))).await
    }

    /// The colleague whom the import has met.
    pub fn colleague(&self) -> Result<&Colleague, Stop> {
        self.colleague.as_ref().ok_or_else(|| wrong("the import met nobody who could be a manager"))
    }
}

/// Her.
pub fn her() -> ObjectId {
    ObjectId::new(USER, UID)
}

/// A step that did something else than it should.
pub fn wrong(what: impl Into<String>) -> Stop {
    Error::internal(what.into()).into()
}

/// Fails unless the two are equal.
pub fn expect<T: PartialEq + std::fmt::Display>(what: &str, found: T, expected: T) -> Result<(), Stop> {
    if found == expected {
        return Ok(());
    }
    Err(wrong(format!("{what} should be '{expected}' and is '{found}'")))
}

/// Fails unless she is there in this state.
pub fn expect_presence(found: Presence, expected: Presence) -> Result<(), Stop> {
    expect("her state", found, expected)
}

/// Whether the account is enabled, as far as the object says.
pub fn is_enabled(object: &ConnectorObject) -> bool {
    let by_flag = object.first(special::ENABLE).and_then(|value| value.as_bool());
    by_flag.unwrap_or_else(|| text(object, "status").eq_ignore_ascii_case("t"))
}

/// The first value as text, empty if there is none.
pub fn text(object: &ConnectorObject, name: &str) -> String {
    object.first(name).map(ToString::to_string).unwrap_or_default()
}
