//! What went wrong, whether to try again, and what became of the change.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What went wrong. The list is closed: every carrier and every binding knows all of it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The request makes no sense as it stands; the caller has to change it.
    InvalidRequest,
    /// The connector does not do this, and its manifest says so.
    Unsupported,
    /// The configuration is incomplete or contradictory.
    Configuration,
    /// The target refused the connector's own credentials.
    ServiceAuth,
    /// No connection came about: name resolution, routing, TLS.
    ConnectionFailed,
    /// A connection was lost in the middle of an exchange.
    ConnectionBroken,
    /// The target asks to slow down.
    RateLimited,
    /// The target is in maintenance, or overloaded.
    Unavailable,
    /// The deadline passed before an answer came.
    Timeout,
    /// The connector's user may not do this.
    PermissionDenied,
    /// There is no such object.
    NotFound,
    /// An object with this identifier or name exists already.
    AlreadyExists,
    /// The target does not accept an attribute or its value.
    InvalidAttribute,
    /// The password does not satisfy the target's policy.
    PasswordPolicy,
    /// The object is not as the writer expected; nothing was written.
    PreconditionFailed,
    /// Some parts of the change were made, others not.
    Partial,
    /// Somebody else is changing the same object.
    Conflict,
    /// The credentials given to `authenticate` are wrong.
    LoginFailed,
    /// The credentials given to `authenticate` are right, but the password has expired.
    PasswordExpired,
    /// The caller cancelled the operation.
    Cancelled,
    /// The target answered something that its protocol does not allow.
    TargetProtocol,
    /// A fault in the connector itself.
    Internal,
}

impl ErrorKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 22] = [
        Self::InvalidRequest,
        Self::Unsupported,
        Self::Configuration,
        Self::ServiceAuth,
        Self::ConnectionFailed,
        Self::ConnectionBroken,
        Self::RateLimited,
        Self::Unavailable,
        Self::Timeout,
        Self::PermissionDenied,
        Self::NotFound,
        Self::AlreadyExists,
        Self::InvalidAttribute,
        Self::PasswordPolicy,
        Self::PreconditionFailed,
        Self::Partial,
        Self::Conflict,
        Self::LoginFailed,
        Self::PasswordExpired,
        Self::Cancelled,
        Self::TargetProtocol,
        Self::Internal,
    ];

    /// The name on the wire, for example `service_auth`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Unsupported => "unsupported",
            Self::Configuration => "configuration",
            Self::ServiceAuth => "service_auth",
            Self::ConnectionFailed => "connection_failed",
            Self::ConnectionBroken => "connection_broken",
            Self::RateLimited => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::Timeout => "timeout",
            Self::PermissionDenied => "permission_denied",
            Self::NotFound => "not_found",
            Self::AlreadyExists => "already_exists",
            Self::InvalidAttribute => "invalid_attribute",
            Self::PasswordPolicy => "password_policy",
            Self::PreconditionFailed => "precondition_failed",
            Self::Partial => "partial",
            Self::Conflict => "conflict",
            Self::LoginFailed => "login_failed",
            Self::PasswordExpired => "password_expired",
            Self::Cancelled => "cancelled",
            Self::TargetProtocol => "target_protocol",
            Self::Internal => "internal",
        }
    }

    /// The JSON-RPC error code: −31000 less the kind's place in [`ErrorKind::ALL`], never reused.
    pub fn code(self) -> i32 {
        if self == Self::Cancelled { -32800 } else { -31000 - self as i32 }
    }

    /// Whether a later repeat of the same request can succeed.
    pub(super) fn default_retry(self) -> Retry {
        match self {
            Self::ServiceAuth
            | Self::ConnectionFailed
            | Self::ConnectionBroken
            | Self::RateLimited
            | Self::Unavailable
            | Self::Timeout
            | Self::Partial
            | Self::Conflict => Retry::Later { after: None },
            _ => Retry::Never,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether the same request may succeed if it is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Never without a change to the request, the configuration or the target.
    Never,
    /// Later; not before `after` where the target said so.
    Later {
        /// The shortest wait that the target asked for.
        after: Option<Duration>,
    },
}

/// What became of the change that the failed request asked for, from the least to the most.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing was changed.
    NotApplied,
    /// The answer was lost and reading back did not settle it.
    Unknown,
    /// The change, or a part of it, was made.
    Applied,
}
