//! The contract: what every connector owes its callers, as a suite that any connector can be put through.
//!
//! A connector describes itself with a small [`Fixture`]; [`run`] tries every case and gives a
//! [`Report`]. What the manifest does not offer is skipped, and said to be. The cases are those of
//! ConnId's contract tests and more; they know no product.
//!
//! A test of a connector is `contract::run(&fixture).await.into_result()?`: the error lists every case
//! that failed, and why.
//!
//! The suite creates objects and deletes some of them: never run it against a target that people use.

mod cases;
mod check;
mod fixture;
mod report;
mod suite;

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

pub use fixture::{Fixture, Multivalued, NewObject};
pub use report::{CaseReport, ContractBroken, Report, Verdict};

use cases::Case;
use check::Stop;
use suite::Suite;

/// Tries every case, one after the other. A connector that panics fails the case and goes on.
///
/// Nothing here has a clock: wrap it in a timeout if the connector might hang.
pub async fn run(fixture: &dyn Fixture) -> Report {
    let suite = match Suite::prepare(fixture).await {
        Ok(suite) => suite,
        Err(stop) => return Report { cases: vec![report("prepare", Err(stop))] },
    };
    let mut cases = Vec::new();
    for Case { name, run } in cases::all() {
        let result = AssertUnwindSafe(run(&suite)).catch_unwind().await;
        let result = result.unwrap_or_else(|_| Err(Stop::Failed("the connector panicked".into())));
        cases.push(report(name, result));
    }
    Report { cases }
}

fn report(name: &'static str, result: Result<(), Stop>) -> CaseReport {
    let verdict = match result {
        Ok(()) => Verdict::Passed,
        Err(Stop::Failed(why)) => Verdict::Failed(why),
        Err(Stop::Skipped(why)) => Verdict::Skipped(why),
    };
    CaseReport { name, verdict }
}
