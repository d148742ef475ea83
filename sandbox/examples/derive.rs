//! Measures what it takes to read the entities that are derived from the users, and what all of them weigh.
//!
//! `cargo run --release -p sandbox --example derive -- 100000`

#![allow(clippy::print_stdout, reason = "it is a program")]

mod shared;

use shared::{Error, Measured, memory, run};

fn main() -> Result<(), Error> {
    run(measure)
}

async fn measure(measured: Measured) -> Result<(), Error> {
    for query in [
        "PerPerson?$format=json",
        "EmpEmployment?$format=json",
        "EmpJob?$format=json",
        "EmpJob?$format=json&fromDate=1900-01-01",
        "PerEmail?$format=json",
        "PerPerson?$format=json&$expand=personalInfoNav,emailNav,phoneNav,employmentNav/jobInfoNav/departmentNav",
    ] {
        measured.ask(query, 1).await?;
        measured.ask(query, 1).await?;
        memory();
    }
    println!("every entity that the tenant has:");
    let service: serde_json::Value = serde_json::from_str(&measured.ask("?$format=json", 1).await?)?;
    for entity in service["d"]["EntitySets"].as_array().into_iter().flatten().filter_map(|name| name.as_str())
    {
        measured.ask(&format!("{entity}?$format=json&$top=1"), 1).await?;
    }
    memory();
    Ok(())
}
