//! Log lines on standard error.

use std::borrow::Cow;
use std::io::{self, Write};

use indicatif::MultiProgress;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::cli::{LogFormat, LogLevel};
use crate::output::in_lines;

/// Our own crates. Libraries beneath them stay silent: their debug lines may hold headers and bodies.
pub const TARGETS: [&str; 4] = ["connector_core", "connector_host", "connector_sfsf", "sandbox"];

/// Writes log lines of our crates to standard error, without tearing progress bars.
pub fn start(level: LogLevel, format: LogFormat, bars: &MultiProgress) {
    let level = LevelFilter::from(connector_core::log::LogLevel::from(level));
    let targets = Targets::new().with_targets(TARGETS.map(|target| (target, level)));
    let bars = bars.clone();
    let writer = LineWriter { bars, as_json: matches!(format, LogFormat::Json) };
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    let registry = tracing_subscriber::registry().with(targets);
    let started = match format {
        LogFormat::Plain => registry.with(lines).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    // A second subscriber in one process: the first one stays, which only tests see.
    drop(started);
}

#[derive(Clone)]
struct LineWriter {
    bars: MultiProgress,
    as_json: bool,
}

impl Write for LineWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A document has escapes of its own; a line for eyes must not act on the terminal.
        let shown = if self.as_json {
            Cow::Borrowed(line)
        } else {
            Cow::Owned(in_lines(&String::from_utf8_lossy(line)).into_bytes())
        };
        self.bars.suspend(|| io::stderr().lock().write_all(&shown))?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LineWriter {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
