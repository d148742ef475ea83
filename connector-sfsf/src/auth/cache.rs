//! One token for many calls.

use std::sync::Arc;

use chrono::TimeDelta;
use connector_core::{Error, ErrorKind, Result, Retry};
use tokio::sync::Mutex;

use super::{Token, TokenStrategy};
use crate::http::{Scope, Transport};

/// A token with less life than this is renewed before it is used.
const MARGIN: TimeDelta = TimeDelta::seconds(120);

/// Holds the token of one set of credentials, in memory only. However many calls need a token at once,
/// one request is made.
pub(crate) struct TokenCache {
    strategy: Arc<dyn TokenStrategy>,
    current: Mutex<Option<Token>>,
}

impl TokenCache {
    pub fn new(strategy: Arc<dyn TokenStrategy>) -> Self {
        Self { strategy, current: Mutex::new(None) }
    }

    /// A token that will live a while yet.
    pub async fn token(&self, transport: &Transport, scope: &Scope) -> Result<Token> {
        let mut current = scope.within(async { Ok(self.current.lock().await) }).await?;
        if let Some(token) = current.as_ref().filter(|token| lives(token, transport)) {
            return Ok(token.clone());
        }
        let mut token = self.strategy.obtain(transport, scope, false).await?;
        if !lives(&token, transport) {
            token = self.strategy.obtain(transport, scope, true).await?;
        }
        *current = Some(token.clone());
        Ok(token)
    }

    /// Another token than the one that the tenant refused. Of many calls that were refused the same
    /// token, one renews it.
    pub async fn replace(&self, refused: &Token, transport: &Transport, scope: &Scope) -> Result<Token> {
        if !self.strategy.renews() {
            return Err(Error::new(ErrorKind::ServiceAuth, "the tenant refuses the access token")
                .with_retry(Retry::Never)
                .with_advice("access_token has expired or was revoked; supply a new one"));
        }
        let mut current = scope.within(async { Ok(self.current.lock().await) }).await?;
        match current.as_ref() {
            Some(token) if token.value != refused.value => Ok(token.clone()),
            _ => {
                let token = self.strategy.obtain(transport, scope, true).await?;
                *current = Some(token.clone());
                Ok(token)
            }
        }
    }

    /// A token straight from the tenant, for a test of the connection.
    pub async fn fresh(&self, transport: &Transport, scope: &Scope) -> Result<Token> {
        let token = self.strategy.obtain(transport, scope, true).await?;
        *self.current.lock().await = Some(token.clone());
        Ok(token)
    }
}

fn lives(token: &Token, transport: &Transport) -> bool {
    token.expires_at.is_none_or(|end| end - transport.clock.now() > MARGIN)
}
