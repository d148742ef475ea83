//! Who may use the tenant: OAuth 2.0 with SAML bearer assertions.

pub(crate) mod assertion;
mod c14n;
pub(crate) mod issue;
pub(crate) mod keys;
mod signature;
pub(crate) mod token_error;
pub(crate) mod tokens;
