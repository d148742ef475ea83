//! Create: a save of somebody who is not there.

use connector_core::object::Presence;
use connector_core::operation::{SaveAction, SaveMode};

use crate::demo::stage::{Stage, Told, UID, expect, expect_presence};
use crate::stop::Stop;

const PERSON: [(&str, &str); 9] = [
    ("userId", UID),
    ("username", UID),
    ("status", "t"),
    ("firstName", "Ada"),
    ("lastName", "Lovelace"),
    ("email", "ada.lovelace@example.com"),
    ("title", "Analyst"),
    ("department", "Engineering"),
    ("timeZone", "Europe/London"),
];

/// Creates her.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let outcome = stage.save(UID, SaveMode::CreateOrUpdate, &PERSON).await?;
    expect("what the save did", outcome.action, SaveAction::Created)?;
    expect_presence(outcome.presence, Presence::Active)?;
    Ok(Told::line(format!("Ada Lovelace, Analyst. She was not there before; her userId is {UID}."))
        .fact("uid", UID)
        .fact("action", outcome.action.to_string())
        .fact("changed", outcome.changed.len()))
}
