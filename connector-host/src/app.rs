//! What every command works with.

use std::sync::Arc;

use connector_core::protocol::Meta;
use connector_core::{Context, Result};
use connector_sfsf::SuccessFactorsConnector;
use tokio_util::sync::CancellationToken;

use crate::cli::Global;
use crate::config;
use crate::config::{Keys, Stored};
use crate::console::Console;
use crate::exit::Exit;
use crate::output::{Format, Output};
use crate::runner::Runner;
use crate::stop::Stop;
use crate::tenant::Tenant;

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

impl App {
    /// Nothing is started, and nothing is read.
    pub fn new(global: Global, console: Console) -> Self {
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

    /// A runner of calls to that connector.
    pub async fn runner(&mut self) -> Result<Runner> {
        let connector = self.connector().await?;
        Ok(Runner::new(Arc::new(connector), self.meta(), self.cancellation.clone()))
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

    /// Tells how the command ended, and stops the embedded tenant.
    pub async fn finish(mut self, result: Result<Exit, Stop>) -> Exit {
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
