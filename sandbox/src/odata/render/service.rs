//! The service document: the list of entity sets.

use crate::state::model::Model;
use crate::xml::escape;

/// The JSON form.
pub(crate) fn json(model: &Model) -> Vec<u8> {
    let names: Vec<&str> = model.entities.iter().map(|entity| entity.name.as_str()).collect();
    serde_json::json!({"d": {"EntitySets": names}}).to_string().into_bytes()
}

/// The Atom form.
pub(crate) fn atom(model: &Model, root: &str) -> String {
    let sets: String = model
        .entities
        .iter()
        .map(|entity| {
            let name = &entity.name;
            format!("<collection href=\"{name}\"><atom:title>{name}</atom:title></collection>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service xmlns=\"http://www.w3.org/2007/app\" \
         xmlns:atom=\"http://www.w3.org/2005/Atom\" xml:base=\"{}\"><workspace>\
         <atom:title>Default</atom:title>{sets}</workspace></service>",
        escape(root)
    )
}
