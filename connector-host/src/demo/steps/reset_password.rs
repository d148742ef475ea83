//! Reset password: and nothing else changes.

use connector_core::object::{Presence, Secret};
use connector_core::operation::ResetPasswordRequest;
use connector_core::protocol::Call;
use serde_json::json;

use crate::demo::stage::{Stage, Told, UID, USER, expect_presence};
use crate::stop::Stop;

/// Sets a password of somebody who exists only here.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let request = ResetPasswordRequest {
        object_class: USER.into(),
        uid: UID.into(),
        new_password: Secret::new("Note-G-1843"),
    };
    let outcome = stage.runner.write(Call::ResetPassword(request)).await?;
    expect_presence(outcome.presence, Presence::Active)?;
    expect_presence(stage.read().await?.presence, Presence::Active)?;
    Ok(Told::line("Done. Her status is what it was: active.").fact("presence", json!(outcome.presence)))
}
