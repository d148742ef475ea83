//! `import`: all objects of a class, or what has changed since, as a stream.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::SyncToken;
use crate::filter::Filter;
use crate::object::day::{self, Day};
use crate::object::{AttributeName, ObjectClass, Uid};

/// The most uids that may be looked for in one run.
pub const MAX_MISSING: usize = 10_000;

/// Asks for all objects of a class, or for those that changed since a token was handed out, with
/// [`Progress`](super::Progress) and checkpoints on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportRequest {
    /// The class.
    pub object_class: ObjectClass,
    /// Only the objects that satisfy this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// The attributes wanted; all that are returned by default if absent. Where targets differ in their attributes, the
    /// run goes on without those that this one lacks, and names them in `missing_attributes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes_to_get: Option<Vec<AttributeName>>,
    /// Where to begin: after the token of an earlier run, only what has changed since comes; after that of a
    /// checkpoint, the run goes on that the checkpoint is of. Everything comes if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sync_token: Option<SyncToken>,
    /// Objects that the caller knows, and that a complete run did not bring, 10,000 at most. Whoever of them this run
    /// does not bring either is looked for by uid; if there is nobody, `gone` says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Uid>,
    /// Nobody comes: the answer has the token with which a later import brings what changes from now on. It goes with
    /// neither `sync_token` nor `missing`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub token_only: bool,
    /// The day as of which the objects are read, and the filter is evaluated; the target's today if absent. It goes with
    /// neither `sync_token` nor `token_only`, and the answer has no token: no later run can go on from another day. A
    /// class without days refuses it ([`dated`](crate::manifest::ObjectClassManifest::dated)).
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Day>")]
    pub as_of: Option<NaiveDate>,
}

impl ImportRequest {
    /// Asks for every object of a class.
    pub fn new(object_class: impl Into<ObjectClass>) -> Self {
        Self {
            object_class: object_class.into(),
            filter: None,
            attributes_to_get: None,
            sync_token: None,
            missing: Vec::new(),
            token_only: false,
            as_of: None,
        }
    }

    /// Begins where this token says.
    #[must_use]
    pub fn since(mut self, token: SyncToken) -> Self {
        self.sync_token = Some(token);
        self
    }

    /// Asks for nobody, and for a token that begins now.
    #[must_use]
    pub fn token_only(mut self) -> Self {
        self.token_only = true;
        self
    }
}

/// What an import did. Of a run that went on from a checkpoint, it is what was done since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportFigures {
    /// Everything, or what has changed.
    pub mode: ImportMode,
    /// Why the run brought everything although it was given the token of an earlier one; absent if it was not so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_because: Option<FullBecause>,
    /// The run went on from a checkpoint.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resumed: bool,
    /// Records read.
    pub seen: u64,
    /// Objects delivered that the caller had not; absent where nobody knows what the caller has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<u64>,
    /// Objects delivered that the caller had; absent where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<u64>,
    /// Accounts among the objects delivered that may not log in.
    pub inactive: u64,
    /// Objects of which it was said that they are gone.
    pub gone: u64,
    /// Records that were read and not delivered, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Attributes that were wanted and that the target does not have, or has no longer: the run went on without them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_attributes: Vec<AttributeName>,
    /// Milliseconds that went into each phase.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub milliseconds: BTreeMap<ImportPhase, u64>,
}

impl ImportFigures {
    /// Counts a record that is not delivered.
    pub fn skip(&mut self, reason: SkipReason) {
        *self.skipped.entry(reason).or_default() += 1;
    }
}

/// What an import brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// Everything.
    #[default]
    Full,
    /// What has changed since a token was handed out.
    Delta,
    /// Nothing but a token.
    TokenOnly,
}

/// Why an import brought everything instead of what has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FullBecause {
    /// The reason, to decide by.
    pub reason: FullReason,
    /// The same in a sentence, with what it is about.
    pub detail: String,
}

/// Why what has changed since a token cannot be told, or not told with certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FullReason {
    /// The token is older than the target remembers changes.
    TokenTooOld,
    /// The target does not say when records were changed.
    NoTimeStamp,
    /// The configuration makes other objects of the same records than it did for the earlier run.
    ConfigurationChanged,
    /// Other attributes are asked for, or can be read, than in the earlier run.
    AttributesChanged,
    /// A list of values that attributes are read through has changed.
    ValueListsChanged,
    /// So much has changed that reading everything is less work.
    TooManyChanges,
}

impl FullReason {
    /// The name on the wire, for example `token_too_old`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenTooOld => "token_too_old",
            Self::NoTimeStamp => "no_time_stamp",
            Self::ConfigurationChanged => "configuration_changed",
            Self::AttributesChanged => "attributes_changed",
            Self::ValueListsChanged => "value_lists_changed",
            Self::TooManyChanges => "too_many_changes",
        }
    }
}

/// Why a record that was read is not delivered.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// It came twice.
    Duplicate,
    /// It does not satisfy the filter.
    Filtered,
    /// It has not changed since, although the target sent it.
    Unchanged,
    /// It could not be read.
    Unreadable,
}

/// What an import spends its time with, its caller left aside.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ImportPhase {
    /// Logging in, and finding out what the target has.
    Prepare,
    /// Waiting for pages.
    Read,
    /// Waiting for entitlements.
    Entitlements,
    /// Making objects of records.
    Map,
    /// Looking for those who were missing.
    Confirm,
}
