//! The loops that are compared, each to be run in a process of its own.

use std::io::{self, BufWriter, Write};

use connector_core::operation::{ImportRequest, Item};
use connector_core::{Connector, Context};
use connector_sfsf::{Configuration, SuccessFactorsConnector};
use futures_util::StreamExt;
use serde_json::json;

/// Runs the loop that the arguments name, and reports what it cost.
///
/// # Errors
///
/// A sentence, if it cannot be done.
pub fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let mut next = || arguments.next().ok_or("usage: loop NAME URL NUMBER");
    let (name, url, number) = (next()?, next()?, next()?);
    // Of pages to download, or of stretches to import at the same time.
    let number: usize = number.parse().map_err(|_| "NUMBER is a number")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let people = runtime.block_on(async {
        match name.as_str() {
            "download" => download(&url, number).await,
            "import" => import(&url, 1, false).await,
            "parallel" => import(&url, number, false).await,
            "write" => import(&url, 1, true).await,
            other => Err(format!("there is no loop {other}")),
        }
    })?;
    println!("{people} {} {}", cpu_ticks(), peak_kilobytes());
    Ok(())
}

/// Only downloads: the floor.
async fn download(url: &str, pages: usize) -> Result<u64, String> {
    let client = reqwest::Client::builder().gzip(true).build().map_err(|error| error.to_string())?;
    let mut bytes = 0;
    for page in 0..pages {
        let response = client.get(format!("{url}/odata/v2/User?page={page}")).send().await;
        let body = response.map_err(|error| error.to_string())?.bytes().await;
        bytes += body.map_err(|error| error.to_string())?.len() as u64;
    }
    Ok(bytes)
}

/// Imports everybody, and writes each as a line of JSON if asked to.
async fn import(url: &str, parallel: usize, write: bool) -> Result<u64, String> {
    let keys =
        json!({"url": url, "access_token": "t", "parallel": parallel, "requests_in_flight": parallel.max(4)});
    let keys = keys.as_object().cloned().unwrap_or_default();
    let configuration = Configuration::from_map(keys).map_err(|error| error.to_string())?;
    let connector = SuccessFactorsConnector::new(configuration).map_err(|error| error.to_string())?;
    let mut items = connector.import(&Context::new(), ImportRequest::new("User"));
    let mut output = BufWriter::new(io::sink());
    let mut people = 0;
    while let Some(item) = items.next().await {
        match item.map_err(|error| error.to_string())? {
            Item::Object(object) => {
                people += 1;
                if write {
                    // As the program does.
                    let mut line = serde_json::to_vec(&object).map_err(|error| error.to_string())?;
                    line.push(b'\n');
                    output.write_all(&line).map_err(|error| error.to_string())?;
                }
            }
            Item::Problem(problem) => return Err(problem.error.to_string()),
            _ => {}
        }
    }
    Ok(people)
}

/// User and system time of this process so far, in hundredths of a second.
fn cpu_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<_> = after_name.split_whitespace().collect();
    [11, 12].iter().filter_map(|field| fields.get(*field)?.parse::<u64>().ok()).sum()
}

fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
