//! The command line: its words, and nothing of what they do.

mod assignment;
mod explain;
mod global;
mod import;
mod lookup;
mod object;
mod password;
mod sandbox;
mod save;
mod search;
mod stdio;
mod worker;

use std::time::Duration;

use clap::{Parser, Subcommand};

pub use assignment::Assignment;
pub use explain::ExplainArgs;
pub use global::{Global, LogFormat, LogLevel};
pub use import::ImportArgs;
pub use lookup::LookupArgs;
pub use object::{ClassArgs, GetArgs, ObjectArgs};
pub use password::PasswordArgs;
pub use sandbox::{SandboxArgs, SandboxCommand, SandboxLogArgs};
pub use save::SaveArgs;
pub use search::{SearchArgs, SelectionArgs};
pub use stdio::StdioArgs;
pub use worker::{BrokerArgs, CodecName, WorkArgs, WorkerArgs, WorkerCommand};

/// Finds people in SAP SuccessFactors, and writes changes to them.
///
/// Without a tenant: `sfsf-connector demo` tells the whole story in a minute, and `--sandbox` runs any
/// command against an embedded tenant. With one: write a configuration (`--config FILE`) or set SFSF_URL,
/// SFSF_COMPANY_ID, SFSF_CLIENT_ID, SFSF_USERNAME and SFSF_PRIVATE_KEY_FILE, and begin with
/// `sfsf-connector test`.
#[derive(Debug, Parser)]
#[command(name = "sfsf-connector", version, after_help = crate::exit::HELP, arg_required_else_help = true)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tell the whole story against an embedded tenant, in a minute
    ///
    /// Starts a tenant in this process, and connects, imports, creates, reads, changes, suspends, finds,
    /// resumes, resets, deletes and is refused. Ends with 0 only if each step did what it should.
    Demo,
    /// Serve a SuccessFactors tenant on this machine until Ctrl-C
    Sandbox(SandboxArgs),
    /// Try the connection: a fresh login, one record read, and what to do if that fails
    Test,
    /// Show what the objects of this tenant look like
    Schema,
    /// Look one object up by its uid, or by another attribute: active, inactive, not there yet, or not there
    Get(GetArgs),
    /// List the objects that satisfy a filter
    Search(SearchArgs),
    /// List everybody, or who has changed since the last time, in flat memory
    ///
    /// With --state FILE the first run lists everybody, and later ones list who has changed; a run that was killed
    /// goes on where it was. Whoever is gone comes as a line {"gone":…}. docs/operations.md has more.
    Import(ImportArgs),
    /// Create an object or change it; what is so already is not written
    Save(SaveArgs),
    /// Delete an object (SuccessFactors has no delete: the person becomes inactive)
    Delete(ObjectArgs),
    /// Make an account inactive
    Suspend(ObjectArgs),
    /// Make an account active
    Resume(ObjectArgs),
    /// Set a password, and nothing else
    ResetPassword(PasswordArgs),
    /// List the values that an attribute may have: departments, job codes, managers, picklists
    Lookup(LookupArgs),
    /// Say what a search would ask of the tenant, or how the state of a person comes about
    Explain(ExplainArgs),
    /// Print the signed SAML assertion that would be sent now, for support cases
    Assertion,
    /// Print what the connector can do, as JSON
    Manifest,
    /// Speak the protocol over standard input and output, for programs in any language
    ///
    /// One JSON object a line: requests in, events out, log lines on standard error. Sessions that bring no
    /// configuration use that of this command (--config, the environment, --sandbox). docs/protocol.md has
    /// every message, docs/embedding.md a first conversation.
    Stdio(StdioArgs),
    /// Serve requests from RabbitMQ, on any number of machines
    ///
    /// Messages are acknowledged when their reply is safe with the broker. 'worker topology' declares queues and
    /// exchanges once; the worker itself declares nothing. SIGTERM ends it in order. docs/worker.md begins at
    /// the beginning.
    Worker(Box<WorkerArgs>),
}

impl Command {
    /// Whether the command brings a tenant of its own.
    pub fn has_own_tenant(&self) -> bool {
        matches!(self, Self::Demo | Self::Sandbox(_))
    }

    /// How long it may take to end in order after a signal.
    pub fn patience(&self) -> Duration {
        const USUAL: Duration = Duration::from_secs(10);
        match self {
            Self::Worker(args) => args.work.grace.saturating_add(USUAL),
            _ => USUAL,
        }
    }

    /// Whether a program reads everything that is written, standard error included.
    pub fn speaks_to_programs(&self) -> bool {
        matches!(self, Self::Stdio(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
