//! What the API user may see and do, and the log-on by password that SAP is about to delete.

use serde::Deserialize;

/// Access of the API user. The default is everything, by OAuth only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Log-on by password. `None`, the default, refuses it with LGN0010: it is deleted on 20 November 2026
    /// (docs/successfactors.md#basic-authentication).
    pub basic: Option<Basic>,
    /// Properties and navigations that the role of the API user does not have, as `User/salary`: they are
    /// neither in the metadata nor in results, and asking for them is COE0021
    /// (docs/successfactors.md#missing-properties).
    pub hidden_fields: Vec<String>,
    /// Entity sets that the role does not have: not in the metadata, and COE0020 when asked for
    /// (KBA 3589982).
    pub denied_entities: Vec<String>,
    /// Entity sets that the role may only read; a write is refused row by row (KBA 2160948).
    pub read_only_entities: Vec<String>,
    /// The target population: a `$filter` on `User`. Other users are not in lists, and COE0020 when asked
    /// for by their key (KBA 3589982). `None`, the default, is everybody.
    pub population: Option<String>,
}

/// Basic authentication: `base64(LOGIN@COMPANY:PASSWORD)`, where the login is userId or username
/// (register of unconfirmed points, 5). Users whose password was set by an upsert log on with that.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basic {
    /// The password of the API user.
    pub password: String,
    /// How the API user stands.
    #[serde(default)]
    pub standing: LogonStanding,
}

/// How the API user stands with a log-on by password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogonStanding {
    /// It may log on.
    #[default]
    Good,
    /// The password has expired: LGN0018 with status code 19, whatever the password is (KBA 3667426).
    Expired,
    /// The user is locked: status code 13 (KBA 3336550). The LGN code is unconfirmed.
    Locked,
    /// The address is not on the list of those allowed: status code 8 (KBA 2161058). The LGN code is
    /// unconfirmed.
    AddressDenied,
    /// The user logs on with single sign-on: refused like a wrong password (KBA 3350811).
    SingleSignOn,
}
