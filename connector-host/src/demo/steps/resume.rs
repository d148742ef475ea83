//! Resume: she may log in again.

use connector_core::object::Presence;
use connector_core::protocol::Call;
use serde_json::json;

use crate::demo::stage::{Stage, Told, expect_presence, her};
use crate::stop::Stop;

/// Makes her active.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let outcome = stage.runner.write(Call::Resume(her())).await?;
    expect_presence(outcome.presence_before, Presence::Inactive)?;
    expect_presence(outcome.presence, Presence::Active)?;
    Ok(Told::line(format!("{} before, {} now.", outcome.presence_before, outcome.presence))
        .fact("action", outcome.action.to_string())
        .fact("presence", json!(outcome.presence)))
}
