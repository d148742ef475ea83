//! Layers of keys, and how a higher one covers a lower one.

use connector_sfsf::Sources;

use super::{Keys, keys};

/// The keys of one source, and where in it each stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    keys: Keys,
    sources: Sources,
}

impl Layer {
    /// A layer of these keys. Their case does not matter.
    pub fn new(keys: Keys, source: impl Fn(&str) -> Option<String>) -> Self {
        let sources = keys.keys().filter_map(|key| Some((key.to_ascii_lowercase(), source(key)?))).collect();
        let keys = keys.into_iter().map(|(key, value)| (key.to_ascii_lowercase(), value)).collect();
        Self { keys, sources }
    }
}

/// One set of keys, in which the later layers win, and where each comes from. A secret has three keys (inline, file,
/// environment variable); any of them in a higher layer replaces all of them in the lower ones.
pub fn merge(layers: Vec<Layer>) -> (Keys, Sources) {
    let (mut merged, mut sources) = (Keys::new(), Sources::new());
    for layer in layers {
        let covered: Vec<&str> = layer.keys.keys().map(|key| keys::slot(key)).collect();
        merged.retain(|key, _| !covered.contains(&keys::slot(key)));
        sources.retain(|key, _| !covered.contains(&keys::slot(key)));
        merged.extend(layer.keys);
        sources.extend(layer.sources);
    }
    (merged, sources)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn layer(json: serde_json::Value) -> Layer {
        Layer::new(json.as_object().unwrap().clone(), |_| None)
    }

    #[test]
    fn later_layers_win_key_by_key() {
        let (merged, _) =
            merge(vec![layer(json!({"url": "a", "username": "u"})), layer(json!({"URL": "b"}))]);
        assert_eq!(json!(merged), json!({"url": "b", "username": "u"}));
    }

    #[test]
    fn a_secret_from_above_covers_every_form_of_it_below() {
        let (merged, _) = merge(vec![
            layer(json!({"private_key_file": "k.pem", "private_key_passphrase": "p"})),
            layer(json!({"private_key": "inline"})),
        ]);
        assert_eq!(json!(merged), json!({"private_key_passphrase": "p", "private_key": "inline"}));
    }

    #[test]
    fn two_forms_in_one_layer_both_stay_so_that_the_connector_can_refuse_them() {
        let both = json!({"private_key_file": "k.pem", "private_key": "inline"});
        assert_eq!(json!(merge(vec![layer(both.clone())]).0), both);
    }

    #[test]
    fn the_source_of_a_key_is_that_of_the_layer_that_won() {
        let below = Layer::new(json!({"URL": "a", "issuer": "i"}).as_object().unwrap().clone(), |key| {
            Some(format!("file {key}"))
        });
        let above = Layer::new(json!({"url": "b"}).as_object().unwrap().clone(), |_| Some("flag".into()));
        let (_, sources) = merge(vec![below, above]);
        assert_eq!(json!(sources), json!({"url": "flag", "issuer": "file issuer"}));
    }
}
