//! OAuth 2.0 with a SAML bearer assertion that is built and signed here. The private key never leaves
//! the process: SuccessFactors' own `/oauth/idp`, which wants to be sent it, is not used (KBA 3462403).

use async_trait::async_trait;
use connector_core::Result;

use super::assertion::{self, Assertion};
use super::exchange::{self, Presented};
use super::signer::{AssertionSigner, LocalSigner};
use super::{Token, TokenStrategy, certificate, key};
use crate::clock::Clock;
use crate::config::AssertionSettings;
use crate::http::{Scope, Transport};

/// Signs a new assertion for every token.
pub(crate) struct SamlBearer {
    settings: AssertionSettings,
    signer: Box<dyn AssertionSigner>,
    /// As base64 of its DER.
    certificate: Option<String>,
}

impl SamlBearer {
    pub fn new(settings: AssertionSettings) -> Result<Self> {
        let signer = LocalSigner::new(key::read(&settings.private_key, settings.passphrase.as_ref())?);
        let certificate = settings.certificate.as_deref();
        let certificate = certificate.map(|text| certificate::read(text, signer.public_key())).transpose()?;
        Ok(Self { settings, signer: Box::new(signer), certificate })
    }

    /// The assertion that would be sent now.
    pub fn assertion(&self, clock: &dyn Clock) -> Result<Assertion> {
        assertion::sign(&self.settings, &*self.signer, self.certificate.as_deref(), clock.now())
    }
}

#[async_trait]
impl TokenStrategy for SamlBearer {
    async fn obtain(&self, transport: &Transport, scope: &Scope, fresh: bool) -> Result<Token> {
        let assertion = self.assertion(&*transport.clock)?;
        let presented = Presented {
            xml: &assertion.xml,
            validity: Some((assertion.not_before, assertion.not_on_or_after)),
        };
        exchange::run(&self.settings.exchange, transport, scope, &presented, fresh).await
    }

    fn renews(&self) -> bool {
        true
    }
}
