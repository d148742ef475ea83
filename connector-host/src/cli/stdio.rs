//! The words of `stdio`.

use clap::Args;

/// How the protocol is spoken.
#[derive(Debug, Args)]
pub struct StdioArgs {
    /// Speak to a terminal as well, to try the protocol by hand
    #[arg(long)]
    pub interactive: bool,

    /// A request that has nothing to say for so long says that it is alive
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = super::global::seconds)]
    pub keep_alive: std::time::Duration,
}
