//! From arguments to an exit code.

use clap::Parser;
use connector_core::{Error, Result};

use crate::app::App;
use crate::cli::{Cli, Command, Global, LogFormat};
use crate::console::Console;
use crate::exit::Exit;
use crate::stop::Stop;
use crate::{commands, logging, signals};

/// Reads the arguments, runs the command, and says how it ended.
pub fn main() -> Exit {
    let Cli { global, command } = Cli::parse();
    let console = Console::new(global.quiet);
    let format = if command.speaks_to_programs() { LogFormat::Json } else { global.log_format };
    logging::start(global.log_level, format, &console.bars);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            console.error(&Error::internal(format!("the runtime did not start: {error}")));
            return Exit::Refused;
        }
    };
    let mut app = App::new(global, console);
    if let Err(error) = signals::cancel_on_signal(app.cancellation.clone(), command.patience()) {
        app.console.error(&Error::internal(format!("signals cannot be watched: {error}")));
        return Exit::Refused;
    }
    let exit = runtime.block_on(async {
        let result = run(&mut app, &command).await;
        app.finish(result).await
    });
    // A read of standard input cannot be interrupted; nothing else is left to wait for.
    runtime.shutdown_background();
    exit
}

async fn run(app: &mut App, command: &Command) -> Result<Exit, Stop> {
    check_options(&app.global, command)?;
    commands::run(command, app).await
}

/// No option is ignored in silence.
fn check_options(global: &Global, command: &Command) -> Result<()> {
    let sized = global.people.is_some() || global.seed.is_some();
    let own_tenant = command.has_own_tenant();
    if sized && !global.sandbox && !own_tenant {
        return Err(Error::invalid_request("--people and --seed need --sandbox"));
    }
    if own_tenant && global.config.is_some() {
        return Err(Error::invalid_request(
            "demo and sandbox bring a tenant of their own, and take no --config",
        ));
    }
    Ok(())
}
