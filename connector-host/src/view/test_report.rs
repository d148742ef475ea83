//! What a successful test found out.

use std::io::{self, Write};

use connector_core::operation::{CheckOutcome, TestReport};
use serde::Serialize;

use crate::output::{Output, Records, View, printable};

/// The report of a test.
#[derive(Serialize)]
#[serde(transparent)]
pub struct TestView<'a>(pub &'a TestReport);

impl View for TestView<'_> {
    fn text(&self, out: &mut Output) -> io::Result<()> {
        let width = self.0.checks.iter().map(|check| check.name.chars().count()).max().unwrap_or(0);
        for check in &self.0.checks {
            let sign = match check.outcome {
                CheckOutcome::Ok => out.paint.success("ok     "),
                CheckOutcome::Warning => out.paint.warning("warning"),
            };
            writeln!(out, "{sign}  {:width$}  {}", check.name, printable(&check.detail))?;
        }
        Ok(())
    }

    fn records(&self) -> Records {
        let outcome = |outcome| if outcome == CheckOutcome::Ok { "ok" } else { "warning" };
        let row = |check: &connector_core::operation::Check| {
            vec![check.name.clone(), outcome(check.outcome).to_owned(), check.detail.clone()]
        };
        Records {
            header: ["check", "outcome", "detail"].map(ToOwned::to_owned).to_vec(),
            rows: self.0.checks.iter().map(row).collect(),
        }
    }
}
