//! What every command understands.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::output::Format;

/// What every command understands.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Configuration, TOML or JSON; the environment variable SFSF_CONFIG names one too
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Keys of the configuration that win over the environment, which wins over the file.
    #[arg(
        long,
        global = true,
        value_name = "KEY=VALUE",
        help = "One key of the configuration; wins over SFSF_<KEY> in the environment, which wins over the file"
    )]
    pub set: Vec<String>,

    /// Run against an embedded tenant instead; file and environment are left aside
    #[arg(long, global = true, conflicts_with = "config")]
    pub sandbox: bool,

    /// People of the embedded tenant [default: 1000]
    #[arg(long, global = true, value_name = "NUMBER")]
    pub people: Option<usize>,

    /// The embedded tenant's people are the same for the same seed [default: 1]
    #[arg(long, global = true, value_name = "NUMBER")]
    pub seed: Option<u64>,

    /// How results are written [default: table on a terminal, else ndjson]
    #[arg(long, short, global = true, value_enum, value_name = "FORMAT")]
    pub output: Option<Format>,

    /// Give up after this time
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,

    /// The id of the call in logs and at the target, instead of a fresh one
    #[arg(long, global = true, value_name = "ID")]
    pub correlation_id: Option<String>,

    /// What to log on standard error; secrets are never logged
    #[arg(long, global = true, value_enum, value_name = "LEVEL", default_value = "warn")]
    pub log_level: LogLevel,

    /// How log lines look
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value = "plain")]
    pub log_format: LogFormat,

    /// No progress and no notes on standard error, only warnings and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// What to log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Nothing
    Off,
    /// What failed
    Error,
    /// What somebody should look at
    #[default]
    Warn,
    /// What happened
    Info,
    /// Requests and answers, without their content
    Debug,
    /// Everything there is
    Trace,
}

/// The words of the command line in those of the protocol.
impl From<LogLevel> for connector_core::log::LogLevel {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Off => Self::Off,
            LogLevel::Error => Self::Error,
            LogLevel::Warn => Self::Warn,
            LogLevel::Info => Self::Info,
            LogLevel::Debug => Self::Debug,
            LogLevel::Trace => Self::Trace,
        }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For eyes
    #[default]
    Plain,
    /// One JSON object a line
    Json,
}

/// A number of seconds, fractions included.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || "give a number of seconds, such as 30 or 0.5".to_owned();
    let seconds: f64 = text.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_a_positive_number_of_seconds() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for wrong in ["0", "-1", "soon", "NaN", "1e99"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
