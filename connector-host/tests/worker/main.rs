//! The worker as a process of its own, at a RabbitMQ of the tests' own. Where RabbitMQ is not installed, the tests
//! say so and are skipped.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed"
)]

mod breakage;
mod broker;
mod chaos;
mod dead_letters;
mod deploy;
mod failures;
mod forgery;
mod health;
mod migration;
mod openiam;
mod ordering;
mod page;
mod permissions;
mod polling;
mod proxy;
mod repeats;
mod requests;
mod secrets;
mod secure;
mod supervision;
mod support;
mod topology;
