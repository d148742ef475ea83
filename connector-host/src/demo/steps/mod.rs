//! The steps of the demo, one file each, in the order of the story.

mod change;
mod connect;
mod create;
mod delete;
mod find;
mod import;
mod read;
mod refuse;
mod reset_password;
mod resume;
mod suspend;

use super::stage::{Stage, Told};
use crate::stop::Stop;

/// A step of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Connect,
    Import,
    Create,
    Read,
    Change,
    Suspend,
    Find,
    Resume,
    ResetPassword,
    Delete,
    Refuse,
}

impl Step {
    /// Every step, in the order of the story.
    pub const ALL: [Self; 11] = [
        Self::Connect,
        Self::Import,
        Self::Create,
        Self::Read,
        Self::Change,
        Self::Suspend,
        Self::Find,
        Self::Resume,
        Self::ResetPassword,
        Self::Delete,
        Self::Refuse,
    ];

    /// What programs call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Import => "import",
            Self::Create => "create",
            Self::Read => "read",
            Self::Change => "change",
            Self::Suspend => "suspend",
            Self::Find => "find",
            Self::Resume => "resume",
            Self::ResetPassword => "reset_password",
            Self::Delete => "delete",
            Self::Refuse => "refuse",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Connect => "Connect",
            Self::Import => "Import everyone",
            Self::Create => "Create a person",
            Self::Read => "Read her back",
            Self::Change => "Change her title and her manager",
            Self::Suspend => "Suspend her",
            Self::Find => "Search for her",
            Self::Resume => "Resume her",
            Self::ResetPassword => "Reset her password",
            Self::Delete => "Delete her",
            Self::Refuse => "Try a change that is wrong",
        }
    }

    /// Does it, and fails if the outcome is not the one that the story needs.
    pub async fn run(self, stage: &mut Stage<'_>) -> Result<Told, Stop> {
        match self {
            Self::Connect => connect::run(stage).await,
            Self::Import => import::run(stage).await,
            Self::Create => create::run(stage).await,
            Self::Read => read::run(stage).await,
            Self::Change => change::run(stage).await,
            Self::Suspend => suspend::run(stage).await,
            Self::Find => find::run(stage).await,
            Self::Resume => resume::run(stage).await,
            Self::ResetPassword => reset_password::run(stage).await,
            Self::Delete => delete::run(stage).await,
            Self::Refuse => refuse::run(stage).await,
        }
    }
}
