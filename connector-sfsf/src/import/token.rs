//! What an import has to know of the ones before it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use connector_core::operation::{ImportRequest, SyncToken};
use connector_core::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::key_range::KeyRange;
use crate::class::call::Call;

const VERSION: u8 = 1;

/// How many unreadable records are asked for again by the next run.
const MAX_AGAIN: usize = 50;

/// What an import is about: a token is good for the same only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TokenSubject {
    tenant: String,
    class: String,
    filter: String,
}

impl TokenSubject {
    pub fn of(call: &Call, request: &ImportRequest) -> Self {
        let configuration = &call.session.configuration;
        let population = call.class.population_key(configuration);
        let filter = serde_json::to_string(&request.filter).unwrap_or_default();
        let tenant = format!("{}\n{}", configuration.url, configuration.company_id().unwrap_or_default());
        Self {
            tenant: fingerprint(&tenant),
            class: call.profile().name.to_owned(),
            filter: fingerprint(&format!("{population}\n{filter}")),
        }
    }
}

/// The same in every release.
fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text).get(..12).unwrap_or_default())
}

/// How far imports have come: in time, and within one run by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// What has changed since then is wanted; everybody if absent. The tenant's clock, in seconds.
    #[serde(with = "chrono::serde::ts_seconds_option", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// When the run began that is under way; absent between two runs.
    #[serde(with = "chrono::serde::ts_seconds_option", default, skip_serializing_if = "Option::is_none")]
    pub started: Option<DateTime<Utc>>,
    /// What of the run that is under way is not delivered yet; all of it if there is none.
    #[serde(rename = "stretches", default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<KeyRange>,
    /// Whose records could not be read: they are asked for once more, changed or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<String>,
}

impl Position {
    /// The same, with a record that is asked for once more.
    pub fn asking_again(mut self, uid: &str) -> Self {
        self.ask_again(uid);
        self
    }

    /// Asks for a record once more.
    pub fn ask_again(&mut self, uid: &str) {
        if self.again.len() < MAX_AGAIN && !self.again.iter().any(|known| known == uid) {
            self.again.push(uid.to_owned());
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Written {
    v: u8,
    #[serde(flatten)]
    subject: TokenSubject,
    #[serde(flatten)]
    position: Position,
}

#[derive(Deserialize)]
struct Versioned {
    v: u64,
}

/// The token for a position.
pub(super) fn write(subject: &TokenSubject, position: &Position) -> SyncToken {
    let written = Written { v: VERSION, subject: subject.clone(), position: position.clone() };
    SyncToken::new(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&written).unwrap_or_default()))
}

/// The position that a token holds.
///
/// # Errors
///
/// A token of somebody else, of another release, tenant, object class or filter: each with a sentence of its own.
pub(super) fn read(token: &SyncToken, subject: &TokenSubject) -> Result<Position> {
    let json = URL_SAFE_NO_PAD.decode(token.as_str()).ok();
    let version = json.as_ref().and_then(|json| serde_json::from_slice::<Versioned>(json).ok());
    let Some((json, Versioned { v: version })) = json.zip(version) else {
        return Err(refused("the sync token is not one of this connector"));
    };
    if version != u64::from(VERSION) {
        let message =
            format!("the sync token is of version {version}; this connector knows version {VERSION}");
        return Err(refused(message));
    }
    let written: Written = serde_json::from_slice(&json).map_err(|_| refused("the sync token is damaged"))?;
    let theirs = &written.subject;
    if theirs.tenant != subject.tenant {
        return Err(refused("the sync token belongs to another tenant"));
    }
    if theirs.class != subject.class {
        return Err(refused(format!("the sync token belongs to the object class '{}'", theirs.class)));
    }
    if theirs.filter != subject.filter {
        return Err(refused("the sync token belongs to an import with another filter or other statuses"));
    }
    Ok(written.position)
}

fn refused(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::invalid_request(message)
        .with_attributes(["sync_token".into()])
        .with_advice("import without a token once, and go on with the token that this hands out")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(tenant: &str, class: &str, filter: &str) -> TokenSubject {
        TokenSubject { tenant: tenant.into(), class: class.into(), filter: filter.into() }
    }

    #[test]
    fn a_position_survives_its_token() {
        let position = Position {
            since: DateTime::from_timestamp(1_700_000_000, 0),
            started: DateTime::from_timestamp(1_700_000_600, 0),
            ranges: vec![KeyRange {
                from: None,
                to: Some("p".into()),
                after: Some("o'neil \u{1F642}".into()),
            }],
            again: vec!["x".into()],
        };
        let subject = subject("t", "User", "f");
        assert_eq!(read(&write(&subject, &position), &subject).unwrap(), position);
        assert_eq!(read(&write(&subject, &Position::default()), &subject).unwrap(), Position::default());
    }

    #[test]
    fn a_token_that_does_not_belong_here_is_refused_with_a_sentence() {
        let ours = subject("t", "User", "f");
        let check = |token: &SyncToken, sentence: &str| {
            let error = read(token, &ours).unwrap_err();
            assert!(error.to_string().contains(sentence), "{error}");
            assert_eq!(error.kind(), connector_core::ErrorKind::InvalidRequest);
        };
        let of = |subject: &TokenSubject| write(subject, &Position::default());
        check(&of(&subject("other", "User", "f")), "another tenant");
        check(&of(&subject("t", "Group", "f")), "object class 'Group'");
        check(&of(&subject("t", "User", "g")), "another filter");
        check(&SyncToken::new("nonsense"), "not one of this connector");
        check(&SyncToken::new(""), "not one of this connector");
        let later = URL_SAFE_NO_PAD.encode(r#"{"v":7,"what":"ever"}"#);
        check(&SyncToken::new(later), "of version 7; this connector knows version 1");
        check(&SyncToken::new(URL_SAFE_NO_PAD.encode(r#"{"v":1}"#)), "damaged");
    }

    #[test]
    fn a_token_stays_short_however_many_records_are_unreadable() {
        let mut position = Position::default();
        for number in 0..1000 {
            position.ask_again(&format!("user{number}"));
        }
        assert!(write(&subject("t", "User", "f"), &position).as_str().len() < 2000);
    }
}
