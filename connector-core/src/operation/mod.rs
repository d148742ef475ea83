//! The operations: what is asked for and what comes back, one file each.

mod explain;
mod get;
mod gone;
mod import;
mod lookup;
mod object_id;
mod problem;
mod reset_password;
mod save;
mod schema;
mod search;
mod sync_token;
mod test;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use explain::{
    ExplainRequest, Explanation, FilterExplanation, ObjectExplanation, PlannedRecord, ProposedSave, Residual,
    SaveExplanation, Subject,
};
pub use get::{GetOutcome, GetRequest};
pub use gone::{Gone, GoneCause, GoneReason};
pub use import::{
    FullBecause, FullReason, ImportFigures, ImportMode, ImportPhase, ImportRequest, MAX_MISSING, SkipReason,
};
pub use lookup::{ListValue, LookupRequest, ValueList, ValueStatus};
pub use object_id::ObjectId;
pub use problem::{Problem, ProblemKind};
pub use reset_password::ResetPasswordRequest;
pub use save::{PartResult, SaveAction, SaveMode, SaveOutcome, SaveRequest};
pub use schema::SchemaRequest;
pub use search::{
    Cost, Item, ItemStream, Page, PageStart, Progress, SearchRequest, SortKey, StreamStatus, Summary,
};
pub use sync_token::SyncToken;
pub use test::{Check, CheckOutcome, TestReport, TestRequest};

/// The name of an operation, the same on every carrier.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Is the target reachable, and are we let in?
    Test,
    /// What do objects look like?
    Schema,
    /// One object by its uid, or the certainty that there is none.
    Get,
    /// The objects that satisfy a filter.
    Search,
    /// All objects.
    Import,
    /// Create an object, or change it.
    Save,
    /// Remove an object, or what the target has instead.
    Delete,
    /// Make an account inactive.
    Suspend,
    /// Make an account active.
    Resume,
    /// Set a password.
    ResetPassword,
    /// The values that an attribute may have.
    Lookup,
    /// What would be asked, and how an answer came about.
    Explain,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 12] = [
        Self::Test,
        Self::Schema,
        Self::Get,
        Self::Search,
        Self::Import,
        Self::Save,
        Self::Delete,
        Self::Suspend,
        Self::Resume,
        Self::ResetPassword,
        Self::Lookup,
        Self::Explain,
    ];

    /// Whether it may change something at the target.
    pub fn writes(self) -> bool {
        matches!(self, Self::Save | Self::Delete | Self::Suspend | Self::Resume | Self::ResetPassword)
    }

    /// The operation with this name on the wire.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.as_str() == name)
    }

    /// The name on the wire, for example `reset_password`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Schema => "schema",
            Self::Get => "get",
            Self::Search => "search",
            Self::Import => "import",
            Self::Save => "save",
            Self::Delete => "delete",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::ResetPassword => "reset_password",
            Self::Lookup => "lookup",
            Self::Explain => "explain",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
