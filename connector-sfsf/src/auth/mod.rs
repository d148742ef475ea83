//! Authentication: where bearer tokens come from. One strategy, one file.

pub(crate) mod armor;
mod asn1;
pub(crate) mod assertion;
mod cache;
pub(crate) mod cause;
mod certificate;
mod derivation;
mod diagnose;
mod exchange;
mod key;
pub(crate) mod saml_bearer;
pub(crate) mod signer;
mod supplied;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use connector_core::Result;
use connector_core::object::Secret;

use crate::config::{Authentication, Configuration};
use crate::http::{Scope, Transport};

pub(crate) use cache::TokenCache;

/// A bearer token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub value: Secret,
    /// When it stops being accepted, where that is known.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A way to come by a token.
#[async_trait]
pub(crate) trait TokenStrategy: Send + Sync {
    /// Obtains a token. `fresh` asks for one that the tenant has not handed out before: it gives the
    /// remaining minutes of an old one otherwise (KBA 2872019).
    async fn obtain(&self, transport: &Transport, scope: &Scope, fresh: bool) -> Result<Token>;

    /// Whether asking again can give another token.
    fn renews(&self) -> bool;
}

/// The strategy that the configuration asks for.
pub(crate) fn strategy(configuration: &Configuration) -> Result<Arc<dyn TokenStrategy>> {
    Ok(match &configuration.authentication {
        Authentication::SuppliedToken(token) => Arc::new(supplied::SuppliedToken::new(token.clone())),
        Authentication::SuppliedAssertion { exchange, assertion } => {
            Arc::new(supplied::SuppliedAssertion::new(exchange.clone(), assertion)?)
        }
        Authentication::SignedAssertion(settings) => {
            Arc::new(saml_bearer::SamlBearer::new(settings.as_ref().clone())?)
        }
    })
}
