//! Log lines on standard error.

use std::io::{self, Write};

use indicatif::MultiProgress;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::cli::{LogFormat, LogLevel};

/// Our own crates. Libraries beneath them stay silent: their debug lines may hold headers and bodies.
pub const TARGETS: [&str; 4] = ["connector_core", "connector_host", "connector_sfsf", "sandbox"];

/// Writes log lines of our crates to standard error, without tearing progress bars.
pub fn start(level: LogLevel, format: LogFormat, bars: &MultiProgress) {
    let level = LevelFilter::from(connector_core::log::LogLevel::from(level));
    let targets = Targets::new().with_targets(TARGETS.map(|target| (target, level)));
    let lines = tracing_subscriber::fmt::layer().with_writer(Lines(bars.clone())).with_ansi(false);
    let registry = tracing_subscriber::registry().with(targets);
    let started = match format {
        LogFormat::Plain => registry.with(lines).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    // A second subscriber in one process: the first one stays, which only tests see.
    drop(started);
}

#[derive(Clone)]
struct Lines(MultiProgress);

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().lock().write_all(line))?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
