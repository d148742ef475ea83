//! `sandbox`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Where to serve a tenant, and with which troubles.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SandboxArgs {
    /// What to ask of a sandbox that is running; without it, one is served.
    #[command(subcommand)]
    pub command: Option<SandboxCommand>,

    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// A name besides those of this machine, such as tenant.test, by which clients may ask for the tenant, on any
    /// port; may be repeated. Every other name is refused
    #[arg(long, value_name = "NAME")]
    pub host_name: Vec<String>,

    /// A file with the token that opens the control interface, of 16 characters or more; made if it is not there.
    /// Without, the control interface is open on a loopback address and shut on any other
    #[arg(long, value_name = "FILE")]
    pub control_token: Option<PathBuf>,

    /// Write a complete configuration for this tenant, private key included (readable by you alone), as JSON if FILE
    /// ends in .json, else as TOML; its certificate goes beside it, as FILE with the extension crt. The key and the
    /// client id of a FILE that is there already are kept, so that whoever uses it goes on working
    #[arg(long, value_name = "FILE")]
    pub write_config: Option<PathBuf>,

    /// What tenant to serve, as TOML: people, seed, company, faults, and the tables switches, profile and
    /// access (docs/sandbox.md)
    #[arg(long, value_name = "FILE")]
    pub options: Option<PathBuf>,

    /// One habit of the tenant, as docs/sandbox.md lists them; wins over the file; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub switch: Vec<String>,

    /// A trouble that the tenant has from the start; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub fault: Vec<String>,

    /// Log one line per request to this file instead of standard error
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
}

/// What to ask of a sandbox that is running.
#[derive(Clone, Debug, Subcommand)]
pub enum SandboxCommand {
    /// Show the requests that a running sandbox remembers, and what each of them cost
    Log(SandboxLogArgs),
}

/// Which requests of which sandbox.
#[derive(Clone, Debug, Args)]
pub struct SandboxLogArgs {
    /// Where the sandbox is
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub at: String,

    /// The file with the token that its control interface wants
    #[arg(long, value_name = "FILE")]
    pub control_token: Option<PathBuf>,

    /// Only requests with this method
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,

    /// Only requests whose path or query holds this
    #[arg(long, value_name = "PART")]
    pub path: Option<String>,

    /// Only requests with this status; 0 is a connection that was cut
    #[arg(long, value_name = "STATUS")]
    pub status: Option<u16>,

    /// Only requests that met a fault whose text holds this
    #[arg(long, value_name = "PART")]
    pub fault: Option<String>,

    /// Only the last N requests
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}
