//! Tokens and assertions that the host brings along.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use connector_core::object::Secret;
use connector_core::{Error, ErrorKind, Result};

use super::exchange::{self, Presented};
use super::{Token, TokenStrategy};
use crate::config::TokenExchange;
use crate::http::{Scope, Transport};

/// A token that somebody else obtained. When it has expired, only they can help.
pub(super) struct SuppliedToken(Secret);

impl SuppliedToken {
    pub fn new(token: Secret) -> Self {
        Self(token)
    }
}

#[async_trait]
impl TokenStrategy for SuppliedToken {
    async fn obtain(&self, _transport: &Transport, _scope: &Scope, _fresh: bool) -> Result<Token> {
        Ok(Token { value: self.0.clone(), expires_at: None })
    }

    fn renews(&self) -> bool {
        false
    }
}

/// An assertion that somebody else signed.
pub(super) struct SuppliedAssertion {
    exchange: TokenExchange,
    xml: Secret,
}

impl SuppliedAssertion {
    /// Takes the XML, or its base64.
    pub fn new(exchange: TokenExchange, assertion: &Secret) -> Result<Self> {
        let text = assertion.expose().trim();
        let xml = if text.starts_with('<') { Some(text.to_owned()) } else { decode(text) };
        match xml {
            Some(xml) => Ok(Self { exchange, xml: Secret::new(xml) }),
            None => Err(Error::new(ErrorKind::Configuration, "assertion is neither XML nor base64 of XML")),
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let compact: String = text.split_whitespace().collect();
    let xml = String::from_utf8(STANDARD.decode(compact).ok()?).ok()?;
    xml.trim_start().starts_with('<').then_some(xml)
}

#[async_trait]
impl TokenStrategy for SuppliedAssertion {
    async fn obtain(&self, transport: &Transport, scope: &Scope, fresh: bool) -> Result<Token> {
        let presented = Presented { xml: self.xml.expose(), validity: validity(self.xml.expose()) };
        exchange::run(&self.exchange, transport, scope, &presented, fresh).await
    }

    fn renews(&self) -> bool {
        true
    }
}

/// The validity in the conditions, for messages only: nothing is decided by an assertion of others.
fn validity(xml: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let conditions = xml.split_once("Conditions ")?.1.split_once('>')?.0;
    let time = |name: &str| {
        let value = conditions.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
        DateTime::parse_from_rfc3339(value).ok().map(|time| time.to_utc())
    };
    Some((time("NotBefore")?, time("NotOnOrAfter")?))
}
