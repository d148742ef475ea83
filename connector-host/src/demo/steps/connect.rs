//! Connect: sign an assertion, trade it for a token, read one record.

use crate::demo::stage::{Stage, Told};
use crate::stop::Stop;

/// Tests the connection and tells each check.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let report = stage.runner.test().await?;
    let mut told = Told::default().fact("checks", report.checks.len());
    for check in &report.checks {
        told = told.and(format!("{}: {}", check.name, check.detail));
    }
    Ok(told)
}
