//! What messages say: the protocol's JSON, or that of OpenIAM by a mapping.

use connector_core::protocol::{Call, Event, MalformedRequest, Request};

use super::openiam::Mapping;
use super::redact::Secrets;

/// How messages are read and written.
pub enum Codec {
    /// The protocol, as over every other carrier.
    Native,
    /// OpenIAM's operations, with the names of a mapping.
    OpenIam(Box<Mapping>),
}

/// What a message asks for.
pub struct Asked {
    /// The request.
    pub request: Request,
    /// What it changes. Changes of one thing are made in the order published.
    pub key: Option<String>,
}

impl Codec {
    /// What is secret in messages.
    pub fn secrets(&self) -> Secrets {
        match self {
            Self::Native => Secrets::default(),
            Self::OpenIam(mapping) => mapping.secrets(),
        }
    }

    /// Reads a message.
    ///
    /// # Errors
    ///
    /// A message that cannot be understood, with as much of it as could.
    pub fn decode(&self, body: &[u8]) -> Result<Asked, MalformedRequest> {
        let request = match self {
            Self::Native => Request::from_json(body)?,
            Self::OpenIam(mapping) => mapping.decode(body)?,
        };
        Ok(Asked { key: key(&request.call), request })
    }

    /// One item of a reply in many parts; nothing, for an event that is not passed on.
    pub fn item(&self, event: &Event) -> Option<Vec<u8>> {
        match (self, event) {
            (Self::OpenIam(mapping), Event::Item { object, .. }) => Some(mapping.object(object)),
            (Self::Native, Event::Item { .. } | Event::Problem { .. } | Event::Gone { .. }) => line(event),
            _ => None,
        }
    }

    /// The body of a part: items, and how it ends if this is the last part.
    pub fn part(&self, items: &[Vec<u8>], end: Option<&Event>) -> Vec<u8> {
        match self {
            Self::Native => {
                let end = end.and_then(line);
                items.iter().chain(&end).map(Vec::as_slice).collect::<Vec<_>>().join(&b'\n')
            }
            Self::OpenIam(mapping) => mapping.reply(items, end),
        }
    }

    /// What a part is made of.
    pub fn content_type(&self, part: &[u8]) -> &'static str {
        match self {
            Self::Native if part.contains(&b'\n') => "application/x-ndjson",
            _ => "application/json",
        }
    }
}

fn line(event: &Event) -> Option<Vec<u8>> {
    serde_json::to_vec(event).ok()
}

fn key(call: &Call) -> Option<String> {
    let uid = match call {
        Call::Save(save) => save.uid.as_ref()?,
        Call::Delete(id) | Call::Suspend(id) | Call::Resume(id) => &id.uid,
        Call::ResetPassword(reset) => &reset.uid,
        _ => return None,
    };
    let class = call.object_class().map(ToString::to_string).unwrap_or_default();
    Some(format!("{}/{uid}", class.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::operation::{Gone, GoneCause};
    use connector_core::protocol::RequestId;

    #[test]
    fn whoever_is_gone_is_part_of_a_reply() {
        let gone = Gone::removed("User".into(), "ada".into(), GoneCause::Purged);
        let item = Codec::Native.item(&Event::Gone { id: RequestId::Number(1), gone }).unwrap();
        let text = String::from_utf8(item).unwrap();
        assert!(text.contains(r#""uid":"ada","reason":"removed","cause":"purged""#), "{text}");
    }
}
