//! `stdio`: the protocol over standard input and output.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use connector_core::log::{self, LogBridge};
use connector_core::protocol::Limits;
use connector_core::{Error, ErrorKind};

use crate::app::App;
use crate::cli::StdioArgs;
use crate::exit::Exit;
use crate::logging::TARGETS;
use crate::stdio::{Host, serve};
use crate::stop::Stop;

/// Serves until the input ends, the output is closed, or a signal comes.
pub async fn run(args: &StdioArgs, app: &mut App) -> Result<Exit, Stop> {
    if io::stdin().is_terminal() && !args.interactive {
        return Err(no_terminal().into());
    }
    log::route_panics(|_| true);
    let stored = app.stored_configuration().await?;
    let host = Host {
        configuration: stored.as_ref().map(|stored| stored.keys.clone()),
        provider: Arc::new(stored.unwrap_or_default()),
        limits: Limits { keep_alive: args.keep_alive, ..Limits::default() },
        log: Arc::new(LogBridge::new(&TARGETS, io::stderr)),
        level: app.global.log_level.into(),
    };
    serve(host, tokio::io::stdin(), tokio::io::stdout(), app.cancellation.clone()).await;
    Ok(Exit::Done)
}

fn no_terminal() -> Error {
    Error::new(
        ErrorKind::InvalidRequest,
        "stdio speaks with a program: one JSON object a line on standard input, and here is a terminal",
    )
    .with_advice("start it from your program, pipe requests into it, or try it by hand with --interactive")
}
