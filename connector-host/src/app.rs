//! From arguments to an exit code.

use std::sync::Arc;

use clap::Parser;
use connector_core::protocol::Meta;
use connector_core::{Context, Error, Result};
use connector_sfsf::SuccessFactorsConnector;
use tokio_util::sync::CancellationToken;

use crate::cli::{Cli, Command, Global, LogFormat};
use crate::config::{Keys, Stored};
use crate::console::Console;
use crate::exit::Exit;
use crate::output::{Format, Output};
use crate::session::Session;
use crate::stop::Stop;
use crate::tenant::Tenant;
use crate::{commands, config, logging, signals};

/// What every command works with.
pub struct App {
    /// The options that every command understands.
    pub global: Global,
    /// Standard output.
    pub out: Output,
    /// Standard error.
    pub console: Console,
    /// Cancelled by Ctrl-C.
    pub cancellation: CancellationToken,
    tenant: Option<Tenant>,
}

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
        let result = app.run(&command).await;
        app.finish(result).await
    });
    // A read of standard input cannot be interrupted; nothing else is left to wait for.
    runtime.shutdown_background();
    exit
}

impl App {
    fn new(global: Global, console: Console) -> Self {
        let cancellation = CancellationToken::new();
        Self { global, out: Output::stdout(), console, cancellation, tenant: None }
    }

    /// The format that was asked for, or that suits where the output goes.
    pub fn format(&self) -> Format {
        self.global.output.unwrap_or_else(|| Format::default_for(self.out.is_terminal()))
    }

    /// The connector that the configuration describes, with the embedded tenant if that was asked for.
    pub async fn connector(&mut self) -> Result<SuccessFactorsConnector> {
        let sandbox = self.embedded().await?;
        config::load(&self.global, sandbox, &self.console)?.connector()
    }

    /// The configuration for whoever brings none, if there is one.
    pub async fn stored_configuration(&mut self) -> Result<Option<Stored>> {
        let sandbox = self.embedded().await?;
        config::load_if_given(&self.global, sandbox, &self.console)
    }

    /// The configuration of the embedded tenant, which is started, if that was asked for.
    async fn embedded(&mut self) -> Result<Option<Keys>> {
        if self.global.sandbox && self.tenant.is_none() {
            self.tenant = Some(Tenant::embedded(&self.global).await?);
        }
        Ok(self.tenant.as_ref().map(Tenant::configuration))
    }

    /// A session with that connector.
    pub async fn session(&mut self) -> Result<Session> {
        let connector = self.connector().await?;
        Ok(Session::new(Arc::new(connector), self.meta(), self.cancellation.clone()))
    }

    /// Output, console and embedded tenant, to be used side by side.
    pub fn parts(&mut self) -> (&mut Output, &Console, Option<&Tenant>) {
        (&mut self.out, &self.console, self.tenant.as_ref())
    }

    /// What accompanies every call of this run. They all have the same correlation id.
    pub fn meta(&self) -> Meta {
        let id = self.global.correlation_id.clone();
        Meta {
            deadline_ms: self.global.timeout.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX)),
            correlation_id: Some(id.unwrap_or_else(|| Context::new().correlation_id().to_owned())),
            ..Meta::default()
        }
    }

    async fn run(&mut self, command: &Command) -> Result<Exit, Stop> {
        self.check_options(command)?;
        commands::run(command, self).await
    }

    /// No option is ignored in silence.
    fn check_options(&self, command: &Command) -> Result<()> {
        let sized = self.global.people.is_some() || self.global.seed.is_some();
        let own_tenant = command.has_own_tenant();
        if sized && !self.global.sandbox && !own_tenant {
            return Err(Error::invalid_request("--people and --seed need --sandbox"));
        }
        if own_tenant && self.global.config.is_some() {
            return Err(Error::invalid_request(
                "demo and sandbox bring a tenant of their own, and take no --config",
            ));
        }
        Ok(())
    }

    async fn finish(mut self, result: Result<Exit, Stop>) -> Exit {
        let exit = match result {
            Ok(exit) => exit,
            Err(Stop::OutputClosed) => Exit::Done,
            Err(Stop::Failed(error)) => {
                // That the failure cannot be told to the next program changes nothing about it.
                let _ = self.out.fail(self.format(), &error);
                self.console.error(&error);
                Exit::of(&error)
            }
        };
        if let Some(tenant) = self.tenant {
            tenant.stop().await;
        }
        exit
    }
}
