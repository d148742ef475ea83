//! What is wrong with one record of a stream.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What is wrong with one record of a stream, which goes on. On the wire it is the notification `problem`.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What sort of thing is wrong.
    pub kind: ProblemKind,
    /// What is wrong, with the uid and the attributes that it is about where they are known.
    pub error: Error,
}

impl Problem {
    /// The record as a whole could not be read: there is no object of it.
    pub fn unreadable(error: Error) -> Self {
        Self { kind: ProblemKind::UnreadableRecord, error }
    }
}

/// What sort of thing is wrong with a record. But for the first, the object comes without the attributes at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The record could not be read: there is no object of it.
    UnreadableRecord,
    /// There are several values where one is wanted, and nothing says which.
    AmbiguousValue,
    /// A value does not satisfy a rule of the configuration.
    FailedCheck,
    /// An expression of the configuration cannot be evaluated for this record.
    FailedExpression,
    /// A status that nobody has said the meaning of: the object is neither active nor inactive.
    UnknownStatus,
    /// A time zone that nobody knows; the times were taken for those of another one, which the error names.
    UnknownZone,
    /// What the configuration reads or translates by is not there at this target.
    MissingMapping,
}

impl ProblemKind {
    /// The name on the wire, for example `unreadable_record`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnreadableRecord => "unreadable_record",
            Self::AmbiguousValue => "ambiguous_value",
            Self::FailedCheck => "failed_check",
            Self::FailedExpression => "failed_expression",
            Self::UnknownStatus => "unknown_status",
            Self::UnknownZone => "unknown_zone",
            Self::MissingMapping => "missing_mapping",
        }
    }

    /// Whether the stream brings no object of the record.
    pub fn loses_object(self) -> bool {
        self == Self::UnreadableRecord
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
