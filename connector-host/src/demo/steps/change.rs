//! Change: a save of somebody who is there, and once more to see that nothing is written twice.

use connector_core::operation::{SaveAction, SaveMode};

use crate::demo::stage::{Stage, Told, UID, expect};
use crate::stop::Stop;

/// Gives her a new title and a manager.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let manager = stage.colleague()?.clone();
    let changes = [("title", "Chief Analyst"), ("manager", manager.uid.as_str())];
    let outcome = stage.save(UID, SaveMode::Update, &changes).await?;
    expect("what the save did", outcome.action, SaveAction::Updated)?;
    let again = stage.save(UID, SaveMode::Update, &changes).await?;
    expect("what the same save did again", again.action, SaveAction::Unchanged)?;
    Ok(Told::line(format!("Chief Analyst, managed by {}.", manager.full_name))
        .and("The same change once more: nothing to do, nothing written.")
        .fact("action", outcome.action.to_string())
        .fact("manager", manager.uid.as_str()))
}
