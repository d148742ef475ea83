//! The access tokens that were given out.

use std::collections::HashMap;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};

/// A token's facts.
#[derive(Debug, Clone)]
struct Issued {
    user: String,
    expires: DateTime<Utc>,
}

/// How a presented token stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The token of this user.
    Valid(String),
    /// Expired, revoked, or never given out.
    Rejected,
    /// Not the form of a token at all.
    Malformed,
}

/// All tokens of a tenant. They are kept by value: a sandbox has no other secret worth keeping from itself.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    issued: HashMap<String, Issued>,
    /// The assertion's digest and the token that it got: the same assertion gets it again (KBA 2872019).
    by_assertion: HashMap<Vec<u8>, String>,
    serial: u64,
}

/// What a new token is for.
pub(crate) struct Grant<'a> {
    pub(crate) assertion: &'a str,
    pub(crate) client: &'a str,
    pub(crate) company: &'a str,
    pub(crate) user: &'a str,
    pub(crate) now: DateTime<Utc>,
    pub(crate) lifetime: TimeDelta,
    pub(crate) new_token: bool,
    pub(crate) end_others: bool,
}

impl Tokens {
    /// The token for an assertion with the seconds that it still lives.
    pub(crate) fn grant(&mut self, grant: &Grant<'_>) -> (String, i64) {
        let digest = digest::digest(&digest::SHA256, grant.assertion.as_bytes()).as_ref().to_vec();
        let known = self.by_assertion.get(&digest).and_then(|token| Some((token, self.issued.get(token)?)));
        if let Some((token, issued)) =
            known.filter(|(_, issued)| !grant.new_token && grant.now < issued.expires)
        {
            return (token.clone(), (issued.expires - grant.now).num_seconds());
        }
        if grant.end_others {
            self.issued.retain(|_, issued| issued.user != grant.user);
        }
        let expires = grant.now.checked_add_signed(grant.lifetime).unwrap_or(grant.now);
        let token = self.text(grant, expires);
        self.issued.insert(token.clone(), Issued { user: grant.user.to_owned(), expires });
        self.by_assertion.insert(digest, token.clone());
        // A fresh token of a whole day says 86399, as captured: the second that has begun does not count.
        (token, (grant.lifetime.num_seconds() - 1).max(0))
    }

    /// Base64 of JSON, as captured from a tenant (docs/successfactors.md#token-lifetime).
    fn text(&mut self, grant: &Grant<'_>, expires: DateTime<Utc>) -> String {
        self.serial += 1;
        let seed = format!("{}#{}#{}", self.serial, grant.now.timestamp_micros(), grant.assertion);
        let signature = STANDARD.encode(digest::digest(&digest::SHA256, seed.as_bytes()));
        let text = serde_json::json!({
            "tokenContent": {
                "apiKey": grant.client,
                "sfPrincipal": format!("{}#DC1#{}", grant.user, grant.company),
                "issuedFor": grant.client,
                "scope": "",
                "issuedAt": grant.now.timestamp_millis(),
                "expiresAt": expires.timestamp_millis(),
            },
            "signature": signature,
        });
        STANDARD.encode(text.to_string())
    }

    /// How a token stands at a moment.
    pub(crate) fn standing(&self, token: &str, now: DateTime<Utc>) -> Standing {
        match self.issued.get(token) {
            Some(issued) if now < issued.expires => Standing::Valid(issued.user.clone()),
            Some(_) => Standing::Rejected,
            None if STANDARD.decode(token).is_ok() => Standing::Rejected,
            None => Standing::Malformed,
        }
    }

    /// Ends one token.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.issued.remove(token);
        self.by_assertion.retain(|_, other| other != token);
    }

    /// Ends all tokens.
    pub(crate) fn clear(&mut self) {
        self.issued.clear();
        self.by_assertion.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(assertion: &str, at: i64, new_token: bool) -> Grant<'_> {
        Grant {
            assertion,
            client: "key",
            company: "ACME",
            user: "sfapi",
            now: DateTime::from_timestamp(at, 0).unwrap(),
            lifetime: TimeDelta::seconds(100),
            new_token,
            end_others: false,
        }
    }

    /// KBA 2872019: the same assertion gets the same token with the remaining seconds.
    #[test]
    fn same_assertion_gets_the_same_token_until_it_ends() {
        let mut tokens = Tokens::default();
        let (first, _) = tokens.grant(&grant("a", 0, false));
        assert_eq!(tokens.grant(&grant("a", 60, false)), (first.clone(), 40));
        assert_ne!(tokens.grant(&grant("a", 60, true)).0, first);
        assert_ne!(tokens.grant(&grant("b", 60, false)).0, first);
        assert_ne!(tokens.grant(&grant("a", 200, false)).0, first);
    }

    #[test]
    fn tokens_end_on_time() {
        let mut tokens = Tokens::default();
        let (token, _) = tokens.grant(&grant("a", 0, false));
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(tokens.standing(&token, at(99)), Standing::Valid("sfapi".into()));
        assert_eq!(tokens.standing(&token, at(100)), Standing::Rejected);
        assert_eq!(tokens.standing("not a token", at(0)), Standing::Malformed);
    }
}
