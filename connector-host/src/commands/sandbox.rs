//! `sandbox`: a tenant in the foreground, for any client.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use connector_core::{Error, Result};
use sandbox::{OnRequest, Options, RecordedRequest};
use serde_json::json;

use super::{sandbox_log, sandbox_options};
use crate::app::App;
use crate::cli::{SandboxArgs, SandboxCommand};
use crate::config::Keys;
use crate::console::Console;
use crate::exit::Exit;
use crate::output::{Format, Output, pairs};
use crate::private::{replace, unwritable};
use crate::stop::Stop;
use crate::tenant::Tenant;

/// Serves a tenant until Ctrl-C or SIGTERM. What is printed is printed when it answers.
pub async fn run(args: &SandboxArgs, app: &mut App) -> Result<Exit, Stop> {
    if let Some(SandboxCommand::Log(log)) = &args.command {
        return sandbox_log::run(log, app).await;
    }
    let tenant = Tenant::start(options(args, app)?).await?;
    if let Some(path) = &args.write_config {
        write_configuration(path, &tenant)?;
    }
    announce(app, args, &tenant)?;
    app.cancellation.cancelled().await;
    tenant.stop().await;
    Ok(Exit::Done)
}

fn options(args: &SandboxArgs, app: &App) -> Result<Options> {
    let options = sandbox_options::read(args, &app.global)?;
    Ok(Options { on_request: log(args.log.as_deref(), &app.console)?, ..options })
}

/// One line for each request, in the file or on standard error.
fn log(path: Option<&Path>, console: &Console) -> Result<Option<OnRequest>> {
    let Some(path) = path else {
        let console = console.clone();
        return Ok(Some(Arc::new(move |request: &RecordedRequest| console.note(line(request)))));
    };
    let file = OpenOptions::new().append(true).create(true).open(path);
    let file = file.map_err(|error| unwritable(path, &error))?;
    let file = Mutex::new(file);
    Ok(Some(Arc::new(move |request: &RecordedRequest| {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // A full disk must not end the tenant.
        let _ = writeln!(file, "{}", line(request));
    })))
}

/// `2026-11-20T09:00:00Z 7 GET /odata/v2/User?$top=5 200, 5 records, 1234 bytes, 3 ms`
fn line(request: &RecordedRequest) -> String {
    let RecordedRequest { number, method, path, raw_query, status, records, bytes, .. } = request;
    let time = request.at.format("%Y-%m-%dT%H:%M:%SZ");
    let mark = if raw_query.is_empty() { "" } else { "?" };
    let faults =
        if request.faults.is_empty() { String::new() } else { format!(" [{}]", request.faults.join(", ")) };
    let took = request.duration.as_millis();
    format!(
        "{time} {number} {method} {path}{mark}{raw_query} {status}, {records} records, {bytes} bytes, {took} ms{faults}"
    )
}

fn announce(app: &mut App, args: &SandboxArgs, tenant: &Tenant) -> io::Result<()> {
    match app.format() {
        format @ (Format::Json | Format::Ndjson) => {
            let config = args.write_config.as_ref();
            app.out.json(format, &json!({
                "url": tenant.url(), "company_id": tenant.company(), "username": tenant.api_user(), "config": config
            }))
        }
        Format::Table | Format::Csv => introduce(&mut app.out, args.write_config.as_deref(), tenant),
    }
}

fn introduce(out: &mut Output, config: Option<&Path>, tenant: &Tenant) -> io::Result<()> {
    let headline = out.paint.strong("A SuccessFactors tenant is listening.");
    let url = tenant.url();
    let facts = [
        ("where", url.clone()),
        ("company", format!("{}, {} people", tenant.company(), tenant.people())),
        ("API user", tenant.api_user()),
        ("OData", format!("{}/odata/v2", url.trim_end_matches('/'))),
        ("token", format!("{}/oauth/token", url.trim_end_matches('/'))),
    ];
    writeln!(out, "{headline}\n{}", pairs(&facts))?;
    match config.map(Path::display) {
        Some(file) => writeln!(
            out,
            "Talk to it:\n  sfsf-connector --config {file} test\n  sfsf-connector --config {file} import"
        )?,
        None => writeln!(
            out,
            "To talk to it, start it with --write-config FILE, which holds the key that it trusts."
        )?,
    }
    writeln!(out, "{}", out.paint.quiet("Ctrl-C ends it."))?;
    out.flush()
}

/// A complete configuration, and the certificate beside it.
fn write_configuration(path: &Path, tenant: &Tenant) -> Result<()> {
    let keys = sorted(tenant.configuration());
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    let text = if is_json { as_json(&keys)? } else { as_toml(&keys)? };
    replace(path, |file| file.write_all(text.as_bytes()))?;
    let certificate: PathBuf = path.with_extension("crt");
    replace(&certificate, |file| file.write_all(tenant.certificate().as_bytes()))
}

fn as_toml(keys: &Keys) -> Result<String> {
    let text = toml::to_string_pretty(keys)
        .map_err(|error| Error::internal(format!("the configuration cannot be written as TOML: {error}")))?;
    let header = "# A tenant made by `sfsf-connector sandbox`. It ends with that program, and its key opens nothing else.\n";
    Ok(format!("{header}{text}"))
}

fn as_json(keys: &Keys) -> Result<String> {
    let text = serde_json::to_string_pretty(keys)
        .map_err(|error| Error::internal(format!("the configuration cannot be written as JSON: {error}")))?;
    Ok(format!("{text}\n"))
}

/// The key comes last: it is long.
fn sorted(mut keys: Keys) -> Keys {
    if let Some(key) = keys.shift_remove("private_key") {
        keys.insert("private_key".to_owned(), key);
    }
    keys
}
