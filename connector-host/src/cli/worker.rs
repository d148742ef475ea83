//! The words of `worker`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::global::seconds;

/// What is done with the broker.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = false)]
pub struct WorkerArgs {
    /// What to do besides serving.
    #[command(subcommand)]
    pub command: Option<WorkerCommand>,
    /// The broker.
    #[command(flatten)]
    pub broker: BrokerArgs,
    /// How to serve.
    #[command(flatten)]
    pub work: WorkArgs,
}

/// What is done besides serving.
#[derive(Debug, Subcommand)]
pub enum WorkerCommand {
    /// Declare the queues and exchanges; what is there as it should be stays as it is
    Topology {
        /// Declare anew what is there with other properties or in another number, and move what is in it. Workers
        /// and senders have to be stopped meanwhile
        #[arg(long)]
        migrate: bool,

        /// How long a message stays in the retry queue
        #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
        delay: Duration,

        /// How often the broker delivers a message that no worker acknowledges
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        delivery_limit: i64,

        /// How large the stream of replies gets that the workers remember, in bytes
        #[arg(long, value_name = "BYTES", default_value_t = 1 << 30, hide_default_value = true)]
        memory_bytes: i64,
    },
    /// Move dead letters back to the queues that they were in
    Replay {
        /// So many at most
        #[arg(long, value_name = "NUMBER", default_value_t = u32::MAX, hide_default_value = true)]
        limit: u32,

        /// Those too whose senders have stopped waiting
        #[arg(long)]
        expired: bool,
    },
}

/// How the broker is reached, and what things are called there.
#[derive(Debug, Args)]
#[command(next_help_heading = "Broker")]
pub struct BrokerArgs {
    /// A broker: amqp://USER@HOST:PORT/VHOST, or amqps:// for TLS. Several of one cluster may be given; the
    /// environment variable SFSF_BROKER has them too, with commas between. The password is in SFSF_BROKER_PASSWORD
    #[arg(long, global = true, value_name = "URL")]
    pub broker: Vec<String>,

    /// A file with the broker's password
    #[arg(long, global = true, value_name = "FILE")]
    pub broker_password_file: Option<PathBuf>,

    /// Certificates to trust besides those of the system, PEM
    #[arg(long, global = true, value_name = "FILE")]
    pub broker_ca_file: Option<PathBuf>,

    /// The client certificate to show to the broker, PEM
    #[arg(long, global = true, value_name = "FILE")]
    pub broker_certificate: Option<PathBuf>,

    /// Its key, PEM (PKCS#8)
    #[arg(long, global = true, value_name = "FILE")]
    pub broker_key_file: Option<PathBuf>,

    /// What the names of queues and exchanges begin with
    #[arg(long, global = true, value_name = "NAME", default_value = "sfsf")]
    pub prefix: String,

    /// How many queues there are for writes
    #[arg(long, global = true, value_name = "NUMBER", default_value_t = 4)]
    pub write_queues: u16,

    /// How long replies are remembered, so that a repeated message gets the same one
    #[arg(long, global = true, value_name = "SECONDS", default_value = "86400", value_parser = seconds)]
    pub remember: Duration,
}

/// How requests are served.
#[derive(Debug, Args)]
#[command(next_help_heading = "Serving")]
pub struct WorkArgs {
    /// A queue to read, in the place of all; may be given several times
    #[arg(long, value_name = "NAME")]
    pub queue: Vec<String>,

    /// What the names of queues begin with that replies may go to, besides the broker's direct reply; may be
    /// given several times [default: <PREFIX>-replies.]
    #[arg(long, value_name = "NAME")]
    pub reply_prefix: Vec<String>,

    /// A file with the key that all workers sign replies with, in the stream where they remember them; it is made if
    /// it is not there. Given twice, the first key signs, and both are good
    /// [default: memory-key in $STATE_DIRECTORY, or in sfsf-connector in $XDG_STATE_HOME or ~/.local/state]
    #[arg(long, value_name = "FILE")]
    pub memory_key: Vec<PathBuf>,

    /// Messages of one queue that are under way at a time
    #[arg(long, value_name = "NUMBER", default_value_t = 8)]
    pub concurrency: u16,

    /// What messages look like
    #[arg(long, value_enum, value_name = "NAME", default_value = "native")]
    pub codec: CodecName,

    /// Changes to the names in OpenIAM's messages, TOML
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,

    /// How long a request is repeated here before it goes to the retry queue
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub patience: Duration,

    /// How often a request goes to the retry queue before it is a dead letter
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub retries: u32,

    /// A message that the broker has delivered so often in vain is a dead letter
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub max_deliveries: i64,

    /// A file for the replies of the last while, so that a worker that starts again reads only what is new in the
    /// stream of replies; every worker has its own [default: kept in memory]
    #[arg(long, value_name = "FILE")]
    pub memory: Option<PathBuf>,

    /// How long work under way may still take after SIGTERM
    #[arg(long, value_name = "SECONDS", default_value = "25", value_parser = seconds)]
    pub grace: Duration,

    /// Serve /healthz, /readyz and /metrics at this address
    #[arg(long, value_name = "ADDRESS")]
    pub health: Option<SocketAddr>,
}

/// What messages look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CodecName {
    /// The protocol's JSON, as over every other carrier
    Native,
    /// OpenIAM's operations, with names that a mapping can change
    Openiam,
}
