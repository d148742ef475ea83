//! The core from outside. One program, since each links all that the core stands on; a suite is a module:
//! `cargo test -p connector-core --test core_suites filter::`.

#[path = "contract/main.rs"]
mod contract;
mod dispatcher;
#[path = "filter/main.rs"]
mod filter;
mod memory;
