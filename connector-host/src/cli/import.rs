//! `import`.

use std::path::PathBuf;

use clap::Args;
use connector_core::operation::{ImportRequest, SyncToken};

use super::SelectionArgs;

/// Everybody, or who has changed.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// Which objects.
    #[command(flatten)]
    pub selection: SelectionArgs,

    /// Only what has changed since the run that showed this token; or go on from its checkpoint
    #[arg(long, value_name = "TOKEN", conflicts_with_all = ["state", "as_of"])]
    pub since: Option<String>,

    /// List nobody, and show the token for what changes from now on
    #[arg(long, conflicts_with_all = ["since", "state", "report", "as_of"])]
    pub token_only: bool,

    /// Remember in this file how far imports have come, and in FILE.keys.* who is known
    #[arg(long, value_name = "FILE", conflicts_with = "as_of")]
    pub state: Option<PathBuf>,

    /// List everybody although the state allows to list changes only; finds out who is missing
    #[arg(long, requires = "state")]
    pub full: bool,

    /// After the changes, read the keys of everybody too, to find out who is missing
    #[arg(long, requires = "state", conflicts_with = "full")]
    pub inventory: bool,

    /// If more than so many percent of those who are known are missing, take it for a mistake, and let nobody go
    #[arg(long, value_name = "PERCENT", requires = "state", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub max_gone: u8,

    /// Write a page about the run, for people
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

impl ImportArgs {
    /// The request that these arguments ask for, a state left aside.
    pub fn request(&self) -> ImportRequest {
        ImportRequest {
            filter: self.selection.filter.clone(),
            attributes_to_get: self.selection.attributes_to_get(),
            sync_token: self.since.as_deref().map(SyncToken::new),
            token_only: self.token_only,
            as_of: self.selection.as_of,
            ..ImportRequest::new(self.selection.class.object_class.clone())
        }
    }
}
