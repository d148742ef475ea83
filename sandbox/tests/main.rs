//! The tenant as its clients see it, over HTTP. One program, since each links all that a tenant is made of; a suite is a
//! module: `cargo test -p sandbox --test sandbox_suites reading::`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../../tests/support/skip.rs"]
mod skip;
mod support;

mod abuse;
mod access;
mod batch;
mod browsers;
mod disorder;
mod effective_dates;
mod employee_central;
mod entities;
mod entities_write;
mod filters;
mod framing;
mod functions;
mod groups;
mod list_order;
mod logon;
mod metadata;
mod mixed_upserts;
mod paging;
mod provisioning_queries;
mod pyodata;
mod reading;
mod roles;
mod samples;
mod stirred;
mod token_requests;
mod trouble;
mod writing;
