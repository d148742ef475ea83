//! The suites that run in this process: the connector against embedded tenants, and the rules of the house. One program,
//! since each links all of the workspace; a suite is a module: `cargo test -p tests --test suites sync::`.

mod assertion;
mod authentication;
mod contract;
mod credentials;
mod entitlements;
mod explain;
mod faults;
mod fidelity;
mod filter_law;
#[path = "house/main.rs"]
mod house;
mod import_matrix;
mod logon;
mod lookups;
#[path = "odd_answers/main.rs"]
mod odd_answers;
mod openiam;
mod parallel;
mod positions;
mod presence;
mod protocol;
mod reading;
mod sync;
mod sync_law;
mod widths;
mod write_matrix;
mod writing;
