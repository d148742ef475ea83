//! `sandbox log`: what a running sandbox was asked, and what it cost.

use std::io::{self, Write};

use connector_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::app::App;
use crate::cli::SandboxLogArgs;
use crate::commands::sandbox_token;
use crate::exit::Exit;
use crate::output::{Format, Output, render};
use crate::stop::Stop;

/// Asks the control interface of the sandbox, and shows a request a line.
pub async fn run(args: &SandboxLogArgs, app: &mut App) -> Result<Exit, Stop> {
    let requests = fetch(args).await?;
    match app.format() {
        Format::Json => app.out.json(Format::Json, &requests)?,
        Format::Ndjson => requests.iter().try_for_each(|request| app.out.json(Format::Ndjson, request))?,
        Format::Table | Format::Csv => table(&mut app.out, &requests)?,
    }
    Ok(Exit::Done)
}

/// What is shown of a request; the rest is kept as it came.
#[derive(Deserialize, Serialize)]
struct Recorded {
    number: u64,
    at: String,
    method: String,
    path: String,
    status: u16,
    records: u64,
    bytes: u64,
    /// In microseconds.
    duration: u64,
    faults: Vec<String>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

async fn fetch(args: &SandboxLogArgs) -> Result<Vec<Recorded>> {
    #[derive(Deserialize)]
    struct SandboxLog {
        requests: Vec<Recorded>,
    }
    let url = address(args)?;
    let client = reqwest::Client::builder().no_proxy().build();
    let client =
        client.map_err(|error| Error::internal(format!("the HTTP client cannot be set up: {error}")))?;
    let mut request = client.get(url);
    if let Some(path) = &args.control_token {
        request = request.bearer_auth(sandbox_token::read(path)?);
    }
    let response = request.send().await.map_err(|_| nobody(&args.at))?;
    let status = response.status();
    if matches!(status.as_u16(), 401 | 403) {
        let refused = format!("the control interface of the sandbox at {} does not let you in", args.at);
        return Err(Error::new(ErrorKind::PermissionDenied, refused)
            .with_advice("start the sandbox with --control-token FILE, and give the same file here"));
    }
    let body = response.bytes().await.map_err(|_| nobody(&args.at))?;
    match serde_json::from_slice::<SandboxLog>(&body) {
        Ok(answer) => Ok(answer.requests),
        Err(_) => {
            Err(Error::new(ErrorKind::TargetProtocol, format!("what answers at {} is no sandbox", args.at)))
        }
    }
}

fn address(args: &SandboxLogArgs) -> Result<reqwest::Url> {
    let wrong = || Error::invalid_request("--at takes the URL of a sandbox, such as http://127.0.0.1:8080");
    let mut url = reqwest::Url::parse(&args.at).map_err(|_| wrong())?;
    url.path_segments_mut().map_err(|()| wrong())?.pop_if_empty().extend(["sandbox", "requests"]);
    let options = [
        ("method", args.method.clone()),
        ("path", args.path.clone()),
        ("status", args.status.map(|status| status.to_string())),
        ("fault", args.fault.clone()),
        ("limit", args.limit.map(|limit| limit.to_string())),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            url.query_pairs_mut().append_pair(name, &value);
        }
    }
    Ok(url)
}

fn nobody(at: &str) -> Error {
    Error::new(ErrorKind::ConnectionFailed, format!("no sandbox answers at {at}")).with_advice(
        "start one with `sfsf-connector sandbox --listen ADDRESS`, and give its address with --at",
    )
}

fn table(out: &mut Output, requests: &[Recorded]) -> io::Result<()> {
    let rows = requests.iter().map(|request| {
        vec![
            request.number.to_string(),
            request.at.get(11..19).unwrap_or(&request.at).to_owned(),
            format!("{} {}", request.method, request.path),
            request.status.to_string(),
            request.records.to_string(),
            request.bytes.to_string(),
            format!("{} ms", request.duration / 1000),
            request.faults.join(", "),
        ]
    });
    let header = ["", "time", "request", "status", "records", "bytes", "took", "faults"].map(str::to_owned);
    writeln!(out, "{}", render(&header, rows, out.paint))?;
    out.flush()
}
