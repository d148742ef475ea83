//! The `sfsf-connector` program: the connector for people and scripts, and over standard input and output
//! for programs in any language.
//!
//! Every command is a typed call through the same dispatcher that the other carriers use; this crate
//! reads arguments and configuration, and writes what comes back.

mod app;
mod cli;
mod commands;
mod config;
mod console;
mod demo;
mod exit;
mod logging;
mod output;
mod path;
mod private;
mod program;
mod progress;
mod report;
mod runner;
mod signals;
mod sink;
mod state;
pub mod stdio;
mod stop;
mod tenant;
mod view;
mod worker;

/// Runs the program.
pub fn main() -> std::process::ExitCode {
    program::main().into()
}
