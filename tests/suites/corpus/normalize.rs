//! What differs from one run to the next gets a name in the place of its value.

use sandbox::Sandbox;
use serde_json::Value as Json;

/// Knows what differs.
pub struct Normalizer {
    base_url: String,
    address: String,
}

impl Normalizer {
    /// For the events that come from this tenant.
    pub fn new(sandbox: &Sandbox) -> Self {
        Self { base_url: sandbox.base_url(), address: sandbox.address().to_string() }
    }

    /// The event as it is kept.
    pub fn normalize(&self, mut event: Json) -> Json {
        self.walk("", &mut event);
        event
    }

    fn walk(&self, name: &str, json: &mut Json) {
        match json {
            Json::String(text) => *text = self.text(text),
            Json::Array(values) => values.iter_mut().for_each(|value| self.walk("", value)),
            Json::Object(map) => {
                for (key, value) in map.iter_mut() {
                    match key.as_str() {
                        // Names and places in it have a length of their own.
                        "bytes" if name == "cost" => *value = "<bytes>".into(),
                        "age_ms" => *value = "<age>".into(),
                        "sync_token" => *value = "<token>".into(),
                        "milliseconds" => *value = "<times>".into(),
                        // Whenever the case ran. Only what was written has one that is not the same each time.
                        "lastModified" | "lastModifiedDateTime" | "lastModifiedWithTZ"
                            if value.is_array() =>
                        {
                            *value = "<time>".into();
                        }
                        _ => self.walk(key, value),
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&self, text: &str) -> String {
        let text = text.replace(&self.base_url, "<tenant>").replace(&self.address, "<tenant>");
        if let Some((sentence, _)) = text.split_once(" issued a token that is good until ") {
            return format!("{sentence} issued a token that is good until <time>");
        }
        let mut kept = String::new();
        let mut rest = text.as_str();
        while let Some(place) = correlation_id(rest) {
            kept.push_str(&rest[..place]);
            kept.push_str("<correlation>");
            rest = &rest[place + UUID..];
        }
        kept.push_str(rest);
        // A carrier with sessions has methods of its own beside the operations.
        match kept.split_once("; known are ") {
            Some((sentence, _)) if sentence.contains("unknown method") => {
                format!("{sentence}; known are <methods>")
            }
            _ => kept,
        }
    }
}

/// The length of a UUID.
const UUID: usize = 36;

/// Where a UUID begins, which is what correlation ids look like that nobody chose.
fn correlation_id(text: &str) -> Option<usize> {
    let is_one = |bytes: &[u8]| {
        let digits = |(place, byte): (usize, &u8)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        bytes.iter().enumerate().all(digits)
    };
    text.as_bytes().windows(UUID).position(is_one)
}

#[test]
fn a_correlation_id_is_found_wherever_it_stands() {
    let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    assert_eq!(correlation_id(&format!("ü [correlation {id}]")), Some(16));
    assert_eq!(correlation_id("ü [correlation mine]"), None);
}
