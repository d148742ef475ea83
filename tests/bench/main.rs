//! What an import costs, against a loop that only downloads: the same static pages, every loop in a process of its own,
//! by turns, and ratios of the medians.
//!
//! `cargo run --release -p tests --example bench -- [--people N] [--runs N] [--wait MS] [--parallel N] [--gzip] [--expand]`
//!
//! The pages have 1,000 people with 60 properties, `__metadata`, and 14 deferred links each, as a tenant sends them when
//! nobody selects anything. Nothing of the sandbox takes part: the server only sends bytes that it made before.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it reports")]

mod loops;
mod measure;
mod pages;
mod server;
mod stretch;

use std::process::ExitCode;

use pages::Shape;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Setting {
    people: usize,
    runs: usize,
    wait: u64,
    /// In how many stretches one more loop imports; none with 0.
    parallel: usize,
    gzip: bool,
    expand: bool,
}

impl Setting {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut setting = Self { people: 100_000, runs: 5, wait: 0, parallel: 0, gzip: false, expand: false };
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let text = arguments.next().unwrap_or_default();
                text.parse().map_err(|_| format!("{argument} takes a number, not '{text}'"))
            };
            match argument.as_str() {
                "--people" => setting.people = number()?,
                "--runs" => setting.runs = number()?,
                "--wait" => setting.wait = number()? as u64,
                "--parallel" => setting.parallel = number()?,
                "--gzip" => setting.gzip = true,
                "--expand" => setting.expand = true,
                other => return Err(format!("there is no option {other}")),
            }
        }
        Ok(setting)
    }

    fn shape(&self) -> Shape {
        Shape { people: self.people, expand: self.expand }
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let done = match arguments.peek().map(String::as_str) {
        Some("serve") => Setting::read(arguments.skip(1)).and_then(|setting| server::serve(&setting)),
        Some("loop") => loops::run(arguments.skip(1)),
        _ => Setting::read(arguments).and_then(|setting| measure::run(&setting)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
