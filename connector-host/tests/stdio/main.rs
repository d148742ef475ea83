//! The protocol over standard input and output: the server in this process, with connectors that misbehave.
//! Time stands still unless everybody waits, so that nothing here depends on how fast the machine is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod client;
mod ending;
mod flow;
mod messages;
mod sessions;
