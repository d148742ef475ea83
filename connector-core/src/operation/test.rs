//! `test`: is the target reachable, and are we let in?

use serde::{Deserialize, Serialize};

/// A test takes nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TestRequest {}

/// What a successful test found out. A test that fails is an error, with advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TestReport {
    /// The steps, in the order in which they were taken.
    pub checks: Vec<Check>,
}

/// One step of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Check {
    /// What was tried, for example `token`.
    pub name: String,
    /// How it went.
    pub outcome: CheckOutcome,
    /// What was seen.
    pub detail: String,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it should.
    Ok,
    /// It works, but somebody should look at it.
    Warning,
}
