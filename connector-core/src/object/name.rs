//! The names that identify things: object classes, uids, attributes.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::Text;

/// Attribute names with a meaning that every identity product knows (ICF's spelling).
pub mod special {
    /// The immutable identifier of an object.
    pub const UID: &str = "__UID__";
    /// The identifier that people use; it may change.
    pub const NAME: &str = "__NAME__";
    /// Whether the account is enabled (boolean).
    pub const ENABLE: &str = "__ENABLE__";
    /// The password (secret, never readable).
    pub const PASSWORD: &str = "__PASSWORD__";
    /// From when on the account is valid (date-time).
    pub const ENABLE_DATE: &str = "__ENABLE_DATE__";
    /// Until when the account is valid (date-time).
    pub const DISABLE_DATE: &str = "__DISABLE_DATE__";
    /// Whether the account is locked after failed logins (boolean).
    pub const LOCK_OUT: &str = "__LOCK_OUT__";
    /// When the person last logged in (date-time, read-only).
    pub const LAST_LOGIN_DATE: &str = "__LAST_LOGIN_DATE__";
    /// Every special name.
    pub const ALL: [&str; 8] =
        [UID, NAME, ENABLE, PASSWORD, ENABLE_DATE, DISABLE_DATE, LOCK_OUT, LAST_LOGIN_DATE];
}

/// A name that compares without regard to ASCII case and remembers how it was spelled.
macro_rules! caseless_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(Text);

        impl $name {
            /// A name in the spelling given.
            pub fn new(name: impl Into<Text>) -> Self {
                Self(name.into())
            }

            /// The name as it was spelled.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether this is `other` but for case.
            pub fn is(&self, other: &str) -> bool {
                self.0.eq_ignore_ascii_case(other)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.is(&other.0)
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                for byte in self.0.bytes() {
                    state.write_u8(byte.to_ascii_lowercase());
                }
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                let lower = |byte: u8| byte.to_ascii_lowercase();
                self.0.bytes().map(lower).cmp(other.0.bytes().map(lower))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.as_str())
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self::new(name)
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self::new(name)
            }
        }
    };
}

caseless_name!(
    /// A class of objects in the target system, for example `User`.
    ObjectClass
);
caseless_name!(
    /// The name of an attribute, for example `firstName` or `__ENABLE__`.
    AttributeName
);

impl ObjectClass {
    /// The name under which hosts ask for accounts when they do not care what the target calls them.
    pub const ACCOUNT: &'static str = "__ACCOUNT__";
    /// The same for groups.
    pub const GROUP: &'static str = "__GROUP__";
}

/// The immutable identifier of an object. It compares with case: `abc` and `ABC` are two people.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Uid(Text);

impl Uid {
    /// A uid with this value.
    pub fn new(value: impl Into<Text>) -> Self {
        Self(value.into())
    }

    /// Its value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl From<&str> for Uid {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl From<String> for Uid {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl Borrow<str> for Uid {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn attribute_names_compare_and_hash_without_case() {
        let names: HashSet<_> = ["firstName", "FIRSTNAME", "lastName"].map(AttributeName::from).into();
        assert_eq!(names.len(), 2);
        assert_eq!(AttributeName::from("__enable__"), AttributeName::from(special::ENABLE));
    }

    #[test]
    fn a_uid_that_names_nobody_is_refused() {
        for uid in ["", " ", "\t\n", "\u{a0}", "\u{200b}", " x", "x ", "x\r\n", "\u{feff}x", "x\u{3000}"] {
            assert_eq!(
                Uid::from(uid).check().unwrap_err().kind(),
                crate::ErrorKind::InvalidRequest,
                "{uid:?}"
            );
        }
        for uid in ["x", "x y", "0", "Zoë", "日本"] {
            assert!(Uid::from(uid).check().is_ok(), "{uid}");
        }
        assert_eq!(
            Uid::from(" x").check().unwrap_err().message(),
            "the uid \" x\" begins or ends with a blank"
        );
    }

    #[test]
    fn uids_compare_with_case() {
        assert_ne!(Uid::from("abc"), Uid::from("ABC"));
    }
}
