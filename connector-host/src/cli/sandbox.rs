//! `sandbox`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Where to serve a tenant, and with which troubles.
#[derive(Clone, Debug, Args)]
pub struct SandboxArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// Write a complete configuration for this tenant, private key included (readable by you alone); its
    /// certificate goes beside it, as FILE with the extension crt
    #[arg(long, value_name = "FILE")]
    pub write_config: Option<PathBuf>,

    /// A trouble that the tenant has from the start; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub fault: Vec<String>,

    /// Log one line per request to this file instead of standard error
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
}
