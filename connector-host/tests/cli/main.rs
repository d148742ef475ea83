//! The program from the outside: the real binary, mostly against an embedded tenant over HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod assertion;
mod browser;
mod configuration;
mod demo;
mod early_stop;
mod entitlements;
mod exit_codes;
mod explain;
mod help;
mod imports;
mod lookup;
mod outputs;
#[cfg(unix)]
mod private_files;
mod report;
mod sandbox_command;
mod secrets;
mod stdio;
mod support;
mod writes;
