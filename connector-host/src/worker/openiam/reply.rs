//! From what came of a request to a reply for OpenIAM.

use connector_core::ErrorKind;
use connector_core::object::ConnectorObject;
use connector_core::protocol::{Event, RequestId};
use serde_json::{Map, Value as Json, json};

use super::Mapping;

impl Mapping {
    /// One object of a list.
    pub fn object(&self, object: &ConnectorObject) -> Vec<u8> {
        let names = &self.reply;
        let json = serde_json::to_value(object).unwrap_or_default();
        let attributes = json["attributes"].as_object().cloned().unwrap_or_default();
        let one = |(name, values): (String, Json)| {
            let (key, list) = (names.attribute_name.clone(), names.attribute_values.clone());
            Json::Object(Map::from_iter([(key, json!(name)), (list, values)]))
        };
        let attributes: Vec<_> = attributes.into_iter().map(one).collect();
        let fields =
            [(names.identity.clone(), json["uid"].clone()), (names.attributes.clone(), json!(attributes))];
        Json::Object(Map::from_iter(fields)).to_string().into_bytes()
    }

    /// A part of a reply: objects, and how it ends if it does.
    pub fn reply(&self, objects: &[Vec<u8>], end: Option<&Event>) -> Vec<u8> {
        let names = &self.reply;
        let mut reply = Map::new();
        reply.insert(names.status.clone(), json!(names.success));
        if !objects.is_empty() {
            let list = objects.iter().filter_map(|object| serde_json::from_slice(object).ok());
            reply.insert(names.objects.clone(), Json::Array(list.collect()));
        }
        match end {
            Some(Event::Result { id, outcome, .. }) => {
                reply.insert(names.id.clone(), json!(id));
                reply.insert(names.result.clone(), serde_json::to_value(outcome).unwrap_or_default());
            }
            Some(Event::Error { id, error }) => self.fail(&mut reply, Some(id), error),
            Some(Event::Malformed(malformed)) => {
                self.fail(&mut reply, malformed.id.as_ref(), &malformed.error)
            }
            _ => {}
        }
        Json::Object(reply).to_string().into_bytes()
    }

    /// The word of OpenIAM's connector contract for a kind of error.
    fn error_code(&self, kind: ErrorKind) -> &str {
        self.error_codes.get(&kind).map_or(kind.as_str(), String::as_str)
    }

    fn fail(&self, reply: &mut Map<String, Json>, id: Option<&RequestId>, error: &connector_core::Error) {
        let names = &self.reply;
        reply.insert(names.id.clone(), json!(id));
        reply.insert(names.status.clone(), json!(names.failure));
        reply.insert(names.error_code.clone(), json!(self.error_code(error.kind())));
        reply.insert(names.error_message.clone(), json!(error.to_string()));
        reply.insert(names.error.clone(), serde_json::to_value(error).unwrap_or_default());
    }
}
