//! The token endpoint's errors: flat JSON with a number and a text (docs/successfactors.md#refused-tokens).

/// Why no token was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenError {
    /// A parameter is missing; status 400, its wording unconfirmed.
    Missing(&'static str),
    /// Another grant type; wording unconfirmed.
    GrantType,
    /// Wording unconfirmed.
    UnknownClient,
    /// Wording unconfirmed.
    UnknownCompany(String),
    /// Not base64 or not an assertion; wording unconfirmed.
    Malformed,
    /// KBA 3336571.
    Signature,
    /// Wording unconfirmed.
    Audience,
    /// Wording unconfirmed.
    Recipient,
    /// Wording unconfirmed.
    NotYetValid,
    /// Wording unconfirmed.
    Expired,
    /// KBA 2668018.
    InvalidUser,
    /// KBA 3336550.
    Locked,
    /// docs/successfactors.md#the-assertion.
    UserUuid,
    /// The key that `/oauth/idp` is to sign with; status and wording unconfirmed.
    PrivateKey,
}

impl TokenError {
    /// The HTTP status: 400 for missing parameters, 401 where a source has it, and `unconfirmed` for the rest.
    pub(crate) fn status(&self, unconfirmed: u16) -> u16 {
        match self {
            Self::Missing(_) | Self::GrantType | Self::PrivateKey => 400,
            Self::Signature | Self::InvalidUser | Self::Locked | Self::UserUuid => 401,
            _ => unconfirmed,
        }
    }

    /// The text of `errorMessage`.
    pub(crate) fn message(&self) -> String {
        let login = |reason: &str| format!("Unable to authenticate the client (Login failed - {reason})");
        match self {
            Self::Missing(name) => format!("The parameter {name} is missing in the request"),
            Self::GrantType => "The grant_type is not supported".to_owned(),
            Self::UnknownClient => "Unable to authenticate the client (client ID is not found)".to_owned(),
            Self::UnknownCompany(name) => format!(
                "Company [{name}] not found. Please validate the spelling of your company id, which is \
                 case-sensitive."
            ),
            Self::Malformed => "Unable to parse the SAML assertion".to_owned(),
            Self::Signature => {
                "Unable to verify the signature of the SAML assertion. Please ensure that the \
                 assertion has a signature and the key pairs match the client ID"
                    .to_owned()
            }
            Self::Audience => "The audience of the SAML assertion is invalid".to_owned(),
            Self::Recipient => "The recipient of the SAML assertion is invalid".to_owned(),
            Self::NotYetValid => "The SAML assertion is not yet valid".to_owned(),
            Self::Expired => "The SAML assertion has expired".to_owned(),
            Self::InvalidUser => login("invalid user"),
            Self::Locked => login("account locked"),
            Self::UserUuid => "Invalid useruuid".to_owned(),
            Self::PrivateKey => "The private_key is not an RSA key in base64".to_owned(),
        }
    }

    /// The body, which tells the status as a text.
    pub(crate) fn body(&self, status: u16) -> Vec<u8> {
        let number = status.to_string();
        serde_json::json!({"errorHttpCode": number, "errorMessage": self.message()}).to_string().into_bytes()
    }
}
