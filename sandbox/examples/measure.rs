//! Measures a tenant: how long its people take to make, how large they are, and what a page costs.
//!
//! `cargo run --release -p sandbox --example measure -- 100000`

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
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let lines = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
        lines.for_each(|line| println!("{line}"));
    }
    let started = Instant::now();
    let counts = tenant.people_by_status();
    println!("counted {counts:?} in {:?}", started.elapsed());
    let http = reqwest::Client::builder().no_proxy().no_gzip().build()?;
    let all = "$format=json&$filter=status%20in%20't','f','T','F','e','d'";
    for query in [
        "$format=json".to_owned(),
        all.to_owned(),
        format!("{all}&$skip={}", people.saturating_sub(2000)),
        format!("{all}&$select=userId,status,lastName&$orderby=lastName"),
        format!("{all}&$expand=manager,directReports"),
        "$format=atom".to_owned(),
    ] {
        let url = format!("{}/odata/v2/User?{query}", tenant.base_url());
        for _ in 0..3 {
            http.get(&url).bearer_auth(tenant.access_token()).send().await?.bytes().await?;
        }
        if let Some(last) = tenant.requests().pop() {
            println!("{:?}: {} records, {} bytes, {query}", last.duration, last.records, last.bytes);
        }
    }
    Ok(())
}
