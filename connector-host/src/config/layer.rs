//! Layers of keys, and how a higher one covers a lower one.

use super::{Keys, keys};

/// The keys of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer(Keys);

impl Layer {
    /// A layer of these keys. Their case does not matter.
    pub fn new(keys: Keys) -> Self {
        Self(keys.into_iter().map(|(key, value)| (key.to_ascii_lowercase(), value)).collect())
    }
}

/// One set of keys, in which the later layers win. A secret has three keys (inline, file, environment
/// variable); any of them in a higher layer replaces all of them in the lower ones.
pub fn merge(layers: Vec<Layer>) -> Keys {
    let mut merged = Keys::new();
    for Layer(layer) in layers {
        let covered: Vec<&str> = layer.keys().map(|key| keys::slot(key)).collect();
        merged.retain(|key, _| !covered.contains(&keys::slot(key)));
        merged.extend(layer);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn layer(json: serde_json::Value) -> Layer {
        Layer::new(json.as_object().unwrap().clone())
    }

    #[test]
    fn later_layers_win_key_by_key() {
        let merged = merge(vec![layer(json!({"url": "a", "username": "u"})), layer(json!({"URL": "b"}))]);
        assert_eq!(json!(merged), json!({"url": "b", "username": "u"}));
    }

    #[test]
    fn a_secret_from_above_covers_every_form_of_it_below() {
        let merged = merge(vec![
            layer(json!({"private_key_file": "k.pem", "private_key_passphrase": "p"})),
            layer(json!({"private_key": "inline"})),
        ]);
        assert_eq!(json!(merged), json!({"private_key_passphrase": "p", "private_key": "inline"}));
    }

    #[test]
    fn two_forms_in_one_layer_both_stay_so_that_the_connector_can_refuse_them() {
        let both = json!({"private_key_file": "k.pem", "private_key": "inline"});
        assert_eq!(json!(merge(vec![layer(both.clone())])), both);
    }
}
