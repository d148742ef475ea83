//! The suites that run compilers and programs of other languages. One program, as `main.rs` is, so that what they need is
//! built once; a suite is a module: `cargo test -p tests --test bindings java::`.

mod bindings_c;
#[path = "corpus/main.rs"]
mod corpus;
mod dotnet;
mod embedding;
mod java;
mod packages;
mod powershell;
mod python;
