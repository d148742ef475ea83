//! `reset_password`: set a password without knowing the old one.

use serde::{Deserialize, Serialize};

use crate::object::{ObjectClass, Secret, Uid};

/// Asks for a new password. Nothing else about the account changes, its status least of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ResetPasswordRequest {
    /// The class of the account.
    pub object_class: ObjectClass,
    /// The uid of the account.
    pub uid: Uid,
    /// The new password.
    pub new_password: Secret,
}
