//! Who tells the story: to people, or to programs.

use std::io::{self, Write};
use std::time::Duration;

use connector_core::Error;
use indicatif::{HumanBytes, HumanCount};
use serde_json::{Value as Json, json};

use super::cost::{self, Cost};
use super::stage::Told;
use super::steps::Step;
use crate::output::{Format, Output, figures};

/// What there is to say at the beginning.
pub struct Opening {
    /// Where the tenant is.
    pub url: String,
    /// The company.
    pub company: String,
}

/// Tells the story.
pub trait Teller {
    /// Before the first step.
    fn open(&self, out: &mut Output, opening: &Opening) -> io::Result<()>;
    /// A step begins.
    fn begin(&self, out: &mut Output, number: usize, step: Step) -> io::Result<()>;
    /// A step did what it should.
    fn step(&self, out: &mut Output, step: Step, told: &Told, took: Duration) -> io::Result<()>;
    /// A step did not, and the story ends.
    fn failed(&self, out: &mut Output, step: Step, error: &Error) -> io::Result<()>;
    /// After the last step.
    fn close(&self, out: &mut Output, costs: &[Cost], took: Duration) -> io::Result<()>;
}

/// For people.
pub struct Story;

impl Teller for Story {
    fn open(&self, out: &mut Output, opening: &Opening) -> io::Result<()> {
        let headline = out.paint.strong("A SuccessFactors tenant on this machine, and the connector at work");
        writeln!(out, "{headline}\n")?;
        writeln!(out, "Company {} is at {}. Everything below goes there over", opening.company, opening.url)?;
        writeln!(out, "real HTTP, with OAuth tokens for signed SAML assertions, and back.\n")?;
        out.flush()
    }

    fn begin(&self, out: &mut Output, number: usize, step: Step) -> io::Result<()> {
        let headline = out.paint.strong(format_args!("{number:>2}. {}", step.title()));
        writeln!(out, "{headline}")?;
        out.flush()
    }

    fn step(&self, out: &mut Output, _: Step, told: &Told, _: Duration) -> io::Result<()> {
        for line in &told.lines {
            writeln!(out, "    {line}")?;
        }
        writeln!(out)?;
        out.flush()
    }

    /// The error itself goes to standard error.
    fn failed(&self, out: &mut Output, _: Step, _: &Error) -> io::Result<()> {
        let word = out.paint.failure("    This did not do what it should.");
        writeln!(out, "{word}\n")?;
        out.flush()
    }

    fn close(&self, out: &mut Output, costs: &[Cost], took: Duration) -> io::Result<()> {
        let headline = out.paint.strong("What was sent");
        let header = ["for", "requests", "records", "bytes", "tenant's time"].map(ToOwned::to_owned);
        let total = cost::total(costs);
        let table = figures(&header, costs.iter().chain([&total]).map(row), out.paint);
        let end = out.paint.success("Each step did what it should");
        writeln!(out, "{headline}\n{table}\n\n{end}, in {:.1} s.", took.as_secs_f64())?;
        writeln!(out, "Next: sfsf-connector --sandbox search --filter \"status eq 'f'\", or --help.")?;
        out.flush()
    }
}

fn row(cost: &Cost) -> Vec<String> {
    let count = |number: usize| HumanCount(u64::try_from(number).unwrap_or(u64::MAX)).to_string();
    let bytes = HumanBytes(u64::try_from(cost.bytes).unwrap_or(u64::MAX)).to_string();
    let time = format!("{:.0} ms", cost.time.as_secs_f64() * 1000.0);
    vec![cost.kind.to_owned(), count(cost.requests), count(cost.records), bytes, time]
}

/// For programs: an object for each step, and a last one with the status of the whole.
pub struct NdjsonTeller;

impl Teller for NdjsonTeller {
    fn open(&self, _: &mut Output, _: &Opening) -> io::Result<()> {
        Ok(())
    }

    fn begin(&self, _: &mut Output, _: usize, _: Step) -> io::Result<()> {
        Ok(())
    }

    fn step(&self, out: &mut Output, step: Step, told: &Told, took: Duration) -> io::Result<()> {
        let mut line = json!({"step": step.name(), "status": "ok", "seconds": took.as_secs_f64()});
        for (name, value) in &told.facts {
            line[name] = value.clone();
        }
        tell(out, &line)
    }

    fn failed(&self, out: &mut Output, step: Step, error: &Error) -> io::Result<()> {
        tell(out, &json!({"step": step.name(), "status": "failed", "error": error}))?;
        tell(out, &json!({"status": "failed", "failed_step": step.name()}))
    }

    fn close(&self, out: &mut Output, costs: &[Cost], took: Duration) -> io::Result<()> {
        let (total, steps) = (cost::total(costs), Step::ALL.len());
        tell(
            out,
            &json!({
                "status": "complete", "steps": steps, "seconds": took.as_secs_f64(),
                "requests": total.requests, "records": total.records, "sent": costs
            }),
        )
    }
}

fn tell(out: &mut Output, line: &Json) -> io::Result<()> {
    out.json(Format::Ndjson, line)
}
