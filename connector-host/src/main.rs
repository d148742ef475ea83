//! The `sfsf-connector` program: the connector for people and scripts.
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
mod progress;
mod session;
mod signals;
mod sink;
mod stop;
mod tenant;
mod view;

fn main() -> std::process::ExitCode {
    app::main().into()
}
