//! The operations: what is asked for and what comes back, one file each.

mod explain;
mod get;
mod gone;
mod import;
mod lookup;
mod name;
mod object_id;
mod problem;
mod reset_password;
mod save;
mod schema;
mod search;
mod sync_token;
mod test;

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
pub use name::Operation;
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
