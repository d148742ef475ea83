//! Measures what it takes to read the entities that are derived from the users.
//!
//! `cargo run --release -p sandbox --example derive -- 100000`

#![allow(clippy::print_stdout, reason = "it is a program")]

use std::time::Instant;

use sandbox::{Options, Sandbox};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let people = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(people))
}

async fn measure(people: usize) -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let tenant = Sandbox::start(Options { people, ..Options::default() }).await?;
    println!("{people} people ready in {:?} (a key was made too)", started.elapsed());
    memory();
    let http = reqwest::Client::builder().no_proxy().no_gzip().build()?;
    for query in [
        "PerPerson?$format=json",
        "EmpEmployment?$format=json",
        "EmpJob?$format=json",
        "EmpJob?$format=json&fromDate=1900-01-01",
        "PerEmail?$format=json",
        "PerPerson?$format=json&$expand=personalInfoNav,emailNav,phoneNav,employmentNav/jobInfoNav/departmentNav",
    ] {
        let url = format!("{}/odata/v2/{query}", tenant.base_url());
        for _ in 0..2 {
            http.get(&url).bearer_auth(tenant.access_token()).send().await?.bytes().await?;
            if let Some(last) = tenant.requests().pop() {
                println!("{:?}: {} records, {} bytes, {query}", last.duration, last.records, last.bytes);
            }
        }
        memory();
    }
    Ok(())
}

fn memory() {
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status.lines().filter(|line| line.starts_with("VmRSS")).for_each(|line| println!("  {line}"));
    }
}
