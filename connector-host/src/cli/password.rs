//! `reset-password`.

use std::path::PathBuf;

use clap::Args;

use super::ObjectArgs;

/// Whose password, and where the new one comes from. Never from an argument: arguments are seen by
/// everybody on the machine and kept in the shell's history.
#[derive(Clone, Debug, Args)]
pub struct PasswordArgs {
    /// Whose.
    #[command(flatten)]
    pub object: ObjectArgs,

    /// File that holds the new password on one line; without it, it is asked for on a terminal, or read
    /// from standard input
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}
