//! Measures a tenant: how long its people take to make, how large they are, and what a page costs.
//!
//! `cargo run --release -p sandbox --example measure -- 100000`

#![allow(clippy::print_stdout, reason = "it is a program")]

mod shared;

use std::time::Instant;

use shared::{Error, Measured, run};

fn main() -> Result<(), Error> {
    run(measure)
}

async fn measure(measured: Measured) -> Result<(), Error> {
    let started = Instant::now();
    let counts = measured.tenant.people_by_status();
    println!("counted {counts:?} in {:?}", started.elapsed());
    let all = "$format=json&$filter=status%20in%20't','f','T','F','e','d'";
    for query in [
        "$format=json".to_owned(),
        all.to_owned(),
        format!("{all}&$skip={}", measured.tenant.people().saturating_sub(2000)),
        format!("{all}&$select=userId,status,lastName&$orderby=lastName"),
        format!("{all}&$expand=manager,directReports"),
        "$format=atom".to_owned(),
    ] {
        measured.ask(&format!("User?{query}"), 3).await?;
    }
    Ok(())
}
