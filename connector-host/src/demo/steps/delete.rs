//! Delete: SuccessFactors has none, and the connector says so.

use connector_core::object::Presence;
use connector_core::protocol::Call;
use serde_json::json;

use crate::demo::stage::{Stage, Told, expect_presence, her};
use crate::stop::Stop;

/// Deletes her, and looks whether she is still there.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let outcome = stage.runner.write(Call::Delete(her())).await?;
    expect_presence(outcome.presence, Presence::Inactive)?;
    expect_presence(stage.read().await?.presence, Presence::Inactive)?;
    Ok(Told::line("SuccessFactors has no delete. She is inactive, and her history is kept.")
        .fact("action", outcome.action.to_string())
        .fact("presence", json!(outcome.presence)))
}
