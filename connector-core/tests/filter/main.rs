//! The filter: its text form, its JSON form, and the laws of its meaning.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod arbitrary;
mod json;
mod laws;
mod syntax_errors;
mod text;
