//! The `sfsf-connector` program.

fn main() {}
