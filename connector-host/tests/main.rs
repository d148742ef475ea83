//! The program as people and hosts use it. One program of tests, since each links all that ours is made of; a suite is a
//! module: `cargo test -p connector-host --test host_suites cli::`. The worker has one of its own, for its brokers.

#[path = "cli/main.rs"]
mod cli;
mod clients;
mod kill;
mod protocol;
#[path = "stdio/main.rs"]
mod stdio;
